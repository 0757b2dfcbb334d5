// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/sqlite.h"

namespace sharelock::opencode {

//! \brief What an SQLite failure means for a person who looks at opencode.db at \p path.
[[nodiscard]] Error databaseError(const sqlite::Failure& failure, const QString& path);

} // namespace sharelock::opencode
