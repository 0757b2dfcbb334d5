// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/sqlite.h"
#include "opencode/schema.h"
#include "opencode/session_store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace sharelock::opencode {

[[nodiscard]] sqlite::Result<std::vector<SessionSummary>>
readSessions(sqlite::Connection& connection, const Schema& schema, Counting counting);
//! \brief The one with this ID, if there is one.
[[nodiscard]] sqlite::Result<std::optional<SessionSummary>>
readSession(sqlite::Connection& connection, const Schema& schema, std::string_view sessionId);
[[nodiscard]] sqlite::Result<std::vector<ProjectSummary>> readProjectList(sqlite::Connection& connection,
                                                                          const Schema& schema);
[[nodiscard]] sqlite::Result<std::vector<ShareRow>> readShares(sqlite::Connection& connection,
                                                               const Schema& schema);

} // namespace sharelock::opencode
