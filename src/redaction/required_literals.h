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

} // namespace sharelock::redaction
