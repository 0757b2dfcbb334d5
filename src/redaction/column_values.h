// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/nested_text.h"

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief Reads the columns of tables in one text after another: Markdown, what psql and mysql print, values
//! separated by commas, semicolons or tabs, and columns that blanks align. Line ends and quotes may be
//! spelled as escapes. Linear: a line that was read as a part of a table is not tried as the head of another
//! one.
class ColumnReader
{
public:
    void start(std::string_view text);
    //! \brief Without quotes around it; \p value has those in it as they are meant.
    using Visit = std::function<void(TextRun run, std::string_view value)>;
    //! \brief Visits what stands below the name that ends in \p literal, where that heads a column. Literals
    //! come in order. \p parsed grows by the bytes looked at.
    void below(TextRun literal, std::size_t& parsed, const Visit& visit);

private:
    [[nodiscard]] bool openLine(TextRun literal, std::size_t& parsed);
    [[nodiscard]] bool readHead(char separator);
    void readAligned(TextRun literal, std::size_t& parsed, const Visit& visit);
    void readRows(char separator, std::size_t column, std::size_t& parsed, const Visit& visit);

    std::string_view m_text;
    TextRun m_line;  //!< That was looked at last; its head ends before the line end.
    int m_tries = 0; //!< In that line.
    //! Before it no line begins for longer than a head may be; names in a long row are looked at once.
    std::size_t m_endless = std::string_view::npos;
    std::vector<TextRun> m_head; //!< Its cells.
    std::vector<TextRun> m_cells;
    std::size_t m_end = 0; //!< Of what was read as tables.
};

} // namespace sharelock::redaction
