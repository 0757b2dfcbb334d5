// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "sharing/precedence.h"
#include "sharing/session_findings.h"

#include <QMetaType>
#include <QObject>
#include <QThread>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

namespace sharelock::sharing {

//! \brief What the background scan has to say since it last spoke.
struct ScanNews
{
    std::vector<std::pair<QString, SessionFindings>> sessions; //!< New or changed counts, by session ID.
    int done = 0;                                              //!< Sessions that are known as they are now.
    int total = 0;
};

class BackgroundScanWorker;

//! \brief Looks through all sessions, newest first, and follows their changes, and those of the rules and
//! words that they are searched with: on a thread of its own at low priority, with a SessionStore, a ledger
//! and a cache of its own, one session in memory at a time. What an earlier run has seen is told at once.
//! Stops for a moment whenever a person waits for something.
//!
//! Lives on the thread of its ShareManager.
class BackgroundScan : public QObject
{
    Q_OBJECT
public:
    struct Pace
    {
        std::chrono::milliseconds before{1000}; //!< The start belongs to the person.
        std::chrono::milliseconds quiet{1000};  //!< A conversation that goes on is looked at when it rests.
    };
    BackgroundScan(const Environment& environment, std::shared_ptr<Precedence> precedence, Pace pace);
    BackgroundScan(const Environment& environment, std::shared_ptr<Precedence> precedence)
        : BackgroundScan(environment, std::move(precedence), Pace{})
    {
    }
    //! \brief Stops, between pieces of a text, and waits for it.
    ~BackgroundScan() override;

    //! \brief opencode.db was written.
    void sessionsChanged();
    //! \brief A person's choice was saved: all is counted again. Only where own words differ is anything
    //! scanned.
    void choicesChanged();
    //! \brief The person's file of rules was written. Those of projects are followed anyway.
    void rulesChanged();

Q_SIGNALS:
    void news(const sharelock::sharing::ScanNews& news);

private:
    QThread m_thread;
    std::shared_ptr<Precedence> m_precedence;
    BackgroundScanWorker* m_worker; //!< Deleted by its thread.
};

} // namespace sharelock::sharing

Q_DECLARE_METATYPE(sharelock::sharing::ScanNews)
