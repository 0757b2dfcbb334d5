// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

QCoro::Task<Expected<Replacement>> ShareManager::replace(LinkId old, PublishOffer offer,
                                                         PublishObserver observe,
                                                         TakedownObserver observeTakedown,
                                                         std::stop_token stop)
{
    auto known = d->knownLink(old);
    if (!known)
        co_return tl::unexpected(known.error());
    // publish() opens the vault or fails, so a key of the ledger will do; one of opencode's will, too.
    const std::optional<opencode::ShareRow> row = d->rowOf(old);
    known->hasKey = known->hasKey || row.has_value();
    if (const auto reason = whyNotReplaceable(*known))
        co_return tl::unexpected(*reason);
    if (known->sourceSessionId != offer.snapshot.sourceSessionId)
        co_return fail(ErrorCode::SessionNotFound, known->sourceSessionId);

    offer.snapshot.replaces = old;
    const auto snapshot = co_await publish(std::move(offer), std::move(observe), stop);
    if (!snapshot)
        co_return tl::unexpected(snapshot.error());
    BulkObserver observeAll;
    observeAll.stage = std::move(observeTakedown);
    std::vector<LinkId> ids(1, old);
    // A name of its own: GCC 12 destroys an aggregate that is made inside of a co_await twice.
    TakedownStop stops{{}, stop};
    auto results = co_await unshareAll(std::move(ids), std::move(observeAll), std::move(stops));
    Replacement replacement{*snapshot, fail(ErrorCode::Internal)};
    if (results)
        replacement.old = std::move(results->front().link);
    else
        replacement.old = tl::unexpected(results.error());
    co_return replacement;
}

} // namespace sharelock::sharing
