// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sharelock::redaction {

//! \brief One character of a text, and how many bytes it takes there.
struct Unit
{
    char32_t codePoint = 0;
    std::size_t size = 0;
};

//! \brief The UTF-8 sequence at \p at; a stray byte is U+FFFD. Precondition: \p at is inside \p text.
[[nodiscard]] Unit plainUnit(std::string_view text, std::size_t at);
//! \brief Any number of backslashes and then `uXXXX`, as JSON inside JSON has it.
[[nodiscard]] std::optional<Unit> escapedUnit(std::string_view text, std::size_t at);
//! \brief What a letter means behind a backslash in JSON.
[[nodiscard]] std::optional<char32_t> shortEscapeMeaning(char32_t letter);
//! \brief `%XX`, also `%25XX`: all of the sequence when it is one in UTF-8.
[[nodiscard]] std::optional<Unit> percentUnit(std::string_view text, std::size_t at);
//! \brief End of a percent sign at \p at that is part of a name or value itself, where an address encodes it
//! \p times: `%`, `%25`, `%2525`.
[[nodiscard]] std::optional<std::size_t> ownPercentEnd(std::string_view text, std::size_t at,
                                                       std::size_t times);
constexpr std::size_t mostPercentEncodings = 3;
//! \brief One separator of paths: `/`, or backslashes with or without `/` behind them, or either one encoded.
[[nodiscard]] std::optional<std::size_t> separatorSize(std::string_view text, std::size_t at);

//! \brief Letters and digits of any script, and `_`.
[[nodiscard]] bool isWordCharacter(char32_t codePoint);
//! \brief Whether a word may start at \p at: what stands before is no part of a word, or could be an escape
//! of something that is none (`\n`, `%2F`, `\u0022`).
[[nodiscard]] bool startsWord(std::string_view text, std::size_t at);
//! \brief Whether a word may end before \p at.
[[nodiscard]] bool endsWord(std::string_view text, std::size_t at);
//! \brief Whether a folder's name may end before \p at: `.` and `-` belong to it while more of it follows.
[[nodiscard]] bool endsPathSegment(std::string_view text, std::size_t at);

} // namespace sharelock::redaction
