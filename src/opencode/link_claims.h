// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/sqlite.h"
#include "opencode/schema.h"
#include "opencode/session_store.h"

#include <vector>

namespace sharelock::opencode {

//! \brief Sessions that say that they are shared while opencode holds no key for them.
[[nodiscard]] sqlite::Result<std::vector<LinkClaim>> readClaims(sqlite::Connection& connection,
                                                                const Schema& schema);

} // namespace sharelock::opencode
