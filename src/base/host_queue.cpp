// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/host_queue.h"

#include <algorithm>
#include <coroutine>
#include <utility>

namespace sharelock {

//! \brief Somebody in the line.
struct HostQueue::Ticket
{
    bool called = false;
    bool decided = false; //!< Called or stopped, whichever came first.
    std::coroutine_handle<> waiter;
};

struct HostQueue::Call
{
    std::shared_ptr<Ticket> ticket;

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter) const noexcept { ticket->waiter = waiter; }
    void await_resume() const noexcept {}
};

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
    const auto ticket = std::make_shared<Ticket>();
    line.waiting.push_back(ticket);
    {
        // From any thread.
        const std::stop_callback onStop(std::move(stop), [self, ticket] {
            QMetaObject::invokeMethod(
                &self->m_context, [queue = self.get(), ticket] { queue->decide(ticket); },
                Qt::QueuedConnection);
        });
        Call call{ticket};
        co_await call;
    }
    // A call and a stop may have come together; then the place is ours to give back.
    if (ticket->called)
        co_return Place(self, host);
    giveUp(host, ticket);
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
        const std::shared_ptr<Ticket> next = line.waiting.front();
        line.waiting.pop_front();
        next->called = true;
        decide(next);
        return;
    }
    if (--line.inside == 0)
        m_lines.erase(found);
}

void HostQueue::giveUp(const QString& host, const std::shared_ptr<Ticket>& ticket)
{
    const auto found = m_lines.find(host);
    if (found != m_lines.end())
        std::erase(found->second.waiting, ticket);
}

// From the event loop: a line of thousands that all turn back at once would call each other in a nest.
void HostQueue::decide(std::shared_ptr<Ticket> ticket)
{
    if (std::exchange(ticket->decided, true))
        return;
    m_decided.push_back(std::move(ticket));
    if (m_decided.size() == 1)
        QMetaObject::invokeMethod(
            &m_context, [this] { resumeDecided(); }, Qt::QueuedConnection);
}

void HostQueue::resumeDecided()
{
    const auto self = shared_from_this();
    const auto decided = std::exchange(m_decided, {});
    for (const std::shared_ptr<Ticket>& ticket : decided)
        ticket->waiter.resume();
}

} // namespace sharelock
