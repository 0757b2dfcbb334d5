// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link.h"

namespace sharelock::sharing {

//! \brief When ShareManager::resume() has something to do about a link by itself; unset: never. A takedown
//! that was begun is due since ever. Leftovers of a publish do not count: they are there only at a start.
[[nodiscard]] std::optional<Timestamp> dueAt(const Link& link);

} // namespace sharelock::sharing
