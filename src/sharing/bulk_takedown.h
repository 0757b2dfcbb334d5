// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/host_queue.h"
#include "base/http_client.h"
#include "sharing/link_claims.h"
#include "sharing/takedown.h"

#include <map>

namespace sharelock::sharing {

//! \brief Told on the manager's thread, while the work goes on.
struct BulkObserver
{
    TakedownObserver stage;
    //! \brief Each link once: as it stands now, or why nothing is known of it. Cancelled: it is as it was.
    std::function<void(const LinkId&, const Expected<Link>&)> ended;
};

struct BulkResult
{
    LinkId id;
    Expected<Link> link;
};

//! \brief Takes many links down, a dozen at a time per host, hosts apart from each other. HttpClient bounds
//! the requests; where a host is slow, what has begun goes before what has not.
//!
//! That they have to go is on disk, for all of them, before anything is sent; so a kill leaves nothing behind
//! that the next start does not go on with. Only links that are claimed are worked on. A host that does not
//! answer is given longer and longer pauses, and after a dozen links in a row the rest is left for later.
class BulkTakedown
{
public:
    struct Parts
    {
        LinkLedger& ledger;
        LinkClaims& claims;
        std::shared_ptr<HostQueue> hosts; //!< Shared by all that take down, so that the bound is one.
        HttpPolicy policy;
        //! \brief Whether there is a key that can be used; without one the link is asked, but not marked.
        std::function<bool(const Link&)> hasUsableKey;
        //! \brief Takes one down. \p before: the step it goes back to when that comes to nothing.
        std::function<QCoro::Task<Expected<Link>>(LinkId id, TakedownObserver observe, TakedownStop stop,
                                                  LinkStep before)>
            takeDown;
    };

    BulkTakedown(Parts parts, BulkObserver observe, TakedownStop stop);

    //! \brief In the order given, each link once. Errors: LedgerUnreadable, DiskFull; nothing was sent then.
    [[nodiscard]] QCoro::Task<Expected<std::vector<BulkResult>>> run(std::vector<LinkId> ids);

private:
    struct Item
    {
        LinkId id;
        std::optional<LinkClaims::Claim> claim;
        LinkStep before = LinkStep::Published;
        bool isRequested = false;
        bool hasBegun = false;
        Expected<Link> result = fail(ErrorCode::Cancelled);
    };

    [[nodiscard]] Expected<void> claimAll(std::vector<LinkId> ids);
    [[nodiscard]] Expected<void> requestAll();
    [[nodiscard]] Expected<void> settleCancelled();
    [[nodiscard]] QCoro::Task<void> one(Item* item);
    [[nodiscard]] QCoro::Task<void> oneClaimed(Item* item);
    //! \returns whether there is something left to do: whoever held it may have done it all.
    [[nodiscard]] QCoro::Task<bool> waitForClaim(Item* item);
    [[nodiscard]] QCoro::Task<void> backOff(QString host, const Expected<Link>& result);

    Parts m_parts;
    BulkObserver m_observe;
    TakedownStop m_stop;
    std::stop_source m_noMore; //!< Either stop.
    std::vector<Item> m_items;
    std::map<QString, int> m_silent; //!< By host: links in a row that had no answer.
};

} // namespace sharelock::sharing
