// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "cli/json_output.h"
#include "demo/loopback_share_server.h"
#include "support/sharelock_program.h"

#include <QRegularExpression>
#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;

//! The real program makes something public, changes it and takes it back, or refuses to.
class TestPublishing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mainJob_data();
    void mainJob();
    void publishingNeedsYes();
    void updatesASnapshot();
    void noKeyringRefusesToPublish();
    void disabledShareModeRefuses();
    void liveNeedsOpencode();
    void unreachableServerIsNotGone();
};

void TestPublishing::mainJob_data()
{
    QTest::addColumn<int>("generation");
    QTest::newRow("2026-03") << static_cast<int>(demo::Generation::March2026);
    QTest::newRow("2026-06") << static_cast<int>(demo::Generation::June2026);
    QTest::newRow("next") << static_cast<int>(demo::Generation::Next);
}

void TestPublishing::mainJob()
{
    QFETCH(const int, generation);
    demo::LoopbackShareServer server(static_cast<demo::Generation>(generation));
    ProgramHome home;
    home.useServer(server.origin());
    const QJsonArray sessions =
        home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")} + fileVault).array();
    const QString id = text(sessionTitled(sessions, sample), "id");

    const auto published = home.run(QStringList{QStringLiteral("publish"), id, QStringLiteral("--redact-all"),
                                                QStringLiteral("--yes"), QStringLiteral("--json")} +
                                    fileVault);
    QCOMPARE(published.status, 0);
    const QJsonObject link = published.object();
    QCOMPARE(text(link, "kind"), QStringLiteral("snapshot"));
    QCOMPARE(text(link, "sourceSessionId"), id);
    QVERIFY(text(link, "sessionId") != id);
    QCOMPARE(text(link, "id"), text(link, "sessionId").right(8));
    QVERIFY(text(link, "url").startsWith(server.origin().toString()));
    const QByteArray publicData = server.dataOf(text(link, "id"));
    QVERIFY(publicData.contains("webhook"));
    QVERIFY(!publicData.toLower().contains("morgan"));

    const auto links =
        home.run(QStringList{QStringLiteral("links"), QStringLiteral("--check"), QStringLiteral("--json")} +
                 fileVault);
    QCOMPARE(links.status, 0);
    QCOMPARE(links.array().size(), 1);
    const QJsonObject row = links.array().first().toObject();
    QCOMPARE(text(row, "state"), QStringLiteral("live"));
    QVERIFY(isUtcTime(row[QStringLiteral("sharedAt")]) && isUtcTime(row[QStringLiteral("checkedAt")]));

    const auto gone = home.run(QStringList{QStringLiteral("unshare"), text(link, "url"),
                                           QStringLiteral("--yes"), QStringLiteral("--json")} +
                               fileVault);
    QCOMPARE(gone.status, 0);
    const QJsonObject result = gone.array().first().toObject();
    QCOMPARE(text(result, "state"), QStringLiteral("removed"));
    QVERIFY(!text(result, "proof").isEmpty());
    QVERIFY(!server.dataOf(text(link, "id")).contains("webhook"));
    const auto after =
        home.run(QStringList{QStringLiteral("links"), QStringLiteral("--json")} + fileVault).array();
    QCOMPARE(text(after.first().toObject(), "state"), QStringLiteral("removed"));
    for (const auto& output : {published, links, gone}) {
        static const QRegularExpression uuid(
            QStringLiteral("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));
        QVERIFY2(!uuid.match(QString::fromUtf8(output.out + output.err)).hasMatch(),
                 "a share key was printed");
    }
}

void TestPublishing::publishingNeedsYes()
{
    demo::LoopbackShareServer server(demo::Generation::June2026);
    ProgramHome home;
    home.useServer(server.origin());
    const auto result = home.run(
        QStringList{
            QStringLiteral("publish"),
            text(sessionTitled(
                     home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")} + fileVault)
                         .array(),
                     sample),
                 "id"),
            QStringLiteral("--redact-all")} +
        fileVault);
    QCOMPARE(result.status, 2);
    QVERIFY(server.requests().empty());
}

void TestPublishing::updatesASnapshot()
{
    demo::LoopbackShareServer server(demo::Generation::June2026);
    ProgramHome home;
    home.useServer(server.origin());
    const QStringList json = QStringList{QStringLiteral("--json")} + fileVault;
    const QString session =
        text(sessionTitled(home.run(QStringList{QStringLiteral("sessions")} + json).array(), sample), "id");
    const auto update = [&](const QStringList& options) {
        return home.run(QStringList{QStringLiteral("update"), session} + options + json);
    };
    QCOMPARE(update({QStringLiteral("--yes")}).status, 1); // There is nothing to update yet.
    const auto published = home.run(QStringList{QStringLiteral("publish"), session,
                                                QStringLiteral("--redact-all"), QStringLiteral("--yes")} +
                                    json);
    QCOMPARE(published.status, 0);
    const QString link = text(published.object(), "id");
    QVERIFY(!text(published.object(), "syncedAt").isEmpty());
    const QByteArray before = server.dataOf(link);

    auto database = sqlite::Connection::open(home.database(), sqlite::Mode::ReadWrite);
    QVERIFY(database);
    const QString sql =
        QStringLiteral("INSERT INTO message (id, session_id, time_created, time_updated, data)"
                       " SELECT 'msg_ffff00000001AbCdEfGhIjKlMn', session_id,"
                       " max(time_created) + 1, max(time_created) + 1, data FROM message"
                       " WHERE session_id = '%1';"
                       "INSERT INTO part (id, message_id, session_id, time_created,"
                       " time_updated, data) SELECT 'prt_ffff00000001AbCdEfGhIjKlMn',"
                       " 'msg_ffff00000001AbCdEfGhIjKlMn', '%1', max(time_created), 0,"
                       " '{\"type\":\"text\",\"text\":\"Said later\"}' FROM message")
            .arg(session);
    const auto written = database->execute(qPrintable(sql));
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));

    const auto dry = update({QStringLiteral("--dry-run")});
    QVERIFY2(dry.status == 0, dry.err.constData());
    QVERIFY2(dry.err.contains("1 new messages"), dry.err.constData());
    QCOMPARE(dry.object()[QStringLiteral("added")].toInt(), 2);
    QCOMPARE(dry.object()[QStringLiteral("addedMessages")].toInt(), 1);
    QCOMPARE(dry.object()[QStringLiteral("blanked")].toInt(-1), 0);
    QVERIFY(dry.object()[QStringLiteral("dryRun")].toBool());
    QCOMPARE(server.dataOf(link), before);
    QCOMPARE(update({}).status, 2); // Without a terminal nobody can say yes.
    QCOMPARE(server.dataOf(link), before);

    const auto done = update({QStringLiteral("--yes")});
    QVERIFY2(done.status == 0, done.err.constData());
    QCOMPARE(text(done.object(), "id"), link);
    QCOMPARE(done.object()[QStringLiteral("added")].toInt(), 2);
    QVERIFY(server.dataOf(link).contains("Said later"));
    const auto again = home.run(QStringList{QStringLiteral("update"), link} + json);
    QVERIFY2(again.status == 0, again.err.constData());
    QCOMPARE(again.object()[QStringLiteral("bytes")].toInt(-1), 0);

    server.stop();
    QCOMPARE(update({QStringLiteral("--yes")}).status, 3);
    server.start();
    QCOMPARE(home.run(QStringList{QStringLiteral("unshare"), link, QStringLiteral("--yes")} + json).status,
             0);
    QCOMPARE(home.run(QStringList{QStringLiteral("update"), link, QStringLiteral("--yes")} + json).status, 1);
}

void TestPublishing::noKeyringRefusesToPublish()
{
    demo::LoopbackShareServer server(demo::Generation::June2026);
    ProgramHome home;
    home.useServer(server.origin());
    home.environment().remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    home.environment().insert(QStringLiteral("XDG_RUNTIME_DIR"), home.path(QStringLiteral("nothing")));
    const QString id =
        text(sessionTitled(
                 home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")}).array(), sample),
             "id");
    const auto refused = home.run(
        QStringList{QStringLiteral("publish"), id, QStringLiteral("--redact-all"), QStringLiteral("--yes")});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.contains("--vault file"), refused.err.constData());
    QVERIFY(server.requests().empty());
    QCOMPARE(home.run(QStringList{QStringLiteral("publish"), id, QStringLiteral("--redact-all"),
                                  QStringLiteral("--yes")} +
                      fileVault)
                 .status,
             0);
}

void TestPublishing::disabledShareModeRefuses()
{
    demo::LoopbackShareServer server(demo::Generation::June2026);
    ProgramHome home;
    home.environment().insert(QStringLiteral("OPENCODE_CONFIG_CONTENT"),
                              QStringLiteral("{\"share\":\"disabled\"}"));
    const QString id = text(
        sessionTitled(
            home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")} + fileVault).array(),
            sample),
        "id");
    for (const QString& option :
         QStringList{QStringLiteral("--live"), QStringLiteral("--server=") + server.origin().toString()}) {
        const auto result =
            home.run(QStringList{QStringLiteral("publish"), id, option, QStringLiteral("--yes")} + fileVault);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains("disabled"), result.err.constData());
    }
    QVERIFY(server.requests().empty());
}

void TestPublishing::liveNeedsOpencode()
{
    ProgramHome home;
    home.environment().insert(QStringLiteral("PATH"), home.path());
    const QString id = text(
        sessionTitled(
            home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")} + fileVault).array(),
            sample),
        "id");
    const auto result = home.run(
        QStringList{QStringLiteral("publish"), id, QStringLiteral("--live"), QStringLiteral("--yes")} +
        fileVault);
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.contains("opencode"), result.err.constData());
}

void TestPublishing::unreachableServerIsNotGone()
{
    demo::LoopbackShareServer server(demo::Generation::June2026);
    ProgramHome home;
    home.useServer(server.origin());
    const QString id = text(
        sessionTitled(
            home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")} + fileVault).array(),
            sample),
        "id");
    const QJsonObject link =
        home.run(QStringList{QStringLiteral("publish"), id, QStringLiteral("--redact-all"),
                             QStringLiteral("--yes"), QStringLiteral("--json")} +
                 fileVault)
            .object();
    server.stop();
    const auto down = home.run(QStringList{QStringLiteral("unshare"), text(link, "id"),
                                           QStringLiteral("--yes"), QStringLiteral("--json")} +
                               fileVault);
    QCOMPARE(down.status, 3);
    QCOMPARE(text(down.array().first().toObject(), "state"), QStringLiteral("unreachable"));
    server.start();
    // Asked for once is asked for: the next check finishes it.
    const auto again =
        home.run(QStringList{QStringLiteral("links"), QStringLiteral("--check"), QStringLiteral("--json")} +
                 fileVault);
    QCOMPARE(again.status, 0);
    QCOMPARE(text(again.array().first().toObject(), "state"), QStringLiteral("removed"));
}

QTEST_GUILESS_MAIN(TestPublishing)
#include "test_publishing.moc"
