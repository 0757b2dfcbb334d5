// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/ascii.h"
#include "redaction/nested_text.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief What nearly every token consists of.
constexpr bool isWordMark(char c)
{
    return isIdentifier(c) || c == '-';
}

//! \brief Shorter runs of word characters are not looked at.
constexpr std::size_t shortestWordRun = 14;

//! \brief A run of word characters, and whether it may be random: it has a digit, or its capitals do not
//! stand as words have them.
struct WordRun : TextRun
{
    bool isRandom = false;
};

//! \brief What one fast pass over a text finds: where tokens, addresses and encodings may be.
struct WordMarks
{
    std::vector<WordRun> runs;         //!< At least shortestWordRun long.
    std::vector<std::size_t> ats;      //!< `@` with an address's characters on both sides.
    std::vector<std::size_t> percents; //!< `%` of an encoded separator.

    void clear();
};

//! \brief Appends the marks in [\p from, \p to). A run belongs to where it begins, and is taken whole.
void findWordMarks(std::string_view text, std::size_t from, std::size_t to, WordMarks& marks);

} // namespace sharelock::redaction
