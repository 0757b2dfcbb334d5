// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/text_marks.h"

#include <QString>

#include <vector>

namespace sharelock::app {

//! \brief Says of each value where it stands first, in words: "Value of DB_PASSWORD in .env, read by the tool
//! in message 41". Sees the blocks of a conversation in reading order.
class WhereFound
{
public:
    explicit WhereFound(const std::vector<MarkedValue>& values);

    void look(const document::Block& block, const std::vector<TextMark>& marks);
    //! \brief By place in the values; empty where nothing was seen.
    [[nodiscard]] std::vector<QString> take() { return std::move(m_words); }

private:
    const std::vector<MarkedValue>& m_values;
    std::vector<QString> m_words;
    int m_message = 0; //!< From 1.
};

//! \brief The name that a value is given to right before \p begin (`DB_PASSWORD=`, `"token": "`); empty
//! without one. \p begin counts UTF-16 units.
[[nodiscard]] QString nameBefore(const QString& text, qsizetype begin);

} // namespace sharelock::app
