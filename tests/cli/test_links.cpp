// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/loopback_share_server.h"
#include "support/sharelock_program.h"

#include <QDateTime>
#include <QTemporaryFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;

//! The list of links and their expiry, as a script uses them.
class TestLinks : public QObject
{
    Q_OBJECT
private:
    [[nodiscard]] ProgramResult run(const QStringList& arguments) const
    {
        return m_home->run(arguments + QStringList{QStringLiteral("--json"), QStringLiteral("--vault"),
                                                   QStringLiteral("file")});
    }
    [[nodiscard]] ProgramResult links(const char* options = "") const
    {
        return run(QStringLiteral("links %1")
                       .arg(QLatin1String(options))
                       .split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
    [[nodiscard]] QJsonObject link() const { return links().array().first().toObject(); }

    std::unique_ptr<demo::LoopbackShareServer> m_server;
    std::unique_ptr<ProgramHome> m_home;
    QString m_id;

private Q_SLOTS:
    //! One published sample session.
    void initTestCase()
    {
        m_server = std::make_unique<demo::LoopbackShareServer>(demo::Generation::June2026);
        m_home = std::make_unique<ProgramHome>();
        m_home->useServer(m_server->origin());
        const QJsonArray sessions = run({QStringLiteral("sessions")}).array();
        const QString session = sessions.first().toObject()[QStringLiteral("id")].toString();
        const auto published =
            run({QStringLiteral("publish"), session, QStringLiteral("--redact-all"), QStringLiteral("--yes"),
                 QStringLiteral("--expires"), QStringLiteral("12h")});
        QCOMPARE(published.status, 0);
        m_id = published.object()[QStringLiteral("id")].toString();
    }

    void saysWhatIsPublic()
    {
        const auto checked = links("--check");
        QCOMPARE(checked.status, 0);
        const QJsonObject found = link();
        QCOMPARE(found[QStringLiteral("state")].toString(), QStringLiteral("live"));
        QCOMPARE(found[QStringLiteral("source")].toString(), QStringLiteral("sharelock"));
        QCOMPARE(found[QStringLiteral("secrets")].toInt(-1), 0);
        QVERIFY(found[QStringLiteral("publicMessages")].toInt() > 0);
        QVERIFY(found[QStringLiteral("publicBytes")].toInt() > 100);
    }

    void filters_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("count");
        QTest::newRow("state") << QByteArray("--state live,orphan") << 0 << 1;
        QTest::newRow("other state") << QByteArray("--state removed") << 0 << 0;
        QTest::newRow("findings") << QByteArray("--with-findings --older-than 1d") << 0 << 0;
        QTest::newRow("young") << QByteArray("--older-than 1h") << 0 << 0;
        QTest::newRow("at all") << QByteArray("--older-than 0h") << 0 << 1;
        QTest::newRow("forbidden") << QByteArray("--fail-on orphan,live") << 1 << 1;
        QTest::newRow("not forbidden")
            << QByteArray("--fail-on orphan,still-served --fail-on secret") << 0 << 1;
        QTest::newRow("forbidden, but left out") << QByteArray("--state removed --fail-on live") << 0 << 0;
        QTest::newRow("no such state") << QByteArray("--state dead") << 2 << -1;
        QTest::newRow("no age") << QByteArray("--older-than soon") << 2 << -1;
        QTest::newRow("nothing to fail on") << QByteArray("--fail-on everything") << 2 << -1;
    }

    void filters()
    {
        QFETCH(const QByteArray, options);
        QFETCH(const int, status);
        QFETCH(const int, count);
        const auto result = links(options.constData());
        QCOMPARE(result.status, status);
        if (count < 0)
            QVERIFY(result.out.isEmpty() && !result.err.isEmpty());
        else
            QCOMPARE(result.array().size(), count);
    }

    void cannotTellWithoutTheDatabase()
    {
        QTemporaryFile broken;
        QVERIFY(broken.open() && broken.write(QByteArray(5000, 'x')) == 5000 && broken.flush());
        const QString key = QStringLiteral("OPENCODE_DB");
        const QProcessEnvironment before = m_home->environment();
        m_home->environment().insert(key, broken.fileName());
        const auto listed = links();
        const auto all =
            run({QStringLiteral("unshare"), QStringLiteral("--all"), QStringLiteral("--dry-run")});
        const auto forbidden = links("--fail-on live");
        m_home->environment().insert(key, broken.fileName() + QStringLiteral(".gone"));
        const auto missing = links();
        m_home->environment() = before;
        QCOMPARE(listed.status, 3);
        QCOMPARE(listed.array().size(), 1); // What the ledger knows.
        QVERIFY(!listed.err.isEmpty());
        QCOMPARE(all.status, 3);
        QCOMPARE(forbidden.status, 1);
        QCOMPARE(missing.status, 0);
    }

    void expires()
    {
        const auto hoursLeft = [this] {
            const auto at =
                QDateTime::fromString(link()[QStringLiteral("expiresAt")].toString(), Qt::ISODateWithMs);
            return QDateTime::currentDateTimeUtc().secsTo(at) / 3600;
        };
        QVERIFY(hoursLeft() == 11 || hoursLeft() == 12);
        QCOMPARE(run({QStringLiteral("expire"), m_id, QStringLiteral("2w")}).status, 0);
        QVERIFY(hoursLeft() == 14 * 24 - 1 || hoursLeft() == 14 * 24);
        QCOMPARE(run({QStringLiteral("sweep"), QStringLiteral("--dry-run")}).status, 0);
        QCOMPARE(run({QStringLiteral("expire"), m_id, QStringLiteral("never")}).status, 0);
        QVERIFY(link()[QStringLiteral("expiresAt")].isNull());
        for (const char* wrong : {"0d", "-1d", "tomorrow", "7", ""})
            QCOMPARE(run({QStringLiteral("expire"), m_id, QLatin1String(wrong)}).status, 2);
        QCOMPARE(run({QStringLiteral("expire"), QStringLiteral("nothing1"), QStringLiteral("1d")}).status, 1);
        QCOMPARE(run({QStringLiteral("expire"), m_id}).status, 2);
    }

    void writesCsv()
    {
        const auto result = m_home->run({QStringLiteral("links"), QStringLiteral("--csv"),
                                         QStringLiteral("--vault"), QStringLiteral("file")});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.out.count("\r\n"), 2);
        QVERIFY(result.out.startsWith("id,url,") && result.out.contains(m_id.toUtf8()));
        QCOMPARE(links("--csv").status, 2); // With --json.
    }

    void choosesWhatToTakeDown()
    {
        const auto unshare = [this](const char* options) {
            return run(QStringLiteral("unshare %1").arg(QLatin1String(options)).split(QLatin1Char(' ')));
        };
        QCOMPARE(unshare("--with-findings --yes").array().size(), 0);
        QCOMPARE(unshare("--older-than 1d --yes").array().size(), 0);
        QCOMPARE(unshare("--state removed --yes").array().size(), 0);
        const auto dry = unshare("--state live --dry-run");
        QCOMPARE(dry.status, 0);
        QCOMPARE(dry.array().size(), 1);
        QCOMPARE(unshare("--state live --yes nothing1").status, 2);
        QCOMPARE(unshare("--yes").status, 2);
        QCOMPARE(link()[QStringLiteral("state")].toString(), QStringLiteral("live"));
    }

    void serverThatIsAwayIsNotGone()
    {
        m_server->stop();
        const auto checked = links("--check --fail-on orphan");
        QCOMPARE(checked.status, 3);
        QCOMPARE(link()[QStringLiteral("state")].toString(), QStringLiteral("unreachable"));
        m_server->start();
        QCOMPARE(links("--check").status, 0);
        QCOMPARE(link()[QStringLiteral("state")].toString(), QStringLiteral("live"));
    }
};

QTEST_GUILESS_MAIN(TestLinks)
#include "test_links.moc"
