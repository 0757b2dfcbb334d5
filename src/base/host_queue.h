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

namespace sharelock {

//! \brief Somebody in the line.
class HostTicket : public QObject
{
    Q_OBJECT
public:
    bool called = false;
Q_SIGNALS:
    void decided();
};

//! \brief Lets a bounded number of requests to each host run at once; the others wait in line, first come
//! first served. Used from one thread.
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
    struct Line
    {
        int inside = 0;
        std::deque<HostTicket*> waiting;
    };
    void leave(const QString& host);
    void giveUp(const QString& host, const HostTicket* ticket);

    int m_perHost;
    std::map<QString, Line> m_lines;
};

} // namespace sharelock
