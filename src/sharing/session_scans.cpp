// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/session_scans.h"

#include "base/stop_notice.h"
#include "base/thread_guard.h"
#include "sharing/scan_rules.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace sharelock::sharing {

namespace {

constexpr std::size_t aheadOfEachWorker = 16;
//! \brief After so many sessions the event loop gets its turn, so that a stop can come through.
constexpr std::size_t sessionsInARow = 64;

std::size_t workerCount(std::size_t sessions)
{
    const auto processors = std::max<std::size_t>(1, std::thread::hardware_concurrency());
    return std::min(processors, sessions);
}

} // namespace

SessionScans::SessionScans(const Environment& environment, std::vector<opencode::SessionSummary> sessions,
                           QStringList ruleFiles, std::stop_token stop)
    : m_environment(environment)
    , m_sessions(std::move(sessions))
    , m_ruleFiles(std::move(ruleFiles))
    , m_stop(std::move(stop))
    , m_ahead(aheadOfEachWorker * workerCount(m_sessions.size()))
{
}

SessionScans::~SessionScans()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
}

QCoro::Task<Expected<void>> SessionScans::run(SessionScanTaker take)
{
    assertOffGuiThread("SessionScans::run");
    m_results = std::vector<QPromise<Expected<DocumentScan>>>(m_sessions.size());
    for (auto& promise : m_results)
        promise.start();
    for (std::size_t i = workerCount(m_sessions.size()); i > 0; --i)
        m_workers.emplace_back([this] { work(); });
    for (std::size_t i = 0; i < m_sessions.size(); ++i) {
        auto result = m_results[i].future();
        if (!result.isFinished())
            (void)co_await qCoro(result).waitForFinished();
        else if (i % sessionsInARow == 0)
            (void)co_await pauseFor(std::chrono::milliseconds(0), m_stop);
        const auto scanned = result.takeResult();
        {
            const std::lock_guard lock(m_mutex);
            m_taken = i + 1;
        }
        m_changed.notify_all();
        if (!scanned)
            co_return tl::unexpected(scanned.error());
        take(m_sessions[i].id, *scanned);
    }
    co_return Expected<void>();
}

void SessionScans::work()
{
    const auto store = opencode::SessionStore::open(m_environment.opencodeDatabase());
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock,
                       [&] { return m_ending || m_next == m_sessions.size() || m_next < m_taken + m_ahead; });
        if (m_ending || m_next == m_sessions.size())
            return;
        const std::size_t mine = m_next++;
        lock.unlock();
        m_results[mine].addResult(store ? scan(**store, m_sessions[mine]) : tl::unexpected(store.error()));
        m_results[mine].finish();
    }
}

Expected<DocumentScan> SessionScans::scan(opencode::SessionStore& store,
                                          const opencode::SessionSummary& session) const
{
    const auto document = store.document(session.id);
    if (!document)
        return tl::unexpected(document.error());
    return scanDocument(scanningFor(m_environment, session.worktree, m_ruleFiles), *document, {1, m_stop});
}

} // namespace sharelock::sharing
