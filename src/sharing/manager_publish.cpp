// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/publish_lock.h"
#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

QCoro::Task<Expected<Link>> ShareManager::publish(PublishOffer offer, PublishObserver observe,
                                                  std::stop_token stop)
{
    if (offer.disabled)
        co_return fail(ErrorCode::ShareDisabled, offer.modeFile);
    // The offer may have been looked at for long; the mode that counts is the one of now.
    const auto session = d->session(offer.snapshot.sourceSessionId);
    if (session) {
        const auto allowed = d->sharingAllowed(*session);
        if (!allowed)
            co_return tl::unexpected(allowed.error());
    }
    const auto reason = checkReason(offer, offer.snapshot.keptReason);
    if (!reason)
        co_return tl::unexpected(reason.error());
    if (keptSecrets(offer) == 0)
        offer.snapshot.keptReason.clear();
    const auto vault = co_await d->readyVault();
    if (!vault)
        co_return tl::unexpected(vault.error());
    const auto ledger = d->openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    // What others will have read must mean the same in what is published later.
    const auto named = (*ledger)->saveNames(offer.snapshot.sourceSessionId, offer.found);
    if (!named)
        co_return tl::unexpected(named.error());
    const PublishLock lock(d->folder);
    Publisher publisher(**ledger, **vault, d->http(), now, d->contentReader());
    auto link = co_await publisher.publish(std::move(offer.snapshot), offer.server, std::move(observe), stop);
    co_return link;
}

QCoro::Task<Expected<Link>> ShareManager::publishLive(QString sessionId, std::stop_token stop)
{
    const auto session = findSession(sessionId);
    if (!session)
        co_return tl::unexpected(session.error());
    const auto allowed = d->sharingAllowed(*session);
    if (!allowed)
        co_return tl::unexpected(allowed.error());
    // Before anything is public: its key must have a place to go to.
    const auto vault = co_await d->readyVault();
    if (!vault)
        co_return tl::unexpected(vault.error());
    auto link = co_await d->shareLive(*session, std::move(stop));
    co_return link;
}

Expected<void> ShareManager::Private::sharingAllowed(const opencode::SessionSummary& session) const
{
    const auto found = config(session);
    if (!found)
        return tl::unexpected(found.error());
    if (found->mode == opencode::ShareMode::Disabled)
        return fail(ErrorCode::ShareDisabled, found->modeFile);
    return {};
}

} // namespace sharelock::sharing
