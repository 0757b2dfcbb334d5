// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "demo/share_calls.h"
#include "kill_rig.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace sharelock;
using namespace sharelock::tests;

//! `kill -9` at every request of publishing and of takedown, before and after the server carried it out.
class TestKill : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishing_data() { moments(); }
    void publishing();
    void takedown_data() { moments(); }
    void takedown();
    void recreating_data() { moments(); }
    void recreating();
    void updating_data() { moments(); }
    void updating();
    void manyTakedowns_data() { moments(); }
    void manyTakedowns();
    void replacing_data() { moments(); }
    void replacing();
    void twoProcesses();

private:
    static void moments();
    static void takeBackLastMessages(const ProgramHome& home, const QString& session);
};

void TestKill::moments()
{
    QTest::addColumn<int>("moment");
    QTest::addColumn<int>("generation");
    for (const auto& [name, generation] :
         {std::pair("2026-03", demo::Generation::March2026), std::pair("2026-06", demo::Generation::June2026),
          std::pair("next", demo::Generation::Next)}) {
        QTest::addRow("%s before", name) << static_cast<int>(Moment::Before) << static_cast<int>(generation);
        QTest::addRow("%s after", name) << static_cast<int>(Moment::After) << static_cast<int>(generation);
    }
}

//! Marks the newest message as reverted, as opencode does.
void TestKill::takeBackLastMessages(const ProgramHome& home, const QString& session)
{
    auto database = sqlite::Connection::open(home.database(), sqlite::Mode::ReadWrite);
    QVERIFY(database);
    const QString sql =
        QStringLiteral("UPDATE session SET title = title || ' (later)', revert = json_object('messageID',"
                       " (SELECT id FROM message WHERE session_id = '%1' ORDER BY time_created DESC, id DESC"
                       " LIMIT 1)) WHERE id = '%1'")
            .arg(session);
    QVERIFY(database->execute(qPrintable(sql)));
}

void TestKill::publishing()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    KillWorld world(generation);
    const QStringList publish{QStringLiteral("publish"), world.longSession(), QStringLiteral("--redact-all"),
                              QStringLiteral("--yes")};
    world.keep();
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        world.restore();
        killed = world.runKilled(publish, moment, request);
        steps += killed ? 1 : 0;
        verifyNothingIsLost(world);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(steps >= 3, "create, content and read-back are three requests at least");
}

void TestKill::takedown()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    KillWorld world(generation);
    const QString link = world.publish(world.longSession());
    QVERIFY(!link.isEmpty());
    world.keep();
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        world.restore();
        QVERIFY(world.isPublic(link));
        killed = world.runKilled({QStringLiteral("unshare"), link, QStringLiteral("--yes")}, moment, request);
        steps += killed ? 1 : 0;
        // The person asked once: the next check finishes it, without being asked again.
        QCOMPARE(text(world.checkedLink(), "state"), QStringLiteral("removed"));
        QVERIFY(!world.isPublic(link));
    }
    QVERIFY2(steps >= 5, "read, blank, delete and two probes are five requests at least");
}

//! opencode's own unshare was here: the record is gone, and on older servers the content is not. Only the
//! same ID created anew has a key for it.
void TestKill::recreating()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    KillWorld world(generation);
    const QString link = world.publish(world.longSession());
    QVERIFY(!link.isEmpty());
    for (const demo::SeenRequest& request : world.server.requests()) {
        if (request.path.endsWith("/sync")) {
            const QJsonObject sync = QJsonDocument::fromJson(request.body).object();
            const QByteArray key = text(sync, "secret").toUtf8();
            QCOMPARE(ShareCalls(world.server.origin()).remove(link, key), 200);
            break;
        }
    }
    const bool isServedOn = generation != static_cast<int>(demo::Generation::Next);
    QCOMPARE(world.isPublic(link), isServedOn);
    world.keep();
    const auto isCreating = [](const demo::SeenRequest& request) {
        return request.verb == "POST" && request.path == "/api/share";
    };
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        world.restore();
        killed = world.runKilled({QStringLiteral("unshare"), link, QStringLiteral("--yes")}, moment, request,
                                 isCreating);
        steps += killed ? 1 : 0;
        const QJsonObject checked = world.checkedLink();
        // The answer that was lost held the only key that this server would ever give for what it serves on.
        const bool isLost = killed && request == 1 && static_cast<Moment>(moment) == Moment::After &&
                            generation == static_cast<int>(demo::Generation::March2026);
        QCOMPARE(text(checked, "state"), isLost ? QStringLiteral("still-served") : QStringLiteral("removed"));
        QCOMPARE(world.isPublic(link), isLost);
        QVERIFY(checked[QStringLiteral("hasKey")].toBool());
    }
    QVERIFY2(!isServedOn || steps >= 5, "create, read, blank, delete and two probes");
    QVERIFY2(isServedOn || steps == 0, "there is nothing to create anew");
}

void TestKill::updating()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    KillWorld world(generation);
    const QString session = world.longSession();
    const QString link = world.publish(session);
    QVERIFY(!link.isEmpty());
    takeBackLastMessages(world.home, session);
    world.keep();
    const QStringList update{QStringLiteral("update"), link, QStringLiteral("--yes")};
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        world.restore();
        killed = world.runKilled(update, moment, request);
        steps += killed ? 1 : 0;
        // A restart neither takes the link down nor completes what nobody asks for.
        QCOMPARE(text(world.checkedLink(), "state"), QStringLiteral("live"));
        const auto again = world.run(update);
        QVERIFY2(again.status == 0, again.err.constData());
        QVERIFY(!again.object()[QStringLiteral("partlyUpdated")].toBool());
        const auto nothing = world.run(update);
        QCOMPARE(nothing.object()[QStringLiteral("bytes")].toInt(-1), 0);
        verifyNothingIsLost(world);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(steps >= 4, "two looks, content and read-back are four requests at least");
}

// All were asked for at once, so all go, whichever of them the kill met.
void TestKill::manyTakedowns()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    KillWorld world(generation);
    const QStringList sessions = world.sessionIds().mid(0, 3);
    for (const QString& session : sessions)
        QVERIFY(!world.publish(session).isEmpty());
    world.keep();
    for (const int request : {1, 4, 8, 13}) {
        world.restore();
        QVERIFY(world.runKilled({QStringLiteral("unshare"), QStringLiteral("--all"), QStringLiteral("--yes")},
                                moment, request));
        const QJsonArray checked = world.checkedLinks();
        QCOMPARE(checked.size(), sessions.size());
        for (const QJsonValue& value : checked)
            QCOMPARE(text(value.toObject(), "state"), QStringLiteral("removed"));
        for (const QString& id : world.server.shareIds())
            QVERIFY(!world.isPublic(id));
    }
}

// Never neither, and in the end never both.
void TestKill::replacing()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    KillWorld world(generation);
    const QString old = world.publish(world.longSession());
    QVERIFY(!old.isEmpty());
    world.keep();
    const auto publicNow = [&world] {
        const auto ids = world.server.shareIds();
        return std::count_if(ids.begin(), ids.end(), [&](const QString& id) { return world.isPublic(id); });
    };
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        world.restore();
        killed = world.runKilled(
            {QStringLiteral("replace"), old, QStringLiteral("--redact-all"), QStringLiteral("--yes")}, moment,
            request);
        steps += killed ? 1 : 0;
        QVERIFY2(publicNow() >= 1, "neither the link nor what replaces it");
        QVERIFY(!world.checkedLinks().isEmpty());
        QCOMPARE(publicNow(), 1);
        if (!killed)
            QVERIFY(!world.isPublic(old));
        verifyNothingIsLost(world);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(steps >= 8, "three requests to publish and five to take down at least");
}

void TestKill::twoProcesses()
{
    const KillWorld world(static_cast<int>(demo::Generation::June2026));
    const QStringList sessions = world.sessionIds().mid(0, 6);
    for (const QString& session : sessions)
        QVERIFY(!world.publish(session).isEmpty());
    const QStringList all =
        QStringList{QStringLiteral("unshare"), QStringLiteral("--all"), QStringLiteral("--yes")} +
        jsonAndVault;
    QProcess first;
    QProcess second;
    world.home.start(first, all);
    world.home.start(second, all);
    for (QProcess* process : {&first, &second}) {
        const auto ended = ProgramHome::finish(*process);
        QVERIFY2(ended.status == 0, ended.err.constData());
        for (const QJsonValue& value : ended.array())
            QCOMPARE(text(value.toObject(), "state"), QStringLiteral("removed"));
    }
    std::map<QByteArray, int> deletions;
    for (const demo::SeenRequest& request : world.server.requests()) {
        if (request.verb == "DELETE")
            ++deletions[request.path];
    }
    QCOMPARE(deletions.size(), std::size_t(sessions.size()));
    for (const auto& [path, times] : deletions)
        QCOMPARE(times, 1);
}

QTEST_GUILESS_MAIN(TestKill)
#include "test_kill.moc"
