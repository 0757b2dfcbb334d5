// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/probe.h"
#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

namespace {

// More than the requests to it at once, so that the next one waits for the server, and not for what we do
// between two of a link.
constexpr int takedownsPerHost = 12;

} // namespace

QCoro::Task<Expected<Link>> ShareManager::unshare(LinkId id, TakedownObserver observe, std::stop_token stop)
{
    BulkObserver observeAll;
    observeAll.stage = std::move(observe);
    std::vector<LinkId> ids(1, id);
    // A name of its own: GCC 12 destroys an aggregate that is made inside of a co_await twice.
    TakedownStop stops{stop, stop};
    auto results = co_await unshareAll(std::move(ids), std::move(observeAll), std::move(stops));
    if (!results)
        co_return tl::unexpected(results.error());
    co_return std::move(results->front().link);
}

QCoro::Task<Expected<std::vector<BulkResult>>>
ShareManager::unshareAll(std::vector<LinkId> links, BulkObserver observe, TakedownStop stop)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    const auto rows = d->rowsByLink();
    if (d->needsVault(links, rows))
        co_await d->vaultForTakedown();
    BulkTakedown::Parts parts{**ledger, d->claims(), d->takedownQueue(), d->options.http, {}, {}};
    parts.hasUsableKey = [this, &rows](const Link& link) {
        return rows.contains(link.id) || (link.hasKey && d->m_keeper->vault().isOpen());
    };
    parts.takeDown = [this, &rows](LinkId id, TakedownObserver observeOne, TakedownStop stopOne,
                                   LinkStep before) {
        const auto row = rows.find(id);
        const Secret spareKey = row == rows.end() ? Secret() : row->second.key;
        return d->takeDown(std::move(id), spareKey, std::move(observeOne), std::move(stopOne), before);
    };
    BulkTakedown bulk(std::move(parts), std::move(observe), std::move(stop));
    auto results = co_await bulk.run(std::move(links));
    if (!results)
        co_return results;
    for (const BulkResult& result : *results) {
        if (result.link && rows.contains(result.id))
            d->reconcile(*result.link);
    }
    co_return results;
}

QCoro::Task<Expected<std::optional<Link>>> ShareManager::Private::takeDownIfFree(LinkId id,
                                                                                 std::stop_token stop)
{
    // Whoever has claimed it is at it, or will be.
    const auto claim = claims().take(id);
    if (!claim)
        co_return tl::unexpected(claim.error());
    if (!*claim)
        co_return std::nullopt;
    const auto known = knownLink(id);
    if (!known)
        co_return tl::unexpected(known.error());
    const std::optional<opencode::ShareRow> row = rowOf(id);
    if (known->hasKey && !row)
        co_await vaultForTakedown();
    const HostQueue::Place place = co_await takedownQueue()->enter(id.origin.toString(), stop);
    if (!place)
        co_return fail(ErrorCode::Cancelled);
    // A name of its own: GCC 12 destroys the temporary of a conditional expression in a co_await twice.
    const Secret spareKey = row ? row->key : Secret();
    const TakedownStop stops{stop, stop};
    auto link = co_await takeDown(id, spareKey, TakedownObserver(), stops, known->step);
    if (!link)
        co_return tl::unexpected(link.error());
    if (row)
        reconcile(*link);
    co_return std::optional<Link>(*std::move(link));
}

QCoro::Task<Expected<Link>> ShareManager::Private::takeDown(LinkId id, Secret spareKey,
                                                            TakedownObserver observe, TakedownStop stop,
                                                            LinkStep before)
{
    const auto known = knownLink(id);
    if (!known)
        co_return known;
    if (isProvedGone(*known)) {
        // By somebody else perhaps, while we were on our way. Deleted twice, a server only answers that it
        // failed; whether the content is back a look tells.
        auto looked = co_await q->check(id, stop.more);
        if (!looked || looked->state != LinkState::StillServed)
            co_return looked;
    }
    Takedown takedown(*m_ledger, m_keeper->vault(), http(), options.clock);
    auto link = co_await takedown.run(std::move(id), std::move(spareKey), std::move(observe), std::move(stop),
                                      before);
    if (!link && link.error().code == ErrorCode::KeyringMissing && !m_keeper->vault().isOpen())
        co_return tl::unexpected(m_keeper->report().error);
    co_return link;
}

std::map<LinkId, opencode::ShareRow> ShareManager::Private::rowsByLink()
{
    std::map<LinkId, opencode::ShareRow> byLink;
    for (opencode::ShareRow& row : rows()) {
        const LinkId id = rowId(row);
        byLink.emplace(id, std::move(row));
    }
    return byLink;
}

bool ShareManager::Private::needsVault(const std::vector<LinkId>& links,
                                       const std::map<LinkId, opencode::ShareRow>& rows)
{
    for (const LinkId& id : links) {
        if (rows.contains(id))
            continue;
        const auto known = knownLink(id);
        if (known && known->hasKey)
            return true;
    }
    return false;
}

QCoro::Task<void> ShareManager::Private::vaultForTakedown()
{
    const bool again = m_keeper->report().status != VaultStatus::NotAsked && !m_keeper->isCurrent();
    (void)co_await q->openVault(again);
}

LinkClaims& ShareManager::Private::claims()
{
    if (!m_claims)
        m_claims = std::make_unique<LinkClaims>(folder);
    return *m_claims;
}

std::shared_ptr<HostQueue> ShareManager::Private::takedownQueue()
{
    if (!m_takedownQueue)
        m_takedownQueue = std::make_shared<HostQueue>(takedownsPerHost);
    return m_takedownQueue;
}

} // namespace sharelock::sharing
