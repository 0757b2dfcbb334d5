// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/nested_text.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

// The parts of the tables that column_values.h follows. All functions are pure; runs are places in the text.

//! \brief Whether `\n`, `\r` and `\t` are line ends and tabs, as in a string of a string. Elsewhere they
//! belong to a word: `CORP\nancy`.
enum class Escapes
{
    AsMeant,
    AsWritten
};

//! \brief A sign, and the bytes that spell it.
struct Sign
{
    char meant = '\0'; //!< NUL at the end of the text.
    std::size_t size = 0;
};

[[nodiscard]] Sign signAt(std::string_view text, std::size_t at, Escapes escapes = Escapes::AsMeant);

//! \brief The rows of a table are written as its head, which ends at \p end.
[[nodiscard]] Escapes escapesAt(std::string_view text, std::size_t end);

[[nodiscard]] bool isSeparator(char c);

//! \brief Markdown's bold type and code, and the quotes of separated values.
[[nodiscard]] bool isMark(char c);

//! \brief Behind what diffs and file listings put in front of a line. A number and a tab is a cell like
//! others where tabs separate them.
[[nodiscard]] std::size_t behindLineMark(std::string_view text, std::size_t begin, char separator);

//! \brief Splits a line from \p begin on. \returns where it ends, before its line end.
std::size_t splitCells(std::string_view text, std::size_t begin, char separator, Escapes escapes,
                       std::size_t longest, std::vector<TextRun>& cells);

//! \brief Behind the line end at \p at.
[[nodiscard]] std::size_t nextLine(std::string_view text, std::size_t at, Escapes escapes);

//! \brief A column's name: without blanks and marks around it.
[[nodiscard]] TextRun nameIn(std::string_view text, TextRun cell);
[[nodiscard]] bool isColumnName(std::string_view name);

//! \brief `|---|:---:|`, `+-----+`, `-----+------`
[[nodiscard]] bool isBorder(std::string_view line);

//! \brief The value in a cell: a word, where no other follows, or words drawn by lot. The text that the table
//! stands in may begin in the first cell of a row, and end in the last.
[[nodiscard]] TextRun valueIn(std::string_view text, TextRun cell, Escapes escapes, bool isFirst,
                              bool isLast);

//! \brief How many signs \p text, which is UTF-8, has.
[[nodiscard]] std::size_t signsIn(std::string_view text);

//! \brief The word that begins behind \p column signs of \p line; empty where there are none or several.
//! Nothing where another word stands there: this is no row.
[[nodiscard]] std::optional<TextRun> alignedCell(std::string_view text, TextRun line, std::size_t column);

} // namespace sharelock::redaction
