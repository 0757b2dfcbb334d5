// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/watch_notices.h"

#include <QCoreApplication>
#include <QTest>
#include <QTranslator>

using namespace sharelock;
using namespace sharelock::sharing;

namespace {

//! \brief A language in which every text is its English one between brackets.
class Brackets : public QTranslator
{
public:
    [[nodiscard]] QString translate(const char* context, const char* text, const char*, int) const override
    {
        return QString(u'[' % QLatin1String(context) % u": " % QString::fromUtf8(text) % u']');
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

WatchEvent eventOf(WatchKind kind, LinkState state, const std::optional<Error>& error = {})
{
    WatchEvent event;
    event.kind = kind;
    event.link.state = state;
    event.link.title = QStringLiteral("A title");
    event.secrets = kind == WatchKind::Secret ? 2 : 0;
    event.error = error;
    return event;
}

} // namespace

//! What a notification says can be said in any language.
class TestWatchEvent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isTranslated_data();
    void isTranslated();
    void whatHasToBeDoneStays();
};

void TestWatchEvent::isTranslated_data()
{
    QTest::addColumn<WatchEvent>("event");
    QTest::addColumn<QString>("title");
    const auto row = [](const char* name, const WatchEvent& event, const char* title) {
        QTest::newRow(name) << event << QString::fromUtf8(title);
    };
    const Error error{ErrorCode::KeyMissing, {}, {}};
    row("shared", eventOf(WatchKind::Shared, LinkState::Live), "[WatchEvent: A session is public now]");
    row("secret", eventOf(WatchKind::Secret, LinkState::Live),
        "[WatchEvent: 2 new secret(s) in a public session]");
    row("orphaned", eventOf(WatchKind::Orphaned, LinkState::Orphan),
        "[WatchEvent: The session was deleted, its link may be public still]");
    row("returned", eventOf(WatchKind::Returned, LinkState::StillServed),
        "[WatchEvent: A removed link answers again]");
    row("expired", eventOf(WatchKind::Expired, LinkState::Removed),
        "[WatchEvent: An expired link was taken down, proved]");
    row("expired, served on", eventOf(WatchKind::Expired, LinkState::StillServed),
        "[WatchEvent: An expired link could not be taken down: [");
    row("taken down", eventOf(WatchKind::TakenDown, LinkState::Removed), "[WatchEvent: Taken down, proved]");
    row("not taken down", eventOf(WatchKind::TakenDown, LinkState::Unreachable, error),
        "[WatchEvent: Not proved to be gone: [");
}

void TestWatchEvent::isTranslated()
{
    QFETCH(const WatchEvent, event);
    QFETCH(const QString, title);
    Brackets brackets;
    QVERIFY(QCoreApplication::installTranslator(&brackets));
    const DesktopNotice notice = noticeOf(event);
    QVERIFY2(notice.title.startsWith(title) && notice.title.endsWith(u']'), qPrintable(notice.title));
    QCOMPARE(notice.body, QStringLiteral("A title"));
    QStringList actions{QStringLiteral("default"), QStringLiteral("[WatchNotices: Open]")};
    if (asksForUnsharing(event))
        actions += {QStringLiteral("unshare"), QStringLiteral("[WatchNotices: Unshare]")};
    QCOMPARE(notice.actions, actions);
}

void TestWatchEvent::whatHasToBeDoneStays()
{
    QVERIFY(noticeOf(eventOf(WatchKind::Secret, LinkState::Live)).isUrgent);
    QVERIFY(noticeOf(eventOf(WatchKind::Returned, LinkState::StillServed)).isUrgent);
    QVERIFY(noticeOf(eventOf(WatchKind::TakenDown, LinkState::Unreachable)).isUrgent);
    QVERIFY(noticeOf(eventOf(WatchKind::Expired, LinkState::Cached)).isUrgent);
    QVERIFY(!noticeOf(eventOf(WatchKind::TakenDown, LinkState::Removed)).isUrgent);
    QVERIFY(!noticeOf(eventOf(WatchKind::Expired, LinkState::Removed)).isUrgent);
    QVERIFY(!noticeOf(eventOf(WatchKind::Shared, LinkState::Live)).isUrgent);
}

QTEST_GUILESS_MAIN(TestWatchEvent)
#include "test_watch_event.moc"
