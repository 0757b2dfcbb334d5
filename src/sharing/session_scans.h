// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "opencode/session_store.h"
#include "sharing/document_scan.h"

#include <QPromise>
#include <QStringList>

#include <QCoroTask>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace sharelock::sharing {

//! \brief Told of each session, in the order given, on the thread that asked.
using SessionScanTaker = std::function<void(const QString& sessionId, const DocumentScan& scan)>;

//! \brief Reads and scans many sessions on all processors.
//!
//! Each worker has opencode.db open by itself and one session in memory; none gets far ahead of the session
//! that is taken next, so that what was found does not pile up either.
class SessionScans
{
public:
    //! \param ruleFiles more rules than those of the person and of each session's project.
    SessionScans(const Environment& environment, std::vector<opencode::SessionSummary> sessions,
                 QStringList ruleFiles, std::stop_token stop);
    //! \brief Waits for what is under way.
    ~SessionScans();
    SessionScans(const SessionScans&) = delete;
    SessionScans& operator=(const SessionScans&) = delete;

    //! \brief Once. Ends with the first error of a session; those before it were told of. Errors: those of
    //! SessionStore, Cancelled.
    [[nodiscard]] QCoro::Task<Expected<void>> run(SessionScanTaker take);

private:
    void work();
    [[nodiscard]] Expected<DocumentScan> scan(opencode::SessionStore& store,
                                              const opencode::SessionSummary& session) const;

    const Environment& m_environment;
    std::vector<opencode::SessionSummary> m_sessions;
    QStringList m_ruleFiles;
    std::stop_token m_stop;
    std::size_t m_ahead;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::size_t m_next = 0;  //!< The first that no worker has.
    std::size_t m_taken = 0; //!< How many were told of.
    bool m_ending = false;
    std::vector<QPromise<Expected<DocumentScan>>> m_results;

    std::vector<std::jthread> m_workers;
};

} // namespace sharelock::sharing
