// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/column_values.h"

#include "redaction/ascii.h"
#include "redaction/boundary.h"

#include <algorithm>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestHead = 1000;
constexpr std::size_t longestRow = 4000;
constexpr std::size_t longestName = 40;
constexpr std::size_t longestValue = 128;
constexpr std::size_t mostBackslashes = 15; // Four layers of JSON in JSON.
constexpr int mostTries = 4;                // Columns of one table that are looked at.

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

Sign signAt(std::string_view text, std::size_t at, Escapes escapes = Escapes::AsMeant)
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

bool isSeparator(char c)
{
    return c == '|' || c == ',' || c == ';' || c == '\t';
}

//! \brief Markdown's bold type and code, and the quotes of separated values.
bool isMark(char c)
{
    return c == '"' || c == '\'' || c == '`' || c == '*';
}

//! \brief Behind what diffs and file listings put in front of a line. A number and a tab is a cell like
//! others where tabs separate them.
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

//! \brief Splits a line from \p begin on. \returns where it ends, before its line end.
std::size_t split(std::string_view text, std::size_t begin, char separator, Escapes escapes,
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

//! \brief Behind the line end at \p at.
std::size_t nextLine(std::string_view text, std::size_t at, Escapes escapes)
{
    Sign sign = signAt(text, at, escapes);
    if (sign.meant == '\r') {
        at += sign.size;
        sign = signAt(text, at, escapes);
    }
    return sign.meant == '\n' ? at + sign.size : at;
}

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

//! \brief Without blanks and marks around it.
TextRun nameIn(std::string_view text, TextRun cell)
{
    return trimmed(text, cell, Escapes::AsMeant, [](char c) { return isBlank(c) || isMark(c); });
}

bool isName(std::string_view name)
{
    return name.size() <= longestName && std::all_of(name.begin(), name.end(), [](char c) {
               return isIdentifier(c) || c == ' ' || c == '-' || c == '.' ||
                      static_cast<unsigned char>(c) >= 0x80;
           });
}

//! \brief `|---|:---:|`, `+-----+`, `-----+------`
bool isBorder(std::string_view line)
{
    static constexpr CharSet signs("-+|:= ");
    return line.find('-') != std::string_view::npos &&
           std::all_of(line.begin(), line.end(), [](char c) { return signs.has(c); });
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

//! \brief The value in a cell: a word, where no other follows. The text that the table stands in may begin in
//! the first cell of a row, and end in the last.
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
    if (end < value.end && isSpace(text[end]))
        return {value.begin, value.begin};
    return {value.begin, end};
}

//! \brief Whether the quote at \p at begins a text rather than a value: `x = "user,password…`, `echo 'user…`
bool opensString(std::string_view text, std::size_t at)
{
    static constexpr CharSet signs(":=([{>");
    while (at > 0 && text[at - 1] == '\\')
        --at;
    if (at == 0 || !(isBlank(text[at - 1]) || signs.has(text[at - 1])))
        return false;
    while (at > 0 && isBlank(text[at - 1]))
        --at;
    return at > 0 && !isSeparator(text[at - 1]) && text[at - 1] != '\n';
}

std::string withSingleQuotes(std::string_view value)
{
    std::string single;
    for (std::size_t i = 0; i < value.size(); ++i) {
        single += value[i];
        if (value.substr(i, 2) == "\"\"")
            ++i;
    }
    return single;
}

} // namespace

void ColumnReader::start(std::string_view text)
{
    m_text = text;
    m_line = {};
    m_tries = 0;
    m_end = 0;
}

void ColumnReader::below(TextRun literal, std::size_t& parsed, const Visit& visit)
{
    // Most names head no column; what follows tells so.
    std::size_t at = literal.end;
    Sign next = signAt(m_text, at);
    while ((isBlank(next.meant) || isMark(next.meant)) && next.meant != '\t' &&
           at - literal.end < longestName) {
        at += next.size;
        next = signAt(m_text, at);
    }
    const bool isLast = next.meant == '\n' || next.meant == '\r';
    if ((!isLast && !isSeparator(next.meant)) || !openLine(literal, parsed) || ++m_tries > mostTries)
        return;
    char separator = next.meant;
    for (std::size_t before = literal.begin; isLast && before > m_line.begin && !isSeparator(separator);) {
        const char c = m_text[--before];
        separator = c == 't' && endsEscape(m_text, before + 1) ? '\t' : c;
    }
    if (!isSeparator(separator))
        return;
    parsed += m_line.end - m_line.begin;
    if (!readHead(separator))
        return;
    for (std::size_t column = 0; column < m_head.size(); ++column) {
        const TextRun name = nameIn(m_text, m_head[column]);
        if (name.end == literal.end && name.begin <= literal.begin &&
            isName(m_text.substr(name.begin, name.end - name.begin)))
            return readRows(separator, column, parsed, visit);
    }
}

//! \brief Finds the line around \p literal, unless it is a row of a table already.
bool ColumnReader::openLine(TextRun literal, std::size_t& parsed)
{
    if (literal.begin >= m_line.begin && literal.end <= m_line.end)
        return true;
    if (literal.begin < m_end)
        return false;
    std::size_t begin = literal.begin;
    while (begin > 0 && m_text[begin - 1] != '\n') {
        const char c = m_text[begin - 1];
        if (((c == 'n' || c == 'r') && endsEscape(m_text, begin)) ||
            (isMark(c) && opensString(m_text, begin - 1)))
            break;
        if (literal.begin - begin >= longestHead)
            return false;
        --begin;
    }
    std::size_t end = literal.end;
    while (end - begin < 2 * longestHead) {
        const Sign sign = signAt(m_text, end);
        if (sign.meant == '\0' || sign.meant == '\n' || sign.meant == '\r')
            break;
        end += sign.size;
    }
    parsed += end - begin;
    m_line = {begin, std::min(end, m_text.size())};
    m_tries = 0;
    return true;
}

//! \brief \returns whether the line may be the head of a table.
bool ColumnReader::readHead(char separator)
{
    const std::size_t begin = behindLineMark(m_text, m_line.begin, separator);
    (void)split(m_text, begin, separator, Escapes::AsMeant, longestHead, m_head);
    // A quote that does not end in this line begins the text, not a value.
    if (const Sign first = signAt(m_text, begin); m_head.size() == 1 && first.meant == '"')
        (void)split(m_text, begin + first.size, separator, Escapes::AsMeant, longestHead, m_head);
    std::size_t named = 0;
    for (const TextRun& cell : m_head) {
        const TextRun name = nameIn(m_text, cell);
        named += name.end > name.begin ? 1 : 0;
        // Program text has commas, too, and signs that no name has.
        if (separator != '|' && !isName(m_text.substr(name.begin, name.end - name.begin)))
            return false;
    }
    return named >= (separator == '|' ? 1U : 2U);
}

void ColumnReader::readRows(char separator, std::size_t column, std::size_t& parsed, const Visit& visit)
{
    bool isOpen = separator != '|'; // Such a table has a line below its head.
    // The rows end as the head does.
    const auto escapes =
        m_line.end < m_text.size() && m_text[m_line.end] == '\\' ? Escapes::AsMeant : Escapes::AsWritten;
    std::size_t at = nextLine(m_text, m_line.end, escapes);
    while (at < m_text.size()) {
        const std::size_t begin = behindLineMark(m_text, at, separator);
        const std::size_t end = split(m_text, begin, separator, escapes, longestRow, m_cells);
        parsed += end - at;
        if (separator == '|' && isBorder(m_text.substr(begin, end - begin))) {
            isOpen = true;
        } else {
            if (!isOpen || m_cells.size() != m_head.size())
                break;
            const TextRun run =
                valueIn(m_text, m_cells[column], escapes, column == 0, column + 1 == m_cells.size());
            const std::string_view value = m_text.substr(run.begin, run.end - run.begin);
            const bool isValue = !value.empty() && value.size() <= longestValue;
            if (isValue && value.find("\"\"") != std::string_view::npos)
                visit(run, withSingleQuotes(value));
            else if (isValue)
                visit(run, value);
        }
        const std::size_t next = nextLine(m_text, end, escapes);
        if (next == end)
            break; // A row that is too long, or the last one.
        at = next;
        m_end = std::max(m_end, at);
    }
    m_end = std::max(m_end, std::min(at, m_text.size()));
}

} // namespace sharelock::redaction
