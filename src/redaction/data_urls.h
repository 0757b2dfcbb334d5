// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sharelock::redaction {

//! \brief \p text with the payloads of all its `data:` URLs gone, in base64 and, where the URL is all of the
//! text, in any encoding. Nothing when there is none. Linear.
[[nodiscard]] std::optional<std::string> withoutDataPayloads(std::string_view text);

//! \brief A JSON value with the payloads gone from all its texts and names; nothing when there is none.
[[nodiscard]] std::optional<std::string> jsonWithoutDataPayloads(std::string_view json);

} // namespace sharelock::redaction
