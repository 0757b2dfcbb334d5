// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/live_scan.h"
#include "sharing/share_manager.h"
#include "sharing/watch_event.h"

#include <QHash>
#include <QSet>
#include <QTimer>

namespace sharelock::sharing {

//! \brief Keeps what Sharelock promises for as long as it runs, in the window, the tray, or `watch`: new
//! links are taken in at once, links that are due are taken down or looked at again, links are audited, and
//! what a person may want to know is told.
//!
//! Lives on the thread of its manager, which must outlive it.
class Watcher : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        bool takeDownSecrets = false; //!< Whatever the setting says.
        //! \brief The start belongs to the person.
        std::chrono::milliseconds auditAfter{std::chrono::seconds(3)};
        //! \brief Between two looks at which links are to be audited.
        std::chrono::milliseconds auditEach{std::chrono::minutes(2)};
        //! \brief After something that was due could not be done; doubles each time.
        std::chrono::milliseconds retryAfter{std::chrono::minutes(1)};
        //! \brief Nothing that is due is late by more, also when the clock is set or the machine slept.
        std::chrono::milliseconds longestSleep{std::chrono::seconds(30)};
        Clock clock = now;
    };
    explicit Watcher(ShareManager& manager);
    Watcher(ShareManager& manager, Options options);
    ~Watcher() override;

    //! \brief Opens the vault, takes in what is there without a word, and watches until stopped. Returns when
    //! all that it began has ended. Once.
    [[nodiscard]] QCoro::Task<void> run(std::stop_token stop);
    [[nodiscard]] const Environment& environment() const { return m_manager.environment(); }
    //! \brief Takes a link down; the event TakenDown tells what came of it. While it runs.
    void unshare(const LinkId& id);

Q_SIGNALS:
    //! \brief From now on nothing is missed.
    void watching(int links);
    void happened(const sharelock::sharing::WatchEvent& event);
    void jobEnded(); //!< For run().

private:
    struct Known
    {
        LinkState state = LinkState::Unknown;
        bool sessionDeleted = false;
        Timestamp sharedAt{};
    };
    using KnownLinks = QHash<QString, Known>;

    void start(int links);
    void compareSoon();
    void compare();
    [[nodiscard]] bool isFromFollowedFolder(const Link& link) const;
    [[nodiscard]] std::optional<WatchKind> newsOf(const Link& link) const;
    void learn(const Link& link);
    void scanLive(const std::vector<Link>& links, const QSet<QString>& fresh);
    void schedule(const std::vector<Link>& links);
    void setAlarm();
    void onSecrets(const LinkId& id, int secrets);
    void tell(WatchKind kind, const Link& link, int secrets = 0, const std::optional<Error>& error = {});

    QCoro::Task<void> resumeDue();
    void tellResumed(const std::vector<Link>& before, const std::vector<Link>& resumed,
                     const std::vector<Link>& after, Timestamp at);
    void tellExpired(const Link& link);
    QCoro::Task<void> audit();
    void tellAudited(const Expected<Link>& link);
    QCoro::Task<void> takeDown(LinkId id);
    //! \brief Of a coroutine of this class; run() waits for its end.
    [[nodiscard]] std::shared_ptr<void> job();

    ShareManager& m_manager;
    Options m_options;
    std::stop_token m_stop;
    std::unique_ptr<LiveScan> m_liveScan;
    KnownLinks m_known;
    QStringList m_folders;      //!< Besides the one in use.
    QStringList m_foldersKnown; //!< Of them, those whose links have been learned.
    QSet<QString> m_late;       //!< Expired links that were told of, and are not gone.
    QSet<QString> m_takingDown;
    std::optional<Timestamp> m_due;     //!< The earliest of all.
    std::optional<Timestamp> m_triedAt; //!< What was due then was tried.
    Timestamp m_retryAt{};
    std::chrono::milliseconds m_pause; //!< Before the next retry.
    QTimer m_soon;                     //!< Before comparing: opencode writes often.
    QTimer m_wake;                     //!< For what is due.
    QTimer m_audit;
    bool m_resuming = false;
    bool m_auditing = false;
    int m_jobs = 0;
};

} // namespace sharelock::sharing
