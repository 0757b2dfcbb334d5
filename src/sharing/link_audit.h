// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/session_store.h"
#include "sharing/link_ledger.h"
#include "sharing/share_server.h"

namespace sharelock::sharing {

//! \brief Takes every `session_share` row that the ledger lacks into ledger and vault, in one transaction
//! each, before anything else happens; notes sessions that are gone (Orphan). Called on every refresh.
//! Without an open vault the link is listed without a key (`hasKey` false), and its key is taken in later.
//! \returns how many were new.
[[nodiscard]] Expected<int> takeIn(LinkLedger& ledger, const KeyVault& vault,
                                   const std::vector<opencode::ShareRow>& rows,
                                   const std::vector<opencode::SessionSummary>& sessions, Timestamp at);

//! \brief Finds out what is public by asking `/data`.
class LinkAudit
{
public:
    LinkAudit(LinkLedger& ledger, HttpClient& http, Clock clock = now);

    //! \brief Probes one link, plain and past caches, and saves what it found. An unreachable server changes
    //! the state to Unreachable only, never to Removed. Errors: LedgerUnreadable, LinkNotFound, Cancelled.
    [[nodiscard]] QCoro::Task<Expected<Link>> probe(LinkId id, std::stop_token stop = {});
    //! \brief What the public sees of it now.
    [[nodiscard]] QCoro::Task<Expected<document::ShareDocument>> publicDocument(LinkId id,
                                                                                std::stop_token stop = {});

private:
    LinkLedger& m_ledger;
    HttpClient& m_http;
    Clock m_clock;
};

//! \brief The state that two answers prove. Orphan and OrphanLost come from \p link's own facts.
[[nodiscard]] LinkState judge(const Link& link, const Expected<DataAnswer>& plain,
                              const Expected<DataAnswer>& pastCaches);

} // namespace sharelock::sharing
