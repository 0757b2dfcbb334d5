// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/boundary.h"

#include "redaction/ascii.h"

#include <algorithm>

namespace sharelock::redaction {

namespace {

bool isWord(char c)
{
    return isIdentifier(c) || c == '-';
}

//! \brief Whether \p digits hexadecimal ones end before \p end, behind \p mark.
bool isHexBehind(std::string_view text, std::size_t end, std::size_t digits, char mark)
{
    if (end <= digits || text[end - digits - 1] != mark)
        return false;
    const std::string_view tail = text.substr(end - digits, digits);
    return std::all_of(tail.begin(), tail.end(), isHexDigit);
}

//! \brief `ESC [ 1 ; 32 m`, with the escape character itself or one of its spellings.
bool endsColour(std::string_view text, std::size_t at)
{
    constexpr std::size_t longest = 16;
    if (text[at - 1] != 'm')
        return false;
    std::size_t open = at - 1;
    const std::size_t least = at > longest ? at - longest : 0;
    while (open > least && (isDigit(text[open - 1]) || text[open - 1] == ';'))
        --open;
    if (open < 2 || text[open - 1] != '[')
        return false;
    const std::string_view before = text.substr(0, open - 1);
    return before.ends_with('\x1b') || before.ends_with("1b") || before.ends_with("1B") ||
           before.ends_with("\\033") || before.ends_with("\\e");
}

bool startsLine(std::string_view text, std::size_t at)
{
    return at == 0 || text[at - 1] == '\n' || endsEscape(text, at);
}

} // namespace

bool endsEscape(std::string_view text, std::size_t at)
{
    if (at < 2)
        return false;
    constexpr std::string_view letters = "nrtbfv";
    if (text[at - 2] == '\\' && letters.find(text[at - 1]) != std::string_view::npos)
        return true;
    return (at >= 6 && text[at - 6] == '\\' && isHexBehind(text, at, 4, 'u')) ||
           (at >= 4 && text[at - 4] == '\\' && isHexBehind(text, at, 2, 'x'));
}

std::size_t lineNumberSize(std::string_view line)
{
    constexpr std::size_t longest = 7;
    std::size_t digits = 0;
    while (digits < std::min(line.size(), longest) && (isDigit(line[digits]) || line[digits] == ' '))
        ++digits;
    if (digits == 0 || !isDigit(line[digits - 1]))
        return 0;
    for (const std::string_view mark : {"|", ": ", "\t", "\u2192"}) {
        if (line.substr(digits).starts_with(mark))
            return digits + mark.size();
    }
    return 0;
}

bool boundaryBefore(std::string_view text, std::size_t at)
{
    if (at == 0 || !isWord(text[at - 1]))
        return true;
    if (text[at - 1] == '-')
        return startsLine(text, at - 1);
    return endsEscape(text, at) || isHexBehind(text, at, 2, '%') || endsColour(text, at);
}

bool boundaryAfter(std::string_view text, std::size_t at)
{
    return at >= text.size() || !isWord(text[at]);
}

} // namespace sharelock::redaction
