// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "demo/loopback_share_server.h"
#include "document/blank_items.h"
#include "support/sharelock_program.h"

#include <QTest>
#include <QUrl>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <map>
#include <memory>

using namespace sharelock;
using namespace sharelock::tests;

namespace {

enum class Moment
{
    Before,
    After
}; //!< The server has carried the request out or not when we are killed.

QString text(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toString();
}

const QStringList jsonAndVault{QStringLiteral("--json"), QStringLiteral("--vault"), QStringLiteral("file")};

//! Kills a process at its n-th request to the server.
class Killer
{
public:
    Killer(demo::LoopbackShareServer& server, Moment moment, int request)
        : m_server(server)
        , m_state(std::make_shared<State>())
    {
        // The server may be in the hook still when we are gone.
        const auto hook = [state = m_state, request](const demo::SeenRequest&) {
            if (++state->seen == request && state->process > 0)
                ::kill(state->process, SIGKILL);
        };
        if (moment == Moment::Before)
            m_server.onRequest(hook);
        else
            m_server.onCarriedOut(hook);
    }
    ~Killer()
    {
        m_server.onRequest({});
        m_server.onCarriedOut({});
    }
    Killer(const Killer&) = delete;
    Killer& operator=(const Killer&) = delete;

    void aim(qint64 process) { m_state->process = static_cast<pid_t>(process); }

private:
    struct State
    {
        std::atomic<int> seen = 0;
        std::atomic<pid_t> process = 0;
    };
    demo::LoopbackShareServer& m_server;
    std::shared_ptr<State> m_state;
};

bool somethingIsPublic(const demo::LoopbackShareServer& server, const QString& id)
{
    const auto document = document::ShareDocument::parse(server.dataOf(id).toStdString());
    return document && !document::isBlank(*document);
}

//! After any kill: what is public is in the list with its key, and can be taken down.
void verifyNothingIsLost(const ProgramHome& home, const demo::LoopbackShareServer& server)
{
    const auto checked =
        home.run(QStringList{QStringLiteral("links"), QStringLiteral("--check")} + jsonAndVault);
    QVERIFY2(checked.status == 0, checked.err.constData());
    for (const QString& id : server.shareIds()) {
        if (!somethingIsPublic(server, id))
            continue;
        bool known = false;
        for (const QJsonValue& value : checked.array()) {
            const QJsonObject link = value.toObject();
            known = known || (text(link, "id") == id && link[QStringLiteral("hasKey")].toBool());
        }
        QVERIFY2(known, "something is public that the ledger can't take down");
    }
    for (const QJsonValue& value : checked.array()) {
        const QJsonObject link = value.toObject();
        if (text(link, "state") == QLatin1String("removed"))
            continue;
        const auto gone = home.run(
            QStringList{QStringLiteral("unshare"), text(link, "id"), QStringLiteral("--yes")} + jsonAndVault);
        QVERIFY2(gone.status == 0, gone.err.constData());
    }
    for (const QString& id : server.shareIds())
        QVERIFY(!somethingIsPublic(server, id));
}

} // namespace

//! `kill -9` at every request of publishing and of takedown, before and after the server carried it out.
class TestKill : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishing_data() { moments(); }
    void publishing();
    void takedown_data() { moments(); }
    void takedown();
    void updating_data() { moments(); }
    void updating();
    void manyTakedowns_data() { moments(); }
    void manyTakedowns();
    void replacing_data() { moments(); }
    void replacing();
    void twoProcesses();

private:
    static QString publishSession(const ProgramHome& home, const QString& session);
    static QStringList sessionIds(const ProgramHome& home);
    static void moments();
    static QString longSession(const ProgramHome& home);
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

QString TestKill::longSession(const ProgramHome& home)
{
    QString id;
    int most = -1;
    for (const QJsonValue& value : home.run(QStringList{QStringLiteral("sessions")} + jsonAndVault).array()) {
        const QJsonObject session = value.toObject();
        if (session[QStringLiteral("messages")].toInt() > most) {
            most = session[QStringLiteral("messages")].toInt();
            id = text(session, "id");
        }
    }
    return id;
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
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        demo::LoopbackShareServer server(static_cast<demo::Generation>(generation));
        ProgramHome home;
        home.useServer(server.origin());
        const QString id = longSession(home);
        {
            Killer killer(server, static_cast<Moment>(moment), request);
            QProcess process;
            home.start(process, QStringList{QStringLiteral("publish"), id, QStringLiteral("--redact-all"),
                                            QStringLiteral("--yes")} +
                                    jsonAndVault);
            QVERIFY(process.waitForStarted());
            killer.aim(process.processId());
            killed = ProgramHome::finish(process).crashed;
        }
        steps += killed ? 1 : 0;
        verifyNothingIsLost(home, server);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(steps >= 3, "create, content and read-back are three requests at least");
}

void TestKill::takedown()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        demo::LoopbackShareServer server(static_cast<demo::Generation>(generation));
        ProgramHome home;
        home.useServer(server.origin());
        const auto published = home.run(QStringList{QStringLiteral("publish"), longSession(home),
                                                    QStringLiteral("--redact-all"), QStringLiteral("--yes")} +
                                        jsonAndVault);
        QCOMPARE(published.status, 0);
        const QString link = text(published.object(), "id");
        {
            Killer killer(server, static_cast<Moment>(moment), request);
            QProcess process;
            home.start(process,
                       QStringList{QStringLiteral("unshare"), link, QStringLiteral("--yes")} + jsonAndVault);
            QVERIFY(process.waitForStarted());
            killer.aim(process.processId());
            killed = ProgramHome::finish(process).crashed;
        }
        steps += killed ? 1 : 0;
        // The person asked once: the next check finishes it, without being asked again.
        const auto checked =
            home.run(QStringList{QStringLiteral("links"), QStringLiteral("--check")} + jsonAndVault);
        QCOMPARE(text(checked.array().first().toObject(), "state"), QStringLiteral("removed"));
        QVERIFY(!somethingIsPublic(server, link));
    }
    QVERIFY2(steps >= 5, "read, blank, delete and two probes are five requests at least");
}

void TestKill::updating()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        demo::LoopbackShareServer server(static_cast<demo::Generation>(generation));
        ProgramHome home;
        home.useServer(server.origin());
        const QString session = longSession(home);
        const auto published = home.run(QStringList{QStringLiteral("publish"), session,
                                                    QStringLiteral("--redact-all"), QStringLiteral("--yes")} +
                                        jsonAndVault);
        QCOMPARE(published.status, 0);
        const QString link = text(published.object(), "id");
        takeBackLastMessages(home, session);
        const QStringList update =
            QStringList{QStringLiteral("update"), link, QStringLiteral("--yes")} + jsonAndVault;
        {
            Killer killer(server, static_cast<Moment>(moment), request);
            QProcess process;
            home.start(process, update);
            QVERIFY(process.waitForStarted());
            killer.aim(process.processId());
            killed = ProgramHome::finish(process).crashed;
        }
        steps += killed ? 1 : 0;
        // A restart neither takes the link down nor completes what nobody asks for.
        const auto checked =
            home.run(QStringList{QStringLiteral("links"), QStringLiteral("--check")} + jsonAndVault);
        QCOMPARE(text(checked.array().first().toObject(), "state"), QStringLiteral("live"));
        const auto again = home.run(update);
        QVERIFY2(again.status == 0, again.err.constData());
        QVERIFY(!again.object()[QStringLiteral("partlyUpdated")].toBool());
        const auto nothing = home.run(update);
        QCOMPARE(nothing.object()[QStringLiteral("bytes")].toInt(-1), 0);
        verifyNothingIsLost(home, server);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(steps >= 4, "two looks, content and read-back are four requests at least");
}

QStringList TestKill::sessionIds(const ProgramHome& home)
{
    QStringList ids;
    for (const QJsonValue& value : home.run(QStringList{QStringLiteral("sessions")} + jsonAndVault).array())
        ids.append(text(value.toObject(), "id"));
    return ids;
}

QString TestKill::publishSession(const ProgramHome& home, const QString& session)
{
    const auto published = home.run(QStringList{QStringLiteral("publish"), session,
                                                QStringLiteral("--redact-all"), QStringLiteral("--yes")} +
                                    jsonAndVault);
    return published.status == 0 ? text(published.object(), "id") : QString();
}

// All were asked for at once, so all go, whichever of them the kill met.
void TestKill::manyTakedowns()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    for (const int request : {1, 4, 8, 13}) {
        demo::LoopbackShareServer server(static_cast<demo::Generation>(generation));
        ProgramHome home;
        home.useServer(server.origin());
        const QStringList sessions = sessionIds(home).mid(0, 3);
        for (const QString& session : sessions)
            QVERIFY(!publishSession(home, session).isEmpty());
        {
            Killer killer(server, static_cast<Moment>(moment), request);
            QProcess process;
            home.start(process, QStringList{QStringLiteral("unshare"), QStringLiteral("--all"),
                                            QStringLiteral("--yes")} +
                                    jsonAndVault);
            QVERIFY(process.waitForStarted());
            killer.aim(process.processId());
            QVERIFY(ProgramHome::finish(process).crashed);
        }
        const auto checked =
            home.run(QStringList{QStringLiteral("links"), QStringLiteral("--check")} + jsonAndVault);
        QCOMPARE(checked.array().size(), sessions.size());
        for (const QJsonValue& value : checked.array())
            QCOMPARE(text(value.toObject(), "state"), QStringLiteral("removed"));
        for (const QString& id : server.shareIds())
            QVERIFY(!somethingIsPublic(server, id));
    }
}

// Never neither, and in the end never both.
void TestKill::replacing()
{
    QFETCH(const int, moment);
    QFETCH(const int, generation);
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        demo::LoopbackShareServer server(static_cast<demo::Generation>(generation));
        ProgramHome home;
        home.useServer(server.origin());
        const QString old = publishSession(home, longSession(home));
        QVERIFY(!old.isEmpty());
        {
            Killer killer(server, static_cast<Moment>(moment), request);
            QProcess process;
            home.start(process, QStringList{QStringLiteral("replace"), old, QStringLiteral("--redact-all"),
                                            QStringLiteral("--yes")} +
                                    jsonAndVault);
            QVERIFY(process.waitForStarted());
            killer.aim(process.processId());
            killed = ProgramHome::finish(process).crashed;
        }
        steps += killed ? 1 : 0;
        const auto publicNow = [&server] {
            const auto ids = server.shareIds();
            return std::count_if(ids.begin(), ids.end(),
                                 [&](const QString& id) { return somethingIsPublic(server, id); });
        };
        QVERIFY2(publicNow() >= 1, "neither the link nor what replaces it");
        const auto checked =
            home.run(QStringList{QStringLiteral("links"), QStringLiteral("--check")} + jsonAndVault);
        QVERIFY2(checked.status == 0, checked.err.constData());
        QCOMPARE(publicNow(), 1);
        if (!killed)
            QVERIFY(!somethingIsPublic(server, old));
        verifyNothingIsLost(home, server);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(steps >= 8, "three requests to publish and five to take down at least");
}

void TestKill::twoProcesses()
{
    demo::LoopbackShareServer server(demo::Generation::June2026);
    ProgramHome home;
    home.useServer(server.origin());
    const QStringList sessions = sessionIds(home).mid(0, 6);
    for (const QString& session : sessions)
        QVERIFY(!publishSession(home, session).isEmpty());
    const QStringList all =
        QStringList{QStringLiteral("unshare"), QStringLiteral("--all"), QStringLiteral("--yes")} +
        jsonAndVault;
    QProcess first;
    QProcess second;
    home.start(first, all);
    home.start(second, all);
    for (QProcess* process : {&first, &second}) {
        const auto ended = ProgramHome::finish(*process);
        QVERIFY2(ended.status == 0, ended.err.constData());
        for (const QJsonValue& value : ended.array())
            QCOMPARE(text(value.toObject(), "state"), QStringLiteral("removed"));
    }
    std::map<QByteArray, int> deletions;
    for (const demo::SeenRequest& request : server.requests()) {
        if (request.verb == "DELETE")
            ++deletions[request.path];
    }
    QCOMPARE(deletions.size(), std::size_t(sessions.size()));
    for (const auto& [path, times] : deletions)
        QCOMPARE(times, 1);
}

QTEST_GUILESS_MAIN(TestKill)
#include "test_kill.moc"
