// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/watch_notices.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace sharelock::sharing {

namespace {

//! \brief A desktop forgets old notifications, and so do we.
constexpr qsizetype mostShown = 200;

const QString unshareAction = QStringLiteral("unshare");
const QString openAction = QStringLiteral("default"); //!< The specification's name for a click on it.

QString words(const char* text)
{
    return QCoreApplication::translate("WatchNotices", text);
}

QString bodyOf(const Link& link)
{
    const QString title = link.title.isEmpty() ? link.sourceSessionId : link.title;
    return link.project.isEmpty() ? title : QString(title % u" (" % link.project % u')');
}

} // namespace

DesktopNotice noticeOf(const WatchEvent& event)
{
    DesktopNotice notice;
    notice.title = watchCaption(event);
    notice.body = bodyOf(event.link);
    // Urgent ones stay until the person has seen them.
    const bool wasTakenDown = event.kind == WatchKind::TakenDown || event.kind == WatchKind::Expired;
    notice.isUrgent = event.kind == WatchKind::Secret || event.kind == WatchKind::Returned ||
                      (wasTakenDown && event.link.state != LinkState::Removed);
    notice.actions = QStringList{openAction, words(QT_TRANSLATE_NOOP("WatchNotices", "Open"))};
    if (asksForUnsharing(event))
        notice.actions += {unshareAction, words(QT_TRANSLATE_NOOP("WatchNotices", "Unshare"))};
    return notice;
}

WatchNotices::WatchNotices(Watcher& watcher, std::function<bool()> isQuiet)
    : m_watcher(watcher)
    , m_isQuiet(std::move(isQuiet))
    , m_turn(watcher.environment().dataFolder() % u"/notices.lock")
{
    // No age makes it stale, only the death of its process.
    m_turn.setStaleLockTime(0);
    connect(&m_desktop, &DesktopNotifier::chosen, this, &WatchNotices::choose);
}

QCoro::Task<bool> WatchNotices::begin()
{
    const QPointer<WatchNotices> self(this);
    const bool isThere = co_await m_desktop.isThere();
    if (isThere && self) {
        connect(&m_watcher, &Watcher::happened, this, &WatchNotices::show);
        (void)hasTurn();
    }
    co_return isThere;
}

bool WatchNotices::hasTurn()
{
    // Where there can be no lock, twice is better than never.
    return m_turn.isLocked() || m_turn.tryLock(0) || m_turn.error() != QLockFile::LockFailedError;
}

void WatchNotices::show(const WatchEvent& event)
{
    const auto isAbout = [&event](const Shown& shown) {
        return shown.isAsked && shown.link == event.link.id;
    };
    const bool isAsked = std::any_of(m_shown.begin(), m_shown.end(), isAbout);
    const bool isQuiet = m_isQuiet && m_isQuiet();
    if (isAsked || (hasTurn() && !isQuiet))
        showNow(event);
}

QCoro::Task<void> WatchNotices::showNow(WatchEvent event)
{
    DesktopNotice notice = noticeOf(event);
    // What came of a takedown stands where it was asked for.
    for (auto shown = m_shown.begin(); event.kind == WatchKind::TakenDown && shown != m_shown.end();
         ++shown) {
        if (shown->link == event.link.id && shown->isAsked)
            notice.replaces = shown.key();
    }
    m_shown.remove(notice.replaces);
    const QPointer<WatchNotices> self(this);
    const auto number = co_await m_desktop.show(std::move(notice));
    if (!self || !number)
        co_return;
    if (m_shown.size() >= mostShown)
        m_shown.clear();
    m_shown.insert(*number, {event.link.id, false});
}

void WatchNotices::choose(quint32 number, const QString& action)
{
    const auto shown = m_shown.find(number);
    if (shown == m_shown.end())
        return;
    if (action == openAction)
        Q_EMIT opened();
    if (action != unshareAction || shown->isAsked)
        return;
    shown->isAsked = true;
    m_watcher.unshare(shown->link);
}

} // namespace sharelock::sharing
