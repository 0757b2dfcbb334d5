// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/sqlite.h"

namespace sharelock::sharing {

//! \brief Opens the ledger's file, creating or migrating it. A file that is not a ledger is left exactly as
//! it is. Errors: LedgerUnreadable, LedgerNewer, DiskFull; the subject is the path.
[[nodiscard]] Expected<sqlite::Connection> openLedgerFile(const QString& path);

//! \brief What an SQLite failure means to the ledger at \p path.
[[nodiscard]] tl::unexpected<Error> ledgerFailure(const sqlite::Failure& failure, const QString& path);

//! \brief `PRAGMA user_version` of a ledger that this program has migrated.
[[nodiscard]] int ledgerVersion();

} // namespace sharelock::sharing
