// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/rule.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sharelock::redaction {

//! \brief What \p validator makes of \p value: nothing when it can't be what the rule looks for, else how
//! sure it is, starting from \p confidence.
[[nodiscard]] std::optional<Confidence> validated(Validator validator, std::string_view value,
                                                  Confidence confidence);

//! \brief Shannon entropy of the bytes, in bits a byte.
[[nodiscard]] double entropyOf(std::string_view value);

//! \brief The six base62 digits (0-9A-Za-z) that GitHub and npm append to a token: CRC-32 of its body.
[[nodiscard]] std::string base62Checksum(std::string_view body);

//! \brief Standard or URL-safe base64, padded or not, in any length; nothing for anything else.
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);

[[nodiscard]] bool isUuid(std::string_view text);
[[nodiscard]] bool isHex(std::string_view text);

} // namespace sharelock::redaction
