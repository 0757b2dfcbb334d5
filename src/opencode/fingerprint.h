// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/sqlite.h"
#include "opencode/schema.h"

#include <QString>

#include <optional>

namespace sharelock::opencode {

//! \brief A short text that changes with the session's row and with any of its messages and parts, without
//! reading their content. Nothing when there is no such session.
[[nodiscard]] sqlite::Result<std::optional<QString>>
readFingerprint(sqlite::Connection& connection, const Schema& schema, const QString& sessionId);

} // namespace sharelock::opencode
