// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/publisher.h"

#include "sharing/publish_run.h"

namespace sharelock::sharing {

Publisher::Publisher(LinkLedger& ledger, const KeyVault& vault, HttpClient& http, Clock clock,
                     ContentReader reader)
    : m_ledger(ledger)
    , m_vault(vault)
    , m_http(http)
    , m_clock(std::move(clock))
    , m_reader(std::move(reader))
{
}

QCoro::Task<Expected<Link>> Publisher::publish(PreparedSnapshot snapshot, QUrl origin,
                                               PublishObserver observe, std::stop_token stop)
{
    const PublishRun::Parts parts{m_ledger, m_vault, m_http, m_clock, m_reader};
    PublishRun run(parts, std::move(snapshot), origin, std::move(observe), std::move(stop));
    auto result = co_await run.go();
    co_return result;
}

} // namespace sharelock::sharing
