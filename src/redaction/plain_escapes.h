// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sharelock::redaction {

//! \brief The text with each printable ASCII character that it writes as `\\uXXXX` written as itself (quotes
//! and backslashes: escaped), which a JSON reader takes for the same. Only for texts that escape a backslash
//! so: there an escape may itself be spelled in escapes, `\\u005c\\u0075…`, which no pattern of characters
//! covers. Nothing for any other text. Linear time.
[[nodiscard]] std::optional<std::string> withPlainEscapes(std::string_view text);

} // namespace sharelock::redaction
