// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/watch_event.h"

#include <QCoreApplication>

namespace sharelock::sharing {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("WatchEvent", text);
}

QString outcome(const WatchEvent& event, const char* done, const char* failed)
{
    if (event.error)
        return words(failed).arg(caption(*event.error));
    return event.link.state == LinkState::Removed ? words(done)
                                                  : words(failed).arg(stateCaption(event.link.state));
}

} // namespace

QString watchKindName(WatchKind kind)
{
    switch (kind) {
    case WatchKind::Shared:
        return QStringLiteral("shared");
    case WatchKind::Secret:
        return QStringLiteral("secret");
    case WatchKind::Orphaned:
        return QStringLiteral("orphaned");
    case WatchKind::Returned:
        return QStringLiteral("returned");
    case WatchKind::Expired:
        return QStringLiteral("expired");
    case WatchKind::TakenDown:
        return QStringLiteral("taken-down");
    }
    return {};
}

QString watchCaption(const WatchEvent& event)
{
    switch (event.kind) {
    case WatchKind::Shared:
        return words(QT_TRANSLATE_NOOP("WatchEvent", "A session is public now"));
    case WatchKind::Secret:
        return QCoreApplication::translate("WatchEvent", "%Ln new secret(s) in a public session", nullptr,
                                           event.secrets);
    case WatchKind::Orphaned:
        return words(
            QT_TRANSLATE_NOOP("WatchEvent", "The session was deleted, its link may be public still"));
    case WatchKind::Returned:
        return words(QT_TRANSLATE_NOOP("WatchEvent", "A removed link answers again"));
    case WatchKind::Expired:
        return outcome(event, QT_TRANSLATE_NOOP("WatchEvent", "An expired link was taken down, proved"),
                       QT_TRANSLATE_NOOP("WatchEvent", "An expired link could not be taken down: %1"));
    case WatchKind::TakenDown:
        return outcome(event, QT_TRANSLATE_NOOP("WatchEvent", "Taken down, proved"),
                       QT_TRANSLATE_NOOP("WatchEvent", "Not proved to be gone: %1"));
    }
    return {};
}

bool asksForUnsharing(const WatchEvent& event)
{
    switch (event.kind) {
    case WatchKind::Shared:
    case WatchKind::Secret:
    case WatchKind::Orphaned:
    case WatchKind::Returned:
        return true;
    case WatchKind::Expired:
    case WatchKind::TakenDown:
        return event.error || event.link.state != LinkState::Removed;
    }
    return false;
}

} // namespace sharelock::sharing
