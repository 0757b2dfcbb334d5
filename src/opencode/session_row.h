// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/sqlite.h"
#include "opencode/schema.h"
#include "opencode/stored_json.h"

#include <optional>
#include <string>
#include <string_view>

namespace sharelock::opencode {

//! \brief The session as opencode gives it out, built from its row: members in opencode's order, unset ones
//! left out. Nothing when there is no such session.
[[nodiscard]] sqlite::Result<std::optional<std::string>> readSessionJson(sqlite::Connection& connection,
                                                                         const Schema& schema,
                                                                         StoredJson& json,
                                                                         std::string_view sessionId);

} // namespace sharelock::opencode
