// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/desktop_notifier.h"
#include "sharing/watcher.h"

#include <QHash>
#include <QLockFile>

#include <functional>

namespace sharelock::sharing {

//! \brief What a notification says of it and offers, translated.
[[nodiscard]] DesktopNotice noticeOf(const WatchEvent& event);

//! \brief Shows what a Watcher tells as notifications of the desktop, with *Unshare* where that helps; what
//! came of it takes the notification's place. Where several Sharelocks watch, one of them shows. Lives on the
//! watcher's thread and ends before it.
class WatchNotices : public QObject
{
    Q_OBJECT
public:
    //! \param isQuiet whether to hold them back for now, since the person looks at the window anyway; may be
    //! empty.
    explicit WatchNotices(Watcher& watcher, std::function<bool()> isQuiet = {});

    //! \brief Begins to show. \returns false where no desktop shows notifications.
    [[nodiscard]] QCoro::Task<bool> begin();

Q_SIGNALS:
    //! \brief The person clicked on one: they want to see more.
    void opened();

private:
    struct Shown
    {
        LinkId link;
        bool isAsked = false; //!< To take it down; what comes of it is shown in any case.
    };

    //! \brief Whether this process is the one that shows; from then on it stays so.
    [[nodiscard]] bool hasTurn();
    void show(const WatchEvent& event);
    QCoro::Task<void> showNow(WatchEvent event);
    void choose(quint32 number, const QString& action);

    Watcher& m_watcher;
    DesktopNotifier m_desktop;
    QHash<quint32, Shown> m_shown;
    std::function<bool()> m_isQuiet;
    QLockFile m_turn; //!< Held by whoever shows, until its process ends.
};

} // namespace sharelock::sharing
