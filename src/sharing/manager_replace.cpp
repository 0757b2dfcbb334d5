// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

namespace {

std::optional<Error> whyNotReplaceable(const Link& link, const PublishOffer& offer)
{
    const bool isClosed = link.step == LinkStep::TakedownRequested || link.step == LinkStep::TakedownDone;
    if (isClosed || !mayBePublic(link.state))
        return Error{ErrorCode::LinkClosed, link.id.shareId, {}};
    if (link.sourceSessionId != offer.snapshot.sourceSessionId)
        return Error{ErrorCode::SessionNotFound, link.sourceSessionId, {}};
    return std::nullopt;
}

} // namespace

QCoro::Task<Expected<Replacement>> ShareManager::replace(LinkId old, PublishOffer offer,
                                                         PublishObserver observe,
                                                         TakedownObserver observeTakedown,
                                                         std::stop_token stop)
{
    const auto known = d->knownLink(old);
    if (!known)
        co_return tl::unexpected(known.error());
    if (const auto reason = whyNotReplaceable(*known, offer))
        co_return tl::unexpected(*reason);
    // publish() opens the vault or fails, so a key of the ledger will do.
    const std::optional<opencode::ShareRow> row = d->rowOf(old);
    if (!known->hasKey && !row)
        co_return fail(ErrorCode::KeyMissing, old.shareId);

    offer.snapshot.replaces = old;
    const auto snapshot = co_await publish(std::move(offer), std::move(observe), stop);
    if (!snapshot)
        co_return tl::unexpected(snapshot.error());
    BulkObserver observeAll;
    observeAll.stage = std::move(observeTakedown);
    std::vector<LinkId> ids(1, old);
    // A name of its own: GCC 12 destroys an aggregate that is made inside of a co_await twice.
    BulkStop stops{{}, stop};
    auto results = co_await unshareAll(std::move(ids), std::move(observeAll), std::move(stops));
    Replacement replacement{*snapshot, fail(ErrorCode::Internal)};
    if (results)
        replacement.old = std::move(results->front().link);
    else
        replacement.old = tl::unexpected(results.error());
    co_return replacement;
}

} // namespace sharelock::sharing
