// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"

#include <functional>
#include <optional>

namespace sharelock::sharing {

//! \brief Reads a link anew, lets \p change at it, saves it, and appends \p receipt about it, all in one
//! transaction: what another process changes meanwhile is neither overwritten nor half seen, and a state is
//! never on disk without its receipt.
//! \returns the link as saved. Errors: LinkNotFound, LedgerUnreadable, DiskFull; nothing was written then.
[[nodiscard]] Expected<Link>
recordLink(LinkLedger& ledger, const LinkId& id, const std::function<void(Link&)>& change,
           const std::function<std::optional<Receipt>(const Link&)>& receipt = {},
           Durability durability = Durability::Now);

} // namespace sharelock::sharing
