// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/column_values.h"

#include "redaction/ascii.h"
#include "redaction/boundary.h"
#include "redaction/table_text.h"

#include <algorithm>
#include <optional>

namespace sharelock::redaction {

namespace {

constexpr std::size_t longestHead = 1000;
constexpr std::size_t longestRow = 4000;
constexpr std::size_t longestName = 40;
constexpr std::size_t longestValue = 128;
constexpr int mostTries = 4; // Columns of one table that are looked at.

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

//! \brief Whether the name that ends in \p literal has two blanks beside it, as names of aligned columns
//! have.
bool standsAlone(std::string_view text, TextRun literal, bool isLast)
{
    if (!isLast)
        return text.substr(literal.end).starts_with("  ");
    std::size_t begin = literal.begin;
    while (begin > 0 && isIdentifier(text[begin - 1]))
        --begin;
    return begin >= 2 && isBlank(text[begin - 1]) && isBlank(text[begin - 2]);
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
    m_endless = std::string_view::npos;
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
    const bool isAligned = standsAlone(m_text, literal, isLast);
    if ((!isLast && !isSeparator(next.meant) && !isAligned) || !openLine(literal, parsed) ||
        ++m_tries > mostTries)
        return;
    char separator = next.meant;
    for (std::size_t before = literal.begin; isLast && before > m_line.begin && !isSeparator(separator);) {
        const char c = m_text[--before];
        separator = c == 't' && endsEscape(m_text, before + 1) ? '\t' : c;
    }
    parsed += m_line.end - m_line.begin;
    if (!isSeparator(separator)) {
        if (isAligned)
            readAligned(literal, parsed, visit);
        return;
    }
    if (!readHead(separator))
        return;
    for (std::size_t column = 0; column < m_head.size(); ++column) {
        const TextRun name = nameIn(m_text, m_head[column]);
        if (name.end == literal.end && name.begin <= literal.begin &&
            isColumnName(m_text.substr(name.begin, name.end - name.begin)))
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
        if (begin == m_endless || literal.begin - begin >= longestHead) {
            m_endless = literal.begin;
            parsed += literal.begin - begin;
            return false;
        }
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
    (void)splitCells(m_text, begin, separator, Escapes::AsMeant, longestHead, m_head);
    // A quote that does not end in this line begins the text, not a value.
    if (const Sign first = signAt(m_text, begin); m_head.size() == 1 && first.meant == '"')
        (void)splitCells(m_text, begin + first.size, separator, Escapes::AsMeant, longestHead, m_head);
    std::size_t named = 0;
    for (const TextRun& cell : m_head) {
        const TextRun name = nameIn(m_text, cell);
        named += name.end > name.begin ? 1 : 0;
        // Program text has commas, too, and signs that no name has.
        if (separator != '|' && !isColumnName(m_text.substr(name.begin, name.end - name.begin)))
            return false;
    }
    return named >= (separator == '|' ? 1U : 2U);
}

//! \brief What terminals show: columns that begin where their names do, below names in capitals or above a
//! line.
void ColumnReader::readAligned(TextRun literal, std::size_t& parsed, const Visit& visit)
{
    const std::size_t head = m_line.begin;
    const Escapes escapes = escapesAt(m_text, m_line.end);
    std::size_t name = literal.begin;
    while (name > head && isIdentifier(m_text[name - 1]))
        --name;
    if (name > head && !isBlank(m_text[name - 1]))
        return;
    const std::size_t column = signsIn(m_text.substr(head, name - head));
    const std::string_view names = m_text.substr(head, m_line.end - head);
    const bool isAlone =
        names.find_last_not_of(' ') == names.find_first_not_of(' ') + (literal.end - name) - 1;
    bool isOpen = !isAlone && std::all_of(names.begin(), names.end(), [](char c) { return !isLower(c); });
    for (std::size_t at = nextLine(m_text, m_line.end, escapes); at < m_text.size();) {
        const std::size_t end = splitCells(m_text, at, '\0', escapes, longestRow, m_cells);
        parsed += end - at;
        const std::size_t behindMark = behindLineMark(m_text, at, ' ');
        if (isBorder(m_text.substr(behindMark, end - behindMark)))
            isOpen = !isAlone;
        else if (const auto run = alignedCell(m_text, {at, end}, column); !isOpen || !run)
            break;
        else if (run->end > run->begin && run->end - run->begin <= longestValue)
            visit(*run, m_text.substr(run->begin, run->end - run->begin));
        const std::size_t next = nextLine(m_text, end, escapes);
        if (next == end)
            break;
        at = next;
        m_end = std::max(m_end, at);
    }
}

void ColumnReader::readRows(char separator, std::size_t column, std::size_t& parsed, const Visit& visit)
{
    bool isOpen = separator != '|'; // Such a table has a line below its head.
    const Escapes escapes = escapesAt(m_text, m_line.end);
    std::size_t at = nextLine(m_text, m_line.end, escapes);
    while (at < m_text.size()) {
        const std::size_t begin = behindLineMark(m_text, at, separator);
        const std::size_t end = splitCells(m_text, begin, separator, escapes, longestRow, m_cells);
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
