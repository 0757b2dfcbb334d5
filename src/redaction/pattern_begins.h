// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief What a pattern's matches begin with.
struct PatternBegins
{
    std::vector<std::string> texts; //!< Every match begins with one of them; an empty one says nothing.
    bool ignoreCase = false;        //!< In any case of letters.
};

//! \brief Expands the beginning of \p pattern as far as it is made of plain characters, choices between such
//! and small classes: `(?:ghp|gho)_[a-z]+` begins with `ghp_` or `gho_`.
[[nodiscard]] PatternBegins patternBegins(std::string_view pattern);

} // namespace sharelock::redaction
