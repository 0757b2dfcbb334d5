// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/audit_round.h"

#include <QCoroTimer>
#include <QRandomGenerator>

namespace sharelock::sharing {

namespace {

constexpr int perHost = 4;

} // namespace

Timestamp auditDue(const Link& link, const AuditPace& pace)
{
    if (link.step == LinkStep::Reserved || link.step == LinkStep::TakedownRequested || link.nextProbeAt)
        return Timestamp::max(); // What is under way is resumed, not asked.
    if (!link.checkedAt)
        return Timestamp::min();
    if (link.state == LinkState::Unreachable)
        return *link.checkedAt + pace.unreachable;
    return link.state == LinkState::Removed ? *link.checkedAt + pace.removed : *link.checkedAt + pace.live;
}

AuditRound::AuditRound(Ask ask, AuditObserver observe, std::chrono::milliseconds spread, std::stop_token stop)
    : m_ask(std::move(ask))
    , m_observe(std::move(observe))
    , m_spread(spread)
    , m_stop(std::move(stop))
    , m_hosts(std::make_shared<HostQueue>(perHost))
{
}

QCoro::Task<void> AuditRound::run(std::vector<LinkId> ids)
{
    std::vector<QCoro::Task<void>> asking;
    asking.reserve(ids.size());
    for (const LinkId& id : ids)
        asking.push_back(one(id));
    for (QCoro::Task<void>& link : asking)
        co_await link;
}

QCoro::Task<void> AuditRound::one(LinkId id)
{
    const HostQueue::Place place = co_await m_hosts->enter(id.origin.authority(), m_stop);
    if (!place || m_stop.stop_requested())
        co_return;
    if (m_spread.count() > 0) {
        const int most = static_cast<int>(m_spread.count());
        co_await QCoro::sleepFor(std::chrono::milliseconds(QRandomGenerator::global()->bounded(most)));
    }
    const Expected<Link> link = co_await m_ask(id, m_stop);
    if (m_observe)
        m_observe(id, link);
}

} // namespace sharelock::sharing
