// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/time.h"

#include <QString>

namespace sharelock::cli {

//! \brief The moment that lies an age like `30d`, `12h` or `2w` before \p at; nothing for other words.
[[nodiscard]] std::optional<Timestamp> since(const QString& age, Timestamp at);

} // namespace sharelock::cli
