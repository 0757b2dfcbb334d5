// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/command.h"

#include <chrono>
#include <optional>

namespace sharelock::cli {

//! \brief After how long: `12h`, `7d`, `4w`, or nothing in it for `never`. Nothing at all for other words;
//! that was said then.
[[nodiscard]] std::optional<std::optional<std::chrono::hours>> expiryAfter(const QString& words, Output& out);

} // namespace sharelock::cli
