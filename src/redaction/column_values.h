// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/nested_text.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

struct ColumnValue
{
    TextRun run;       //!< In the text, without quotes.
    std::string value; //!< Doubled quotes made one.
};

//! \brief Reads the columns of tables in one text after another: Markdown, what psql and mysql print, and
//! values separated by commas, semicolons or tabs. Line ends and quotes may be spelled as escapes. Linear: a
//! line that was read as a part of a table is not tried as the head of another one.
class ColumnReader
{
public:
    void start(std::string_view text);
    //! \brief What stands below the name that ends in \p literal, where that heads a column. Literals come in
    //! order. \p parsed grows by the bytes looked at.
    [[nodiscard]] std::vector<ColumnValue> below(TextRun literal, std::size_t& parsed);

private:
    [[nodiscard]] bool openLine(TextRun literal, std::size_t& parsed);
    [[nodiscard]] bool readHead(char separator);
    [[nodiscard]] std::vector<ColumnValue> readRows(char separator, std::size_t column, std::size_t& parsed);

    std::string_view m_text;
    TextRun m_line;              //!< That was looked at last; its head ends before the line end.
    int m_tries = 0;             //!< In that line.
    std::vector<TextRun> m_head; //!< Its cells.
    std::vector<TextRun> m_cells;
    std::size_t m_end = 0; //!< Of what was read as tables.
};

} // namespace sharelock::redaction
