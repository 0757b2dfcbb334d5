// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"
#include "sharing/share_server.h"

#include <functional>

namespace sharelock::sharing {

//! \brief Counts what stands in a public document. Its functions are called on the audit's thread.
struct ContentReader
{
    //! \brief Whether what was counted for this link would be counted again if the document is the same.
    std::function<bool(const Link&)> isCurrent;
    //! \brief Notes in the link what stands in the document.
    std::function<void(Link&, const document::ShareDocument&)> read;
};

//! \brief Notes in \p link what a document that the public can read holds, and counts what stands in it where
//! that is not known already.
void noteContent(Link& link, const DataAnswer& answer, const ContentReader& reader);
//! \brief Copies what noteContent() noted in \p read, which may be an earlier state of \p link.
void takeContent(Link& link, const Link& read);

//! \brief Finds out what is public by asking `/data`.
class LinkAudit
{
public:
    LinkAudit(LinkLedger& ledger, HttpClient& http, Clock clock = now);

    //! \brief Probes one link, plain and past caches, and saves what it found. An unreachable server changes
    //! the state to Unreachable only, never to Removed. Errors: LedgerUnreadable, LinkNotFound, Cancelled.
    //! \param reader may be empty. Without a change nothing is sent, and nothing read, again.
    [[nodiscard]] QCoro::Task<Expected<Link>> probe(LinkId id, std::stop_token stop = {},
                                                    ContentReader reader = {});
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
