// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QString>

namespace sharelock::demo {

//! \brief Fills the `{{placeholders}}` of sample texts. Secrets are made of pieces when asked for, so that
//! nothing in the source or the program looks like one. The same name always gives the same value.
class FakeValues
{
public:
    //! \brief \p value stands for `{{name}}`.
    void set(const QString& name, const QString& value) { m_known.insert(name, value); }

    //! \brief \p text with every placeholder filled; `{{lines 3 row #}}` becomes three numbered lines.
    [[nodiscard]] QString expanded(const QString& text) const;

private:
    QHash<QString, QString> m_known;
};

//! \brief An invented secret of the kind that \p name says (`stripe-key`, `db-password`); empty for unknown
//! ones.
[[nodiscard]] QString fakeSecret(const QString& name);

} // namespace sharelock::demo
