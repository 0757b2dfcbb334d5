// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "watched_world.h"

#include <QDBusConnection>
#include <QDBusMessage>

#include <csignal>

using namespace sharelock;
using namespace sharelock::test;
using namespace sharelock::tests;

namespace {

// Not in one piece: it is no secret of ours.
const QByteArray token = QByteArrayLiteral("ghp_") + "Zq8Lw3Xn5Tb7Vc1Rm9Kd2Hs4Jf6Gp00nYGvN";

const QString name = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

void say(ManagerWorld& world, const QByteArray& session, const QByteArray& text)
{
    const QByteArray message = "msg_new" + session.right(4);
    world.database->addMessage(message, session, 1'760'000'100'000, userMessage());
    world.database->addPart("prt_new" + session.right(4), message, session, textPart(text));
}

struct Notice
{
    quint32 number = 0;
    quint32 replaces = 0;
    QString title;
    QString body;
    QStringList actions;
    QVariantMap hints;
};

} // namespace

//! \brief What a desktop has on its session bus.
class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    NotificationService()
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        constexpr auto all = QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals;
        if (!bus.registerObject(path, this, all) || !bus.registerService(name))
            qFatal("no notification service");
    }
    ~NotificationService() override
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        bus.unregisterService(name);
        bus.unregisterObject(path);
    }

    std::vector<Notice> notices;

public Q_SLOTS:
    // NOLINTBEGIN(readability-identifier-naming): the interface's own names.
    QStringList GetCapabilities() const
    {
        return {QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};
    }
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& body,
                const QStringList& actions, const QVariantMap& hints, int)
    {
        const quint32 number = replaces != 0 ? replaces : ++m_last;
        notices.push_back({number, replaces, title, body, actions, hints});
        return number;
    }

Q_SIGNALS:
    void ActionInvoked(uint number, const QString& action);
    // NOLINTEND(readability-identifier-naming)

private:
    quint32 m_last = 6;
};

//! `sharelock watch` as a script and a desktop see it.
class TestWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesForScripts();
    void linesForPeople();
    void takesDownSecrets();
    void endsOnSignals_data();
    void endsOnSignals();
    void notifiesAndUnshares();
    void oneOfSeveralNotifies();
    void otherProgramsDoNotChoose();
    void withoutNotificationService();
};

void TestWatch::linesForScripts()
{
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    WatchProgram watch(world);
    watch.start({QStringLiteral("--json"), QStringLiteral("--no-notify")});
    const auto id = world.world.shareLive(firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.events(QStringLiteral("shared")).size(), 1U, patience);
    const QJsonObject shared = watch.events(QStringLiteral("shared")).front();
    const QJsonObject link = shared[QStringLiteral("link")].toObject();
    QCOMPARE(link[QStringLiteral("id")].toString(), id.shareId);
    QCOMPARE(link[QStringLiteral("hasKey")].toBool(), true);
    QVERIFY(shared[QStringLiteral("at")].toString().endsWith(QLatin1Char('Z')));

    say(world.world, firstSession, "The token is " + token);
    QTRY_COMPARE_WITH_TIMEOUT(watch.events(QStringLiteral("secret")).size(), 1U, patience);
    QCOMPARE(watch.events(QStringLiteral("secret")).front()[QStringLiteral("secrets")].toInt(), 1);

    world.world.database->execute("DELETE FROM session_share; DELETE FROM part; DELETE FROM message; "
                                  "DELETE FROM session");
    QTRY_COMPARE_WITH_TIMEOUT(watch.events(QStringLiteral("orphaned")).size(), 1U, patience);
    QCOMPARE(watch.end(SIGTERM), 0);
    // Never the value itself.
    QVERIFY(!watch.out().contains(token.mid(4)) && !watch.err().contains(token.mid(4)));
    // The session is gone, and the link can be taken down nevertheless.
    QCOMPARE(world.run({QStringLiteral("unshare"), id.shareId, QStringLiteral("--yes")}).status, 0);
    QVERIFY(!world.world.isReadable(id.shareId));
}

void TestWatch::linesForPeople()
{
    WatchedWorld world;
    world.world.addSession(firstSession, "First\033[2J");
    WatchProgram watch(world);
    watch.start({QStringLiteral("--no-notify")});
    (void)world.world.shareLive(firstSession);
    QTRY_VERIFY_WITH_TIMEOUT(watch.out().contains("A session is public now"), patience);
    QVERIFY(watch.out().contains("First") && !watch.out().contains('\033'));
    // With the plural forms of English.
    say(world.world, firstSession, "The token is " + token);
    QTRY_VERIFY_WITH_TIMEOUT(watch.out().contains("A new secret is in a public session"), patience);
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::takesDownSecrets()
{
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    WatchProgram watch(world);
    watch.start(
        {QStringLiteral("--json"), QStringLiteral("--no-notify"), QStringLiteral("--takedown-secrets")});
    const auto id = world.world.shareLive(firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.events(QStringLiteral("shared")).size(), 1U, patience);
    QVERIFY(world.world.isReadable(id.shareId));
    say(world.world, firstSession, "The token is " + token);
    QTRY_COMPARE_WITH_TIMEOUT(watch.events(QStringLiteral("taken-down")).size(), 1U, patience);
    const QJsonObject down = watch.events(QStringLiteral("taken-down")).front();
    QCOMPARE(down[QStringLiteral("link")].toObject()[QStringLiteral("state")].toString(),
             QStringLiteral("removed"));
    QVERIFY(!world.world.isReadable(id.shareId));
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::endsOnSignals_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TestWatch::endsOnSignals()
{
    QFETCH(const int, signal);
    WatchedWorld world;
    WatchProgram watch(world);
    watch.start({});
    QCOMPARE(watch.end(signal), 0);
}

void TestWatch::notifiesAndUnshares()
{
    NotificationService service;
    WatchedWorld world;
    world.world.addSession(firstSession, "<img src='http://127.0.0.1/x'>");
    WatchProgram watch(world);
    watch.start({QStringLiteral("--json")});
    const auto id = world.world.shareLive(firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(service.notices.size(), 1U, patience);
    const Notice shared = service.notices.front();
    QCOMPARE(shared.title, QStringLiteral("A session is public now"));
    QVERIFY2(shared.body.startsWith(QLatin1String("&lt;img")), qPrintable(shared.body));
    QVERIFY(shared.actions.contains(QStringLiteral("unshare")));
    QVERIFY(world.world.isReadable(id.shareId));

    // A notification of somebody else's.
    Q_EMIT service.ActionInvoked(shared.number + 100, QStringLiteral("unshare"));
    Q_EMIT service.ActionInvoked(shared.number, QStringLiteral("unshare"));
    QTRY_COMPARE_WITH_TIMEOUT(service.notices.size(), 2U, patience);
    const Notice gone = service.notices.back();
    QCOMPARE(gone.replaces, shared.number);
    QCOMPARE(gone.title, QStringLiteral("Taken down, proved"));
    QVERIFY(!gone.actions.contains(QStringLiteral("unshare")));
    QVERIFY(!world.world.isReadable(id.shareId));
    QCOMPARE(watch.events(QStringLiteral("taken-down")).size(), 1U);
    QCOMPARE(watch.end(SIGTERM), 0);
}

//! Both take in keys and print; one shows, and when it is gone, the other does.
void TestWatch::oneOfSeveralNotifies()
{
    NotificationService service;
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    world.world.addSession(secondSession, "Second");
    WatchProgram first(world);
    first.start({QStringLiteral("--json")});
    WatchProgram second(world);
    second.start({QStringLiteral("--json")});
    (void)world.world.shareLive(firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(first.events(QStringLiteral("shared")).size(), 1U, patience);
    QTRY_COMPARE_WITH_TIMEOUT(second.events(QStringLiteral("shared")).size(), 1U, patience);
    QTRY_COMPARE_WITH_TIMEOUT(service.notices.size(), 1U, patience);
    QCOMPARE(first.end(SIGKILL), -1);
    (void)world.world.shareLive(secondSession);
    QTRY_COMPARE_WITH_TIMEOUT(second.events(QStringLiteral("shared")).size(), 2U, patience);
    QTRY_COMPARE_WITH_TIMEOUT(service.notices.size(), 2U, patience);
    QVERIFY2(service.notices.back().body.contains(QLatin1String("Second")),
             "the second link is told of, once");
    QCOMPARE(second.end(SIGTERM), 0);
}

void TestWatch::otherProgramsDoNotChoose()
{
    NotificationService service;
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    world.world.addSession(secondSession, "Second");
    WatchProgram watch(world);
    watch.start({QStringLiteral("--json")});
    const auto id = world.world.shareLive(firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(service.notices.size(), 1U, patience);
    // The same signal, from a connection that is not the service's.
    const auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("other"));
    auto signal = QDBusMessage::createSignal(path, name, QStringLiteral("ActionInvoked"));
    signal << service.notices.front().number << QStringLiteral("unshare");
    QVERIFY(bus.send(signal));
    // What comes after it shows that it was not heeded.
    (void)world.world.shareLive(secondSession);
    QTRY_COMPARE_WITH_TIMEOUT(service.notices.size(), 2U, patience);
    Q_EMIT service.ActionInvoked(service.notices.back().number, QStringLiteral("unshare"));
    QTRY_COMPARE_WITH_TIMEOUT(watch.events(QStringLiteral("taken-down")).size(), 1U, patience);
    QVERIFY(world.world.isReadable(id.shareId));
    QCOMPARE(watch.end(SIGTERM), 0);
    QDBusConnection::disconnectFromBus(QStringLiteral("other"));
}

void TestWatch::withoutNotificationService()
{
    WatchedWorld world;
    world.world.addSession(firstSession, "First");
    WatchProgram watch(world);
    watch.start({QStringLiteral("--json")});
    (void)world.world.shareLive(firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.events(QStringLiteral("shared")).size(), 1U, patience);
    QCOMPARE(watch.end(SIGTERM), 0);
    QCOMPARE(watch.err().count("notifications"), 1);
}

QTEST_GUILESS_MAIN(TestWatch)
#include "test_watch.moc"
