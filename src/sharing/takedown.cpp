// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/takedown.h"

#include "sharing/takedown_run.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace sharelock::sharing {

Takedown::Takedown(LinkLedger& ledger, const KeyVault& vault, HttpClient& http, Clock clock)
    : m_ledger(ledger)
    , m_vault(vault)
    , m_http(http)
    , m_clock(std::move(clock))
{
}

QCoro::Task<Expected<Link>> Takedown::run(LinkId id, Secret spareKey, TakedownObserver observe,
                                          TakedownStop stop, std::optional<LinkStep> before)
{
    const auto link = m_ledger.link(id);
    if (!link)
        co_return tl::unexpected(link.error());
    if (!*link)
        co_return fail(ErrorCode::LinkNotFound, id.shareId);
    const TakedownRun::Parts parts{m_ledger, m_vault, m_http, m_clock};
    TakedownRun run(parts, **link, std::move(observe), std::move(stop));
    if (before)
        run.setStepBefore(*before);
    auto result = co_await run.go(std::move(spareKey));
    co_return result;
}

QString proofText(const Link& link)
{
    if (link.state != LinkState::Removed || !link.removedAt)
        return {};
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(toMilliseconds(*link.removedAt));
    return QCoreApplication::translate("sharelock::Takedown", "No content at its address and past caches, %1")
        .arg(QLocale().toString(at, QLocale::ShortFormat));
}

} // namespace sharelock::sharing
