// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "manager_world.h"
#include "sharing/watcher.h"

#include <QCoroTask>
#include <QTest>

#include <algorithm>
#include <vector>

namespace sharelock::test {

inline constexpr int patience = 60'000; // Another process may have the processor.

// Not in one piece: they are no secrets of ours. Both have the right check digits.
inline const QByteArray firstToken = QByteArrayLiteral("ghp_") + "Zq8Lw3Xn5Tb7Vc1Rm9Kd2Hs4Jf6Gp00nYGvN";
inline const QByteArray secondToken = QByteArrayLiteral("ghp_") + "R4tY7uI1oP9aS3dF6gH8jK2lZ5xC0v2Dkr1o";

//! \brief Some program that watches.
class Watch
{
public:
    explicit Watch(const ManagerWorld& world, sharing::Watcher::Options options = quick())
        : manager(optionsFor(world, options.clock))
        , watcher(manager, std::move(options))
    {
        QObject::connect(&watcher, &sharing::Watcher::watching, &watcher, [this] { isWatching = true; });
        QObject::connect(&watcher, &sharing::Watcher::happened, &watcher,
                         [this](const sharing::WatchEvent& event) { events.push_back(event); });
    }
    ~Watch()
    {
        if (m_running)
            end();
    }

    static sharing::ManagerOptions optionsFor(const ManagerWorld& world, const Clock& clock)
    {
        sharing::ManagerOptions options = world.options();
        options.clock = clock;
        return options;
    }

    static sharing::Watcher::Options quick()
    {
        sharing::Watcher::Options options;
        options.auditAfter = std::chrono::hours(24);
        options.retryAfter = std::chrono::milliseconds(200);
        return options;
    }

    void begin()
    {
        m_running = watcher.run(m_stop.get_token());
        QTRY_VERIFY_WITH_TIMEOUT(isWatching, patience);
    }
    void end()
    {
        m_stop.request_stop();
        QCoro::waitFor(*m_running);
        m_running.reset();
        QCoro::waitFor(manager.backgroundDone());
    }
    [[nodiscard]] std::vector<sharing::WatchEvent> of(sharing::WatchKind kind) const
    {
        std::vector<sharing::WatchEvent> found;
        std::copy_if(events.begin(), events.end(), std::back_inserter(found),
                     [kind](const sharing::WatchEvent& event) { return event.kind == kind; });
        return found;
    }

    sharing::ShareManager manager;
    sharing::Watcher watcher;
    bool isWatching = false;
    std::vector<sharing::WatchEvent> events;

private:
    std::stop_source m_stop;
    std::optional<QCoro::Task<void>> m_running;
};

//! \brief Writes one more message, as opencode does.
inline void say(OpencodeDatabase& database, const QByteArray& session, const QByteArray& name,
                const QByteArray& text)
{
    const QByteArray message = "msg_" + name;
    database.addMessage(message, session, 1'760'000'100'000, userMessage());
    database.addPart("prt_" + name, message, session, textPart(text));
}

inline void deleteSession(OpencodeDatabase& database, const QByteArray& id)
{
    database.execute("DELETE FROM session_share WHERE session_id = '" + id +
                     "'; DELETE FROM part WHERE session_id = '" + id +
                     "'; DELETE FROM message WHERE session_id = '" + id +
                     "'; DELETE FROM session WHERE id = '" + id + "'");
}

inline std::unique_ptr<sharing::LinkLedger> ledgerOf(const ManagerWorld& world)
{
    return sharing::LinkLedger::open(world.environment.dataFolder() % u"/ledger.db").value();
}

inline sharing::Link linkOf(const ManagerWorld& world, const sharing::LinkId& id)
{
    return ledgerOf(world)->link(id).value().value();
}

} // namespace sharelock::test
