// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/json_output.h"
#include "support/sharelock_program.h"

#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;

//! The real program as a script sees it: what it reads, its output, JSON shapes, exit status.
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
