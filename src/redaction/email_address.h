// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/nested_text.h"

#include <optional>
#include <string_view>

namespace sharelock::redaction {

//! \brief The e-mail address around the `@` at \p at. Nothing for user and password of a URL, targets of scp
//! and ssh, versions of packages, and domains that do not end in a top-level domain.
[[nodiscard]] std::optional<TextRun> emailAddress(std::string_view text, std::size_t at);

} // namespace sharelock::redaction
