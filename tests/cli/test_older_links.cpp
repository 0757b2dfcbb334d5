// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "kill_rig.h"
#include "sharing/live_link.h"

#include <QDir>
#include <QFile>

using namespace sharelock;
using namespace sharelock::tests;

namespace {

const QString session = QStringLiteral("ses_5f1c2d3e4a5bAbCdEfGhIjKlMn");
const QString shareId = session.right(8);

} // namespace

//! Links of the first generation, which files of an older opencode tell of, as a script meets them.
class TestOlderLinks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void checksAndTakesDown();
    void exitsByWhatIsPublic();
    void recoversTheKey();
    void survivesEveryKill_data();
    void survivesEveryKill();

private:
    void writeKey(const QByteArray& key) const;
    [[nodiscard]] ProgramResult run(const char* command) const
    {
        return m_world->run(QString::fromLatin1(command).arg(shareId).split(QLatin1Char(' ')));
    }
    [[nodiscard]] bool isPublic() const { return test::isReadable(m_world->server, shareId); }
    [[nodiscard]] QJsonObject onlyLink(const ProgramResult& result) const
    {
        return result.array().size() == 1 ? result.array().first().toObject() : QJsonObject();
    }

    std::unique_ptr<KillWorld> m_world;
    QByteArray m_key;
};

void TestOlderLinks::init()
{
    m_world = std::make_unique<KillWorld>(static_cast<int>(demo::Generation::First));
    const auto created = test::shareAt(m_world->server, session, test::conversation(2));
    m_key = QByteArray::fromStdString(std::string(created.key.reveal()));
    writeKey(m_key);
}

void TestOlderLinks::writeKey(const QByteArray& key) const
{
    const QString folder = m_world->home.path(QStringLiteral("home/data/opencode/storage/share"));
    QVERIFY(QDir().mkpath(folder));
    QFile file(folder % u'/' % session % u".json");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"secret":")" + key + R"(","url":")" + m_world->server.origin().toString().toUtf8() +
               "/s/" + shareId.toUtf8() + "\"}");
}

void TestOlderLinks::checksAndTakesDown()
{
    const auto checked = run("links --check");
    QCOMPARE(checked.status, 0);
    const QJsonObject link = onlyLink(checked);
    QCOMPARE(text(link, "id"), shareId);
    QCOMPARE(text(link, "state"), QStringLiteral("orphan"));
    QCOMPARE(link[QStringLiteral("publicMessages")].toInt(), 2);
    QVERIFY(link[QStringLiteral("hasKey")].toBool());
    QCOMPARE(run("links --check --fail-on orphan").status, 1);

    const auto gone = run("unshare %1 --yes");
    QVERIFY2(gone.status == 0, gone.err.constData());
    QVERIFY(!isPublic());
    QCOMPARE(text(onlyLink(run("links --check")), "state"), QStringLiteral("removed"));
    const auto receipts = run("receipts");
    QVERIFY(receipts.out.contains("POST /share_delete"));
    for (const ProgramResult& result : {checked, gone, receipts})
        QVERIFY(!result.out.contains(m_key) && !result.err.contains(m_key));
    QCOMPARE(run("receipts --verify").status, 0);
}

void TestOlderLinks::exitsByWhatIsPublic()
{
    writeKey("a-wrong-key");
    QCOMPARE(run("links --check").status, 0);
    QCOMPARE(run("unshare %1 --yes").status, 1);
    QVERIFY(isPublic());
    m_world->server.stop();
    QCOMPARE(run("unshare %1 --yes").status, 3);
    m_world->server.start();
    // With the right one beside it, it goes.
    writeKey(m_key);
    QCOMPARE(run("unshare %1 --yes").status, 0);
    QVERIFY(!isPublic());
}

void TestOlderLinks::recoversTheKey()
{
    QVERIFY(QFile::remove(
        m_world->home.path(QStringLiteral("home/data/opencode/storage/share/") % session % u".json")));
    {
        auto database = sqlite::Connection::open(m_world->home.database(), sqlite::Mode::ReadWrite);
        QVERIFY(database);
        const QString url = m_world->server.origin().toString() % u"/s/" % shareId;
        const QString sql = QStringLiteral("UPDATE session SET share_url = '%1' WHERE id ="
                                           " (SELECT id FROM session ORDER BY time_updated DESC LIMIT 1)");
        QVERIFY(database->execute(qPrintable(sql.arg(url))));
    }
    QCOMPARE(text(onlyLink(run("links --check")), "state"), QStringLiteral("orphan-lost"));
    const auto found = run("recover %1");
    QVERIFY2(found.status == 0, found.err.constData());
    QVERIFY(found.object()[QStringLiteral("fromServer")].toBool());
    QVERIFY(!found.out.contains(m_key) && !found.err.contains(m_key));
    QCOMPARE(run("unshare %1 --yes").status, 0);
    QVERIFY(!isPublic());
}

void TestOlderLinks::survivesEveryKill_data()
{
    QTest::addColumn<int>("moment");
    QTest::newRow("before") << static_cast<int>(Moment::Before);
    QTest::newRow("after") << static_cast<int>(Moment::After);
}

void TestOlderLinks::survivesEveryKill()
{
    QFETCH(const int, moment);
    QVERIFY(run("links").status == 0);
    m_world->keep();
    bool killed = true;
    int steps = 0;
    for (int request = 1; killed && request < 40; ++request) {
        m_world->restore();
        QVERIFY(isPublic());
        killed = m_world->runKilled({QStringLiteral("unshare"), shareId, QStringLiteral("--yes")}, moment,
                                    request);
        steps += killed ? 1 : 0;
        QCOMPARE(text(m_world->checkedLink(), "state"), QStringLiteral("removed"));
        QVERIFY(!isPublic());
    }
    QVERIFY2(steps >= 9, "read, five items, delete and two probes are nine requests at least");
}

QTEST_GUILESS_MAIN(TestOlderLinks)
#include "test_older_links.moc"
