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
    LinkAudit audit(**ledger, d->http());
    auto document = co_await audit.publicDocument(std::move(id), std::move(stop));
    co_return document;
}

QCoro::Task<void> ShareManager::backgroundDone()
{
    co_await d->reconciler().idle();
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
