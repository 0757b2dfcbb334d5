// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "demo/loopback_share_server.h"
#include "support/sharelock_program.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>

using namespace sharelock;
using namespace sharelock::tests;

namespace {

QString text(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toString();
}

bool isUtcTime(const QJsonValue& value)
{
    return value.toString().endsWith(QLatin1Char('Z')) &&
           QDateTime::fromString(value.toString(), Qt::ISODateWithMs).isValid();
}

QJsonObject sessionTitled(const QJsonArray& sessions, const QString& title)
{
    for (const QJsonValue& session : sessions) {
        if (text(session.toObject(), "title") == title)
            return session.toObject();
    }
    return {};
}

const QStringList fileVault{QStringLiteral("--vault"), QStringLiteral("file")};
const QString sample = QStringLiteral("Add retry to payment webhook");

} // namespace

//! The real program as a script sees it: output, JSON shapes, exit status.
class TestCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void helpAndVersion();
    void wrongWordsAreUsageErrors_data();
    void wrongWordsAreUsageErrors();
    void sessionsAsJson();
    void databaseProblems_data();
    void databaseProblems();
    void showHidesNames();
    void leavesOutKindsOfContent();
    void mainJob_data();
    void mainJob();
    void publishingNeedsYes();
    void updatesASnapshot();
    void noKeyringRefusesToPublish();
    void disabledShareModeRefuses();
    void liveNeedsOpencode();
    void unreachableServerIsNotGone();
    void hostileTitleDoesNotReachTheTerminal();
};

void TestCommands::helpAndVersion()
{
    const ProgramHome home(true);
    const auto help = home.run(QStringList{QStringLiteral("--help")});
    QCOMPARE(help.status, 0);
    for (const char* command :
         {"sessions", "show SESSION", "publish SESSION", "update LINK|SESSION", "links", "unshare [LINK…]"})
        QVERIFY2(help.out.contains(command), command);
    QCOMPARE(home.run(QStringList{QStringLiteral("--version")}).out,
             QByteArray("sharelock " SHARELOCK_VERSION "\n"));
    const auto publish = home.run(QStringList{QStringLiteral("publish"), QStringLiteral("--help")});
    QCOMPARE(publish.status, 0);
    QVERIFY(publish.out.contains("--live") && publish.out.contains("--server"));
}

void TestCommands::wrongWordsAreUsageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown command") << QStringList{QStringLiteral("shred")};
    QTest::newRow("unknown option") << QStringList{QStringLiteral("links"), QStringLiteral("--fast")};
    QTest::newRow("session missing") << QStringList{QStringLiteral("show")};
    QTest::newRow("links missing") << QStringList{QStringLiteral("unshare"), QStringLiteral("--yes")};
    QTest::newRow("too many") << QStringList{QStringLiteral("sessions"), QStringLiteral("extra")};
    QTest::newRow("vault") << QStringList{QStringLiteral("links"), QStringLiteral("--vault"),
                                          QStringLiteral("paper")};
    QTest::newRow("kind of content") << QStringList{QStringLiteral("show"), QStringLiteral("x"),
                                                    QStringLiteral("--leave-out"),
                                                    QStringLiteral("tools,smells")};
    QTest::newRow("kind twice") << QStringList{QStringLiteral("redact"),      QStringLiteral("x"),
                                               QStringLiteral("--out"),       QStringLiteral("/nowhere/x"),
                                               QStringLiteral("--leave-out"), QStringLiteral("tools"),
                                               QStringLiteral("--include"),   QStringLiteral("tools")};
    QTest::newRow("live leaves nothing out")
        << QStringList{QStringLiteral("publish"), QStringLiteral("x"), QStringLiteral("--live"),
                       QStringLiteral("--leave-out"), QStringLiteral("tools")};
    QTest::newRow("server") << QStringList{QStringLiteral("publish"), QStringLiteral("x"),
                                           QStringLiteral("--server"), QStringLiteral("ftp://example.com")};
}

void TestCommands::wrongWordsAreUsageErrors()
{
    QFETCH(const QStringList, arguments);
    const ProgramHome home(true);
    const auto result = home.run(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY(result.out.isEmpty());
    QVERIFY(!result.err.isEmpty());
}

void TestCommands::sessionsAsJson()
{
    const ProgramHome home;
    const auto result =
        home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")} + fileVault);
    QCOMPARE(result.status, 0);
    const QJsonArray sessions = result.array();
    QVERIFY(sessions.size() > 10);
    const QJsonObject session = sessionTitled(sessions, sample);
    QVERIFY(text(session, "id").startsWith(QLatin1String("ses_")));
    QCOMPARE(text(session, "project"), QStringLiteral("web-shop"));
    QVERIFY(text(session, "directory").startsWith(QLatin1Char('/')));
    QVERIFY(isUtcTime(session[QStringLiteral("updated")]));
    QVERIFY(session[QStringLiteral("messages")].toInt() > 0);
    QVERIFY(session.contains(QStringLiteral("link")));
    QString last = QStringLiteral("9");
    for (const QJsonValue& value : sessions) {
        QVERIFY(text(value.toObject(), "updated") <= last);
        last = text(value.toObject(), "updated");
    }
}

void TestCommands::databaseProblems_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("no database") << QByteArray(5000, 'x');
    QTest::newRow("cut off") << QByteArray("SQLite format 3\0", 16) + QByteArray(84, '\0');
}

void TestCommands::databaseProblems()
{
    QFETCH(const QByteArray, content);
    ProgramHome home(true);
    if (!content.isEmpty()) {
        QFile file(home.path(QStringLiteral("other.db")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
        home.environment().insert(QStringLiteral("OPENCODE_DB"), file.fileName());
    }
    for (const QString& command :
         {QStringLiteral("sessions"), QStringLiteral("show"), QStringLiteral("publish")}) {
        QStringList arguments{command, QStringLiteral("--json")};
        if (command != QLatin1String("sessions"))
            arguments.append(QStringLiteral("ses_x"));
        const auto result = home.run(arguments + fileVault);
        QCOMPARE(result.status, 1);
        QVERIFY(!result.crashed);
        QVERIFY(result.out.isEmpty());
        QVERIFY(result.err.contains("sharelock: "));
    }
    if (!content.isEmpty()) {
        QFile file(home.path(QStringLiteral("other.db")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }
}

void TestCommands::showHidesNames()
{
    const ProgramHome home;
    const QString id = text(
        sessionTitled(
            home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")} + fileVault).array(),
            sample),
        "id");
    const auto original = home.run(
        QStringList{QStringLiteral("show"), id, QStringLiteral("--original"), QStringLiteral("--json")});
    QCOMPARE(original.status, 0);
    QVERIFY(original.out.contains(home.path(QStringLiteral("home")).toUtf8()));
    QVERIFY(original.out.contains("morgan"));
    QVERIFY(original.out.contains(id.toUtf8()));
    const auto shown = home.run(QStringList{QStringLiteral("show"), id, QStringLiteral("--json")});
    QCOMPARE(shown.status, 0);
    QVERIFY(!shown.out.contains(home.path(QStringLiteral("home")).toUtf8()));
    QVERIFY(!shown.out.toLower().contains("morgan"));
    QVERIFY(!shown.out.contains(id.toUtf8()));
    QCOMPARE(shown.array().size(), original.array().size());
    for (const QJsonValue& item : shown.array())
        QVERIFY(!text(item.toObject(), "type").isEmpty() && item.toObject().contains(QStringLiteral("data")));
    const auto readable = home.run(QStringList{QStringLiteral("show"), id});
    QCOMPARE(readable.status, 0);
    QVERIFY(readable.out.contains("== You"));
}

void TestCommands::leavesOutKindsOfContent()
{
    const ProgramHome home;
    const QString id = text(
        sessionTitled(
            home.run(QStringList{QStringLiteral("sessions"), QStringLiteral("--json")} + fileVault).array(),
            sample),
        "id");
    const auto usual = home.run(QStringList{QStringLiteral("show"), id, QStringLiteral("--json")});
    QCOMPARE(usual.status, 0);
    QVERIFY(usual.err.contains("Left out: attachments, models."));
    QVERIFY(usual.out.contains("Attachment left out · dashboard.png"));
    QVERIFY(!usual.out.contains("data:image/png;base64,iVBOR") && usual.out.contains("\"command\":"));

    const auto other = home.run(QStringList{QStringLiteral("show"), id, QStringLiteral("--json"),
                                            QStringLiteral("--leave-out"), QStringLiteral("tools,diffs"),
                                            QStringLiteral("--include"), QStringLiteral("attachments")});
    QCOMPARE(other.status, 0);
    QVERIFY(other.err.contains("Left out: tools, diffs, models."));
    QVERIFY(other.out.contains("data:image/png;base64,iVBOR") && !other.out.contains("\"command\":"));
    QVERIFY(other.out.contains("Tool output left out · bash"));
    // For this time only.
    QCOMPARE(home.run(QStringList{QStringLiteral("show"), id, QStringLiteral("--json")}).err, usual.err);

    const QString file = home.path(QStringLiteral("out.json"));
    const auto written = home.run(QStringList{QStringLiteral("redact"), id, QStringLiteral("--out"), file,
                                              QStringLiteral("--leave-out"), QStringLiteral("reasoning")});
    QCOMPARE(written.status, 0);
    QVERIFY(written.err.contains("Left out: reasoning, attachments, models."));
    QFile content(file);
    QVERIFY(content.open(QIODevice::ReadOnly));
    QVERIFY(content.readAll().contains("Reasoning left out"));
}

void TestCommands::mainJob_data()
{
    QTest::addColumn<int>("generation");
    QTest::newRow("2026-03") << static_cast<int>(demo::Generation::March2026);
    QTest::newRow("2026-06") << static_cast<int>(demo::Generation::June2026);
    QTest::newRow("next") << static_cast<int>(demo::Generation::Next);
}

void TestCommands::mainJob()
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

void TestCommands::publishingNeedsYes()
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

void TestCommands::updatesASnapshot()
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

void TestCommands::noKeyringRefusesToPublish()
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

void TestCommands::disabledShareModeRefuses()
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

void TestCommands::liveNeedsOpencode()
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

void TestCommands::unreachableServerIsNotGone()
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

void TestCommands::hostileTitleDoesNotReachTheTerminal()
{
    const ProgramHome home;
    const auto result = home.run(QStringList{QStringLiteral("sessions")} + fileVault);
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.contains("<img"));
    QVERIFY(!result.out.contains('\033'));
}

QTEST_GUILESS_MAIN(TestCommands)
#include "test_commands.moc"
