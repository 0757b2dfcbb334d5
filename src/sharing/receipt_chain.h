// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/sqlite.h"

#include <string>

namespace sharelock::sharing {

//! \brief The columns of a receipt that its hash is made of, in this order.
inline constexpr std::string_view hashedColumns =
    "number, at, act, outcome, origin, share_id, title, detail, is_proof, asked, answered, public_before,"
    " public_after";

//! \brief What the first receipt is chained to: each ledger has its own.
[[nodiscard]] std::string chainStart(std::string_view ledgerId);

//! \brief BLAKE2b-256 of \p previous and the receipt in \p row.
//! \param column where hashedColumns begin.
//! \param number counts instead of the row's own.
[[nodiscard]] std::string chainHash(std::string_view previous, const sqlite::Statement& row, int column,
                                    std::int64_t number);

//! \brief Chains the receipt that was just written to the one before. In the transaction that wrote it:
//! several processes write at once, and only the write lock tells which one is the last.
//! \param last the hash of the one before, where this transaction has written it; else empty, and read.
//! \returns its hash.
[[nodiscard]] sqlite::Result<std::string> chainReceipt(sqlite::Connection& db, std::string_view ledgerId,
                                                       std::int64_t number, std::string_view last);

//! \brief Chains all receipts, for a ledger that had no chain yet. In a transaction.
[[nodiscard]] sqlite::Result<void> chainAllReceipts(sqlite::Connection& db);

} // namespace sharelock::sharing
