// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/host_queue.h"

#include "base/stop_notice.h"

#include <QCoroSignal>

#include <algorithm>
#include <utility>

namespace sharelock {

HostQueue::Place::Place(std::shared_ptr<HostQueue> queue, QString host)
    : m_queue(std::move(queue))
    , m_host(std::move(host))
{
}

HostQueue::Place& HostQueue::Place::operator=(Place&& other) noexcept
{
    std::swap(m_queue, other.m_queue);
    std::swap(m_host, other.m_host);
    return *this;
}

HostQueue::Place::~Place()
{
    if (m_queue != nullptr)
        m_queue->leave(m_host);
}

HostQueue::HostQueue(int perHost)
    : m_perHost(std::max(1, perHost))
{
}

QCoro::Task<HostQueue::Place> HostQueue::enter(QString host, std::stop_token stop)
{
    const auto self = shared_from_this();
    if (stop.stop_requested())
        co_return Place();
    Line& line = m_lines[host];
    if (line.inside < m_perHost) {
        ++line.inside;
        co_return Place(self, host);
    }
    HostTicket ticket;
    StopNotice notice(stop);
    QObject::connect(&notice, &StopNotice::stopped, &ticket, &HostTicket::decided);
    line.waiting.push_back(&ticket);
    co_await qCoro(&ticket, &HostTicket::decided);
    // A call and a stop may have come together; then the place is ours to give back.
    if (ticket.called)
        co_return Place(self, host);
    giveUp(host, &ticket);
    co_return Place();
}

void HostQueue::leave(const QString& host)
{
    const auto found = m_lines.find(host);
    if (found == m_lines.end())
        return;
    Line& line = found->second;
    if (!line.waiting.empty()) {
        // Handed on rather than freed, so that nobody who comes now can get ahead of the line.
        HostTicket* next = line.waiting.front();
        line.waiting.pop_front();
        next->called = true;
        Q_EMIT next->decided();
        return;
    }
    if (--line.inside == 0)
        m_lines.erase(found);
}

void HostQueue::giveUp(const QString& host, const HostTicket* ticket)
{
    const auto found = m_lines.find(host);
    if (found != m_lines.end())
        std::erase(found->second.waiting, ticket);
}

} // namespace sharelock
