// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/older_shares.h"
#include "opencode/session_store.h"
#include "sharing/link_ledger.h"

#include <span>

namespace sharelock::sharing {

//! \brief All that one data folder of opencode's tells of links.
struct FolderInventory
{
    QString folder;           //!< Absolute.
    bool isMain = false;      //!< The one in use: links of earlier versions, without a folder, are its.
    bool sessionsRead = true; //!< Else nothing can be said about sessions that are not listed.
    bool hasDatabase = true;  //!< Else its files tell all there is.
    std::vector<opencode::ShareRow> rows;
    std::vector<opencode::LinkClaim> claims;
    std::vector<opencode::OlderShare> older;
    std::vector<opencode::SessionSummary> sessions;
};

//! \brief Takes every link that the ledger lacks into ledger and vault, with its key where opencode has one,
//! all in one transaction, before anything else happens. Notes sessions that are gone (Orphan), and links
//! that opencode no longer counts as shared. Called on every refresh. Without an open vault a link is listed
//! without a key (`hasKey` false), and its key is taken in later. Links of folders that are not among \p
//! folders stay as they are: what can't be read is not gone. \returns how many were new.
[[nodiscard]] Expected<int> takeIn(LinkLedger& ledger, const KeyVault& vault,
                                   std::span<const FolderInventory> folders, Timestamp at);

} // namespace sharelock::sharing
