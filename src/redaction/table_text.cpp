// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/table_text.h"

#include "redaction/ascii.h"
#include "redaction/assignment.h"
#include "redaction/boundary.h"
#include "redaction/word_shapes.h"

#include <algorithm>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestName = 40;
constexpr std::size_t mostBackslashes = 15; // Four layers of JSON in JSON.

//! \brief The last sign of \p run, which is not empty; `\"` and `\t` are one.
Sign lastSign(std::string_view text, TextRun run, Escapes escapes)
{
    const char last = text[run.end - 1];
    std::size_t at = run.end - 1;
    if (last == '"' || (last == 't' && escapes == Escapes::AsMeant)) {
        while (at > run.begin && text[at - 1] == '\\')
            --at;
    }
    const std::size_t size = run.end - at;
    return {last == 't' && size > 1 ? '\t' : last, size};
}

template <typename IsOuter>
TextRun trimmed(std::string_view text, TextRun run, Escapes escapes, IsOuter isOuter)
{
    for (Sign sign; run.begin < run.end && isOuter((sign = signAt(text, run.begin, escapes)).meant);)
        run.begin = std::min(run.begin + sign.size, run.end);
    for (Sign sign; run.begin < run.end && isOuter((sign = lastSign(text, run, escapes)).meant);)
        run.end -= sign.size;
    return run;
}

//! \brief Without blanks around it, and marks where one stands at either end.
TextRun withoutMarks(std::string_view text, TextRun cell, Escapes escapes)
{
    TextRun run = trimmed(text, cell, escapes, isBlank);
    while (run.end - run.begin >= 2) {
        const Sign first = signAt(text, run.begin, escapes);
        const Sign last = lastSign(text, run, escapes);
        if (!isMark(first.meant) || last.meant != first.meant || first.size + last.size > run.end - run.begin)
            break;
        run = trimmed(text, {run.begin + first.size, run.end - last.size}, escapes, isBlank);
    }
    return run;
}

//! \brief Whether a text that a table stands in ends at \p at: with a quote, and what closes more than a
//! text.
bool endsText(std::string_view text, std::size_t at, std::size_t end)
{
    static constexpr CharSet quotes("\"'`");
    static constexpr CharSet closing("\"'`,;:)]}>");
    const Sign sign = signAt(text, at);
    if (!quotes.has(sign.meant))
        return false;
    const std::size_t next = at + sign.size;
    return next >= end || isSpace(text[next]) || closing.has(signAt(text, next).meant);
}

bool continuesSign(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

} // namespace

Sign signAt(std::string_view text, std::size_t at, Escapes escapes)
{
    if (at >= text.size())
        return {};
    if (text[at] != '\\')
        return {text[at], 1};
    std::size_t end = at;
    while (end < text.size() && end - at < mostBackslashes && text[end] == '\\')
        ++end;
    const char escaped = end < text.size() ? text[end] : '\0';
    const std::size_t size = end - at + 1;
    if (escapes == Escapes::AsWritten && escaped != '"')
        return {'\\', 1};
    switch (escaped) {
    case 'n':
        return {'\n', size};
    case 'r':
        return {'\r', size};
    case 't':
        return {'\t', size};
    case '"':
        return {'"', size};
    default:
        return {'\\', 1};
    }
}

Escapes escapesAt(std::string_view text, std::size_t end)
{
    return end < text.size() && text[end] == '\\' ? Escapes::AsMeant : Escapes::AsWritten;
}

bool isSeparator(char c)
{
    return c == '|' || c == ',' || c == ';' || c == '\t';
}

bool isMark(char c)
{
    return c == '"' || c == '\'' || c == '`' || c == '*';
}

std::size_t behindLineMark(std::string_view text, std::size_t begin, char separator)
{
    std::size_t at = begin;
    while (at < text.size() && at - begin < 4 &&
           (text[at] == '+' || text[at] == '-' || text[at] == '>' || text[at] == ' '))
        ++at;
    // The border of a table is no mark.
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        at = begin;
    return separator == '\t' ? at : at + lineNumberSize(text.substr(at));
}

std::size_t splitCells(std::string_view text, std::size_t begin, char separator, Escapes escapes,
                       std::size_t longest, std::vector<TextRun>& cells)
{
    cells.clear();
    std::size_t cell = begin;
    std::size_t at = begin;
    bool isQuoted = false;
    static constexpr CharSet signs("\\\n\r\t\"|,;");
    for (;;) {
        while (at < text.size() && !signs.has(text[at]) && at - begin <= longest)
            ++at;
        const Sign sign = signAt(text, at, escapes);
        const bool isEnd =
            sign.meant == '\0' || sign.meant == '\n' || sign.meant == '\r' || at - begin > longest;
        if (isEnd || (sign.meant == separator && !isQuoted)) {
            cells.push_back({cell, at});
            cell = at + sign.size;
        } else if (sign.meant == '"' && separator != '|') {
            const bool opens = !isQuoted && at == cell;
            isQuoted = opens || (isQuoted && signAt(text, at + sign.size).meant == '"');
            // A doubled quote is one of the value's.
            if (isQuoted && !opens)
                at += sign.size;
        }
        if (isEnd)
            return at;
        at += sign.size;
    }
}

std::size_t nextLine(std::string_view text, std::size_t at, Escapes escapes)
{
    Sign sign = signAt(text, at, escapes);
    if (sign.meant == '\r') {
        at += sign.size;
        sign = signAt(text, at, escapes);
    }
    return sign.meant == '\n' ? at + sign.size : at;
}

TextRun nameIn(std::string_view text, TextRun cell)
{
    return trimmed(text, cell, Escapes::AsMeant, [](char c) { return isBlank(c) || isMark(c); });
}

bool isColumnName(std::string_view name)
{
    return name.size() <= longestName && std::all_of(name.begin(), name.end(), [](char c) {
               return isIdentifier(c) || c == ' ' || c == '-' || c == '.' ||
                      static_cast<unsigned char>(c) >= 0x80;
           });
}

bool isBorder(std::string_view line)
{
    static constexpr CharSet signs("-+|:= ");
    return line.find('-') != std::string_view::npos &&
           std::all_of(line.begin(), line.end(), [](char c) { return signs.has(c); });
}

TextRun valueIn(std::string_view text, TextRun cell, Escapes escapes, bool isFirst, bool isLast)
{
    const TextRun inner = withoutMarks(text, cell, escapes);
    TextRun value = inner;
    const Sign first = signAt(text, value.begin);
    if (isFirst && !isLast && value.begin < value.end && first.meant != '*' && isMark(first.meant))
        value.begin = std::min(value.begin + first.size, value.end);
    const bool wasQuoted = inner.begin > cell.begin && text[inner.begin - 1] == '"';
    std::size_t end = value.begin;
    while (end < value.end && !isSpace(text[end]) &&
           !(isLast && !wasQuoted && endsText(text, end, value.end)))
        ++end;
    if (end == value.end || !isSpace(text[end]))
        return {value.begin, end};
    while (end < value.end && (isLower(text[end]) || text[end] == ' '))
        ++end;
    const std::string_view words = text.substr(value.begin, end - value.begin);
    const bool isWhole = end == value.end || (isLast && endsText(text, end, value.end));
    return isWhole && (isPassphrase(words) || isMailPassword(words)) ? TextRun{value.begin, end}
                                                                     : TextRun{value.begin, value.begin};
}

std::size_t signsIn(std::string_view text)
{
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continuesSign));
}

std::optional<TextRun> alignedCell(std::string_view text, TextRun line, std::size_t column)
{
    std::size_t begin = line.begin;
    for (std::size_t signs = 0; begin < line.end && (signs < column || continuesSign(text[begin])); ++begin)
        signs += continuesSign(text[begin]) ? 0 : 1;
    if (begin == line.begin && column > 0)
        return std::nullopt;
    if (begin >= line.end || isBlank(text[begin]))
        return TextRun{line.end, line.end};
    if (begin > line.begin && !isBlank(text[begin - 1]))
        return std::nullopt;
    std::size_t end = begin;
    while (end < line.end && !isBlank(text[end]) && !endsText(text, end, line.end))
        ++end;
    const bool goesOn = end + 1 < line.end && isBlank(text[end]) && !isBlank(text[end + 1]);
    return goesOn ? TextRun{line.end, line.end} : TextRun{begin, end};
}

} // namespace sharelock::redaction
