// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/session_store.h"
#include "sharing/background_scan.h"
#include "sharing/own_word_table.h"
#include "sharing/rule_watch.h"
#include "sharing/scan_cache.h"

#include <QElapsedTimer>
#include <QTimer>

#include <atomic>
#include <deque>
#include <unordered_map>
#include <unordered_set>

namespace sharelock::sharing {

//! \brief The part of BackgroundScan that works, a slice of some milliseconds at a time, so that its thread
//! hears in between what changed.
class BackgroundScanWorker : public QObject
{
    Q_OBJECT
public:
    BackgroundScanWorker(Environment environment, std::shared_ptr<Precedence> precedence,
                         BackgroundScan::Pace pace);
    ~BackgroundScanWorker() override;

    //! \brief Called from any thread.
    void stop();

    void begin();
    void sessionsChanged();
    void choicesChanged();
    //! \brief Compares the list of sessions with what is known, and plans what is to be done.
    void look();

Q_SIGNALS:
    void news(const sharelock::sharing::ScanNews& news);

private:
    //! \brief A session as it was scanned, and what was said about it.
    struct Known
    {
        ScannedSession scanned;
        ChoicePlace place;
        SessionFindings findings;
    };
    //! \brief What is to be done about a session.
    struct Task
    {
        std::string id;
        Timestamp updated{};
        int messages = 0;
        ChoicePlace place;
        QString worktree;
    };

    [[nodiscard]] bool openStore();
    void openCache();
    void readChoices();
    //! \brief Sessions whose rules are others now are compared with what was scanned.
    void lookAtRules(const std::vector<opencode::SessionSummary>& sessions);
    void plan(const std::vector<opencode::SessionSummary>& sessions, bool verifyAll);
    //! \brief What all that is known depends on, as it was when it was last looked at.
    [[nodiscard]] std::string sight() const;
    void work();
    //! \brief What became of one session.
    enum class Outcome
    {
        Done,
        Interrupted,
        Failed
    };
    [[nodiscard]] Outcome scan(const Task& task);
    void accept(ScannedSession session, const ChoicePlace& place);
    void tell(const std::string& id, const SessionFindings& findings);
    void keep();
    void speak(bool now);
    void rest();

    Environment m_environment;
    std::shared_ptr<Precedence> m_precedence;
    BackgroundScan::Pace m_pace;
    std::atomic<bool> m_isStopped = false;
    std::unique_ptr<opencode::SessionStore> m_store;
    std::unique_ptr<LinkLedger> m_ledger;
    std::unique_ptr<ScanCache> m_cache;
    redaction::RedactionPlan m_names;
    DecisionTable m_decisions;
    OwnWordTable m_own;
    std::unique_ptr<RuleWatch> m_rules; //!< Of this thread.
    std::unordered_map<std::string, Known> m_known;
    std::unordered_set<std::string> m_doubtful; //!< Known, but to be compared with what was scanned.
    std::deque<Task> m_tasks;
    int m_total = 0;
    std::string m_stamp;       //!< Of opencode.db, from before the list was read.
    bool m_isFullLook = false; //!< Every session is compared with what was scanned, however old.
    std::vector<ScannedSession> m_unkept;
    ScanNews m_news;
    QElapsedTimer m_sinceNews;
    QElapsedTimer m_sinceChange; //!< The first change that was not looked at.
    QTimer m_next;
    QTimer m_quiet;
};

} // namespace sharelock::sharing
