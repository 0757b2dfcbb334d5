// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/bulk_takedown.h"

#include "base/retry_policy.h"
#include "base/stop_notice.h"
#include "sharing/link_record.h"
#include "sharing/probe.h"

#include <QRandomGenerator>

#include <algorithm>

namespace sharelock::sharing {

using namespace std::chrono_literals;

namespace {

constexpr int mostSilent = 12;
constexpr std::chrono::milliseconds longestBackOff = 5s;
constexpr std::chrono::milliseconds claimPause = 200ms;

bool hadNoAnswer(const Expected<Link>& result)
{
    return result ? result->state == LinkState::Unreachable : isUnanswered(result.error().code);
}

} // namespace

BulkTakedown::BulkTakedown(Parts parts, BulkObserver observe, TakedownStop stop)
    : m_parts(std::move(parts))
    , m_observe(std::move(observe))
    , m_stop(std::move(stop))
{
    m_parts.policy.longestPause = std::min(m_parts.policy.longestPause, longestBackOff);
}

QCoro::Task<Expected<std::vector<BulkResult>>> BulkTakedown::run(std::vector<LinkId> ids)
{
    const auto claimed = claimAll(std::move(ids));
    if (!claimed)
        co_return tl::unexpected(claimed.error());
    const auto requested = requestAll();
    if (!requested)
        co_return tl::unexpected(requested.error());

    const auto relay = [this] { m_noMore.request_stop(); };
    const std::stop_callback fromMore(m_stop.more, relay);
    const std::stop_callback fromAll(m_stop.all, relay);
    std::vector<QCoro::Task<void>> tasks;
    tasks.reserve(m_items.size());
    for (Item& item : m_items)
        tasks.push_back(one(&item));
    for (QCoro::Task<void>& task : tasks)
        co_await task;

    auto settled = settleCancelled();
    if (settled)
        settled = m_parts.ledger.flush();
    if (!settled)
        co_return tl::unexpected(settled.error());
    std::vector<BulkResult> results;
    results.reserve(m_items.size());
    for (Item& item : m_items)
        results.push_back({item.id, std::move(item.result)});
    co_return results;
}

Expected<void> BulkTakedown::claimAll(std::vector<LinkId> ids)
{
    std::set<LinkId> seen;
    m_items.reserve(ids.size());
    for (LinkId& id : ids) {
        if (!seen.insert(id).second)
            continue;
        auto claim = m_parts.claims.take(id);
        if (!claim)
            return tl::unexpected(claim.error());
        Item item;
        item.id = std::move(id);
        item.claim = *std::move(claim);
        m_items.push_back(std::move(item));
    }
    return {};
}

// What somebody else has claimed is marked by them already, and what they have proved gone since the list was
// drawn up has nothing left to go.
Expected<void> BulkTakedown::requestAll()
{
    return m_parts.ledger.together([&]() -> Expected<void> {
        for (Item& item : m_items) {
            if (!item.claim)
                continue;
            const auto request = [&](Link& link) {
                item.before = link.step;
                item.isRequested = !isProvedGone(link) && m_parts.hasUsableKey(link);
                if (item.isRequested)
                    link.step = LinkStep::TakedownRequested;
            };
            const auto marked = recordLink(m_parts.ledger, item.id, request);
            if (!marked && marked.error().code != ErrorCode::LinkNotFound)
                return tl::unexpected(marked.error());
        }
        return {};
    });
}

// A person's cancel takes back what did not begin; the end of the program takes back nothing.
Expected<void> BulkTakedown::settleCancelled()
{
    const bool wasTakenBack = m_stop.more.stop_requested();
    return m_parts.ledger.together([&]() -> Expected<void> {
        for (const Item& item : m_items) {
            if (item.result || item.result.error().code != ErrorCode::Cancelled || !item.isRequested)
                continue;
            const auto settle = [&](Link& link) {
                if (!wasTakenBack)
                    link.step = LinkStep::TakedownRequested;
                else if (!item.hasBegun && link.step == LinkStep::TakedownRequested)
                    link.step = item.before;
            };
            const auto saved = recordLink(m_parts.ledger, item.id, settle);
            if (!saved)
                return tl::unexpected(saved.error());
        }
        return {};
    });
}

QCoro::Task<void> BulkTakedown::one(Item* item)
{
    bool isToDo = true;
    if (!item->claim)
        isToDo = co_await waitForClaim(item);
    if (isToDo)
        co_await oneClaimed(item);
    // Before it is said to have ended, so that whoever hears of it can claim it. What did not begin is kept
    // until it is settled: till then nobody else must take it for a leftover.
    if (item->hasBegun || item->result || item->result.error().code != ErrorCode::Cancelled)
        item->claim.reset();
    if (m_observe.ended)
        m_observe.ended(item->id, item->result);
}

QCoro::Task<void> BulkTakedown::oneClaimed(Item* item)
{
    const QString host = item->id.origin.toString();
    const HostQueue::Place place = co_await m_parts.hosts->enter(host, m_noMore.get_token());
    if (!place || m_noMore.stop_requested())
        co_return;
    if (m_silent[host] >= mostSilent) {
        item->result = fail(ErrorCode::ServerUnreachable, host,
                            QStringLiteral("not asked: %1 links in a row had no answer").arg(mostSilent));
        co_return;
    }
    item->hasBegun = true;
    const TakedownStop stop{m_noMore.get_token(), m_stop.all};
    item->result = co_await m_parts.takeDown(item->id, m_observe.stage, stop, item->before);
    co_await backOff(host, item->result);
}

QCoro::Task<bool> BulkTakedown::waitForClaim(Item* item)
{
    if (m_observe.stage)
        m_observe.stage(item->id, TakedownStage::Waiting);
    // There is no notice of a lock that is given back, and whoever holds it may have died.
    while (!item->claim) {
        const bool waited = co_await pauseFor(claimPause, m_noMore.get_token());
        if (!waited)
            co_return false;
        auto claim = m_parts.claims.take(item->id);
        if (!claim) {
            item->result = tl::unexpected(claim.error());
            co_return false;
        }
        item->claim = *std::move(claim);
    }
    const auto link = m_parts.ledger.link(item->id);
    if (!link || !*link) {
        item->result = link ? fail(ErrorCode::LinkNotFound, item->id.shareId) : tl::unexpected(link.error());
        co_return false;
    }
    item->before = (*link)->step;
    if (!isProvedGone(**link))
        co_return true;
    item->result = **link;
    co_return false;
}

// The place is kept meanwhile, so that a host in trouble gets quiet from all that want to take down there.
QCoro::Task<void> BulkTakedown::backOff(QString host, const Expected<Link>& result)
{
    if (!hadNoAnswer(result)) {
        m_silent[host] = 0;
        co_return;
    }
    const int silent = ++m_silent[host];
    if (silent >= mostSilent)
        co_return;
    const double random = QRandomGenerator::global()->generateDouble();
    (void)co_await pauseFor(pauseAfterTry(m_parts.policy, silent, std::nullopt, random),
                            m_noMore.get_token());
}

} // namespace sharelock::sharing
