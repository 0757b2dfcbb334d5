// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/probe.h"
#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

QCoro::Task<Expected<document::ShareDocument>> ShareManager::publicDocument(LinkId id, std::stop_token stop)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    const auto known = d->knownLink(id);
    if (known && isFirstGeneration(*known))
        co_return fail(ErrorCode::LinkTooOld, known->url.toString());
    LinkAudit audit(**ledger, d->http());
    auto document = co_await audit.publicDocument(std::move(id), std::move(stop));
    co_return document;
}

QCoro::Task<Expected<Link>> ShareManager::unshare(LinkId id, TakedownObserver observe, std::stop_token stop)
{
    auto link = co_await d->takeDown(std::move(id), std::move(observe), std::move(stop));
    co_return link;
}

QCoro::Task<void> ShareManager::backgroundDone()
{
    co_await d->reconciler().idle();
}

QCoro::Task<Expected<Link>> ShareManager::Private::takeDown(LinkId id, TakedownObserver observe,
                                                            std::stop_token stop)
{
    const auto ledger = openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    const auto known = knownLink(id);
    if (!known)
        co_return known;
    if (isFirstGeneration(*known))
        co_return fail(ErrorCode::LinkTooOld, known->url.toString());
    const std::optional<opencode::ShareRow> row = rowOf(id);
    if (known->hasKey && !row)
        co_await vaultForTakedown();

    const auto underWay = m_takingDown.insert(id);
    Takedown takedown(**ledger, m_keeper->vault(), http());
    // A name of its own: GCC 12 destroys the temporary of a conditional expression in a co_await twice.
    const Secret spareKey = row ? row->key : Secret();
    auto link = co_await takedown.run(id, spareKey, std::move(observe), std::move(stop));
    m_takingDown.erase(underWay);
    if (!link && link.error().code == ErrorCode::KeyringMissing && !m_keeper->vault().isOpen())
        co_return tl::unexpected(m_keeper->report().error);
    if (link && row)
        reconcile(*link);
    co_return link;
}

QCoro::Task<void> ShareManager::Private::vaultForTakedown()
{
    const bool again = m_keeper->report().status != VaultStatus::NotAsked && !m_keeper->isCurrent();
    (void)co_await q->openVault(again);
}

void ShareManager::Private::reconcile(const Link& link)
{
    // Only where the person asked for the removal: a link that looks empty for another reason may be filled
    // yet.
    if (link.kind == LinkKind::Live && link.step == LinkStep::TakedownDone &&
        link.state == LinkState::Removed)
        reconciler().add(link);
}

Reconciler& ShareManager::Private::reconciler()
{
    if (!m_reconciler) {
        const auto report = [this](const Link& link, const Expected<void>& done) {
            Receipt receipt = receiptFor(link, QStringLiteral("reconcile"), now());
            if (!done)
                receipt.outcome = codeName(done.error().code);
            append(receipt);
        };
        m_reconciler = std::make_unique<Reconciler>(options.environment, options.http, report);
    }
    return *m_reconciler;
}

} // namespace sharelock::sharing
