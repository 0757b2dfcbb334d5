// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief Texts of at least three bytes, in lower case, of which one stands in whatever \p pattern matches,
//! in some case: `(?i)(acme|beta)_[a-z]+` has `acme_` and `beta_`. ASCII only. Empty where nothing of the
//! kind is sure, or where they were too many. Precondition: the pattern is good.
[[nodiscard]] std::vector<std::string> requiredLiterals(const std::string& pattern);

//! \brief A sign (no letter, no digit, none of \p known) that every match of the pattern has, RE2 syntax.
//! Nothing if there is none, or none is found.
[[nodiscard]] std::optional<char> requiredSign(const std::string& pattern, std::string_view known);

//! \brief What of the pattern follows from \p literal on, where each match has the literal at one place of
//! the pattern: of `(?i:[a-z]*key=)(\w+)` and `key` it is `(?i:key=)(\w+)`. Nothing where that is not plain
//! to see.
[[nodiscard]] std::optional<std::string> patternFrom(std::string_view pattern, std::string_view literal);

} // namespace sharelock::redaction
