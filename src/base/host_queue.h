// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QString>

#include <QCoroTask>

#include <deque>
#include <map>
#include <memory>
#include <stop_token>
#include <vector>

namespace sharelock {

//! \brief Lets a bounded number of tasks with each host run at once; the others wait in line, first come
//! first served. Used from one thread, with an event loop: whoever waited goes on from there.
class HostQueue : public std::enable_shared_from_this<HostQueue>
{
public:
    //! \brief The right to send; given back when it goes.
    class Place
    {
    public:
        Place() = default;
        Place(std::shared_ptr<HostQueue> queue, QString host);
        Place(Place&& other) noexcept = default;
        Place& operator=(Place&& other) noexcept;
        ~Place();
        [[nodiscard]] explicit operator bool() const { return m_queue != nullptr; }

    private:
        std::shared_ptr<HostQueue> m_queue;
        QString m_host;
    };

    explicit HostQueue(int perHost);

    //! \brief Waits for a place. \returns an empty one if stopped first.
    [[nodiscard]] QCoro::Task<Place> enter(QString host, std::stop_token stop);

private:
    struct Ticket;
    struct Call;
    struct Line
    {
        int inside = 0;
        std::deque<std::shared_ptr<Ticket>> waiting;
    };
    void leave(const QString& host);
    void giveUp(const QString& host, const std::shared_ptr<Ticket>& ticket);
    void decide(std::shared_ptr<Ticket> ticket);
    void resumeDecided();

    int m_perHost;
    std::map<QString, Line> m_lines;
    std::vector<std::shared_ptr<Ticket>> m_decided; // To go on with the next turn of the event loop.
    QObject m_context;                              // For calls from the event loop; none comes after it.
};

} // namespace sharelock
