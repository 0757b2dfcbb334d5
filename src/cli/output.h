// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace sharelock::cli {

//! \brief Where a command writes: results to standard output, everything else to standard error.
class Output
{
public:
    explicit Output(bool json);

    [[nodiscard]] bool json() const { return m_json; }

    //! \brief One line of plain result. Foreign text must have gone through visible().
    void line(const QString& text);
    void document(const QJsonArray& value);
    void document(const QJsonObject& value);
    //! \brief A file's text, as it is.
    void text(const QByteArray& bytes);
    //! \brief JSON text that is already serialised.
    void raw(std::string_view json);
    //! \brief Columns with equal widths; the last one is not padded.
    void table(const QStringList& header, const std::vector<QStringList>& rows);

    //! \brief A remark on standard error.
    void note(const QString& text);
    //! \brief On a terminal: rewrites one line of standard error; nothing elsewhere.
    void progress(const QString& text);
    void error(const Error& error);
    //! \brief Asks on the terminal; false when there is none (\p hasTerminal tells) or the answer is no.
    [[nodiscard]] bool confirm(const QString& question);
    [[nodiscard]] static bool hasTerminal();

private:
    void endProgress();
    bool m_json;
    bool m_progressOpen = false;
};

//! \brief Foreign text for a terminal: control characters (ESC!), line ends and bidi overrides are shown as
//! `·`.
[[nodiscard]] QString visible(const QString& foreign);

} // namespace sharelock::cli
