// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/exporter.h"
#include "app/key_search.h"
#include "sharing/link_ledger.h"
#include "sharing/live_link.h"

#include <QEventLoop>
#include <QFile>
#include <QSignalSpy>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

constexpr int patience = 30'000;
const QByteArray session = "ses_5f1c2d3e4a5bAbCdEfGhIjKlM1";

} // namespace

//! What the window shows of a search for a lost key, and of an export.
class TestKeySearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void finds();
    void saysThatTheServerGaveIt();
    void asksForRemoval();
    void saysWhyItFailed();
    void anotherLinkEndsIt();
    void exports();

private:
    //! A link without its key, whose traces opencode's database may hold.
    void loseKey(bool withTraces);
    void keepWithoutKey(const sharing::LinkId& id, const QUrl& url);
    [[nodiscard]] bool reaches(const KeySearch& search, KeySearch::State state) const
    {
        return QTest::qWaitFor([&] { return search.state() == state; }, patience);
    }

    std::unique_ptr<AppWorld> m_world;
    std::unique_ptr<CoreThread> m_core;
    QString m_url;
};

void TestKeySearch::init()
{
    m_core.reset();
    m_world = std::make_unique<AppWorld>();
    m_core = std::make_unique<CoreThread>();
}

void TestKeySearch::loseKey(bool withTraces)
{
    const auto shared = m_world->makePublic(session, "Lost");
    m_url = shared.url.toString();
    keepWithoutKey(shared.link, shared.url);
    if (withTraces) {
        m_world->addSession(session, "Lost");
        m_world->write([&](OpencodeDatabase& database) {
            database.execute("PRAGMA secure_delete = OFF");
            database.addShare(session, shared.link.shareId.toUtf8(), m_url.toUtf8(), shared.key);
            database.execute("DELETE FROM session_share; DELETE FROM session");
        });
    }
    m_core->run(m_world->setup());
}

void TestKeySearch::keepWithoutKey(const sharing::LinkId& id, const QUrl& url)
{
    offGuiThread([&] {
        const auto ledger = sharing::LinkLedger::open(m_world->environment.dataFolder() % u"/ledger.db");
        sharing::Link link;
        link.id = id;
        link.url = url;
        link.sessionId = link.sourceSessionId = QString::fromLatin1(session);
        link.sessionDeleted = true;
        link.state = sharing::LinkState::OrphanLost;
        if (!ledger || !(*ledger)->save(link))
            qFatal("ledger");
    });
}

void TestKeySearch::finds()
{
    loseKey(true);
    KeySearch search(*m_core);
    QSignalSpy ended(&search, &KeySearch::ended);
    search.start();
    QVERIFY(search.state() == KeySearch::State::Idle); // No link is shown.
    search.show(m_url);
    search.start();
    QVERIFY(search.state() == KeySearch::State::Searching);
    QVERIFY(reaches(search, KeySearch::State::Found));
    QVERIFY(!search.text().isEmpty());
    QVERIFY(search.request().isEmpty());
    QCOMPARE(ended.count(), 1);
}

void TestKeySearch::saysThatTheServerGaveIt()
{
    m_world->server = std::make_unique<demo::LoopbackShareServer>(demo::Generation::First);
    offGuiThread([&] {
        const QEventLoop events; // A client on this thread needs them.
        const auto shared = shareAt(*m_world->server, QString::fromLatin1(session), conversation(1));
        m_url = shared.url.toString();
        keepWithoutKey(shared.id, shared.url);
    });
    m_core->run(m_world->setup());
    KeySearch search(*m_core);
    search.show(m_url);
    search.start();
    QVERIFY(reaches(search, KeySearch::State::Found));
    QCOMPARE(search.text(), QStringLiteral("The server gave the key to who knows the session's ID."));
}

void TestKeySearch::asksForRemoval()
{
    loseKey(false);
    KeySearch search(*m_core);
    search.show(m_url);
    search.start();
    QVERIFY(reaches(search, KeySearch::State::NotFound));
    QVERIFY(search.request().contains(m_url));
    search.show(QStringLiteral("https://opncd.ai/share/other123"));
    QVERIFY(search.state() == KeySearch::State::Idle);
    QVERIFY(search.request().isEmpty());
}

void TestKeySearch::saysWhyItFailed()
{
    loseKey(true);
    m_world->server->stop();
    KeySearch search(*m_core);
    search.show(m_url);
    search.start();
    QVERIFY(reaches(search, KeySearch::State::Failed));
    QVERIFY(!search.errorText().isEmpty());
    m_world->server->start();
    search.start();
    QVERIFY(reaches(search, KeySearch::State::Found));
}

void TestKeySearch::anotherLinkEndsIt()
{
    loseKey(true);
    KeySearch search(*m_core);
    search.show(m_url);
    search.start();
    search.cancel();
    QVERIFY(search.state() == KeySearch::State::Idle);
    search.start();
    search.show(QStringLiteral("https://opncd.ai/share/other123"));
    QVERIFY(search.state() == KeySearch::State::Idle);
    // Neither of the two that were ended says anything any more.
    search.show(m_url);
    search.start();
    QVERIFY(reaches(search, KeySearch::State::Found));
}

void TestKeySearch::exports()
{
    loseKey(true);
    KeySearch search(*m_core);
    search.show(m_url);
    search.start();
    QVERIFY(reaches(search, KeySearch::State::Found));

    Exporter exporter(*m_core);
    QVERIFY(exporter.suggestion(Exporter::What::Receipts, false).endsWith(QStringLiteral(".csv")));
    const QString path = m_world->home() % u"/receipts.csv";
    QVERIFY(exporter.renamed(path, true).endsWith(QStringLiteral("/receipts.json")));
    QCOMPARE(exporter.renamed(QStringLiteral("/a/list.txt"), true), QStringLiteral("/a/list.txt"));
    QSignalSpy written(&exporter, &Exporter::written);
    exporter.write(Exporter::What::Receipts, path, false, false);
    QVERIFY(exporter.isBusy());
    QVERIFY(written.wait(patience));
    QVERIFY(written.at(0).at(1).toInt() >= 2);
    const auto content = [&] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(content().startsWith("number,at,act,"));

    // Not written over without a second yes.
    exporter.write(Exporter::What::Receipts, path, true, false);
    QVERIFY(QTest::qWaitFor([&] { return exporter.exists(); }, patience));
    QVERIFY(content().startsWith("number,at,act,"));
    exporter.write(Exporter::What::Receipts, path, true, true);
    QVERIFY(written.wait(patience));
    QVERIFY(content().startsWith("["));

    exporter.write(Exporter::What::Receipts, m_world->home() % u"/no/such/folder/receipts.csv", false, false);
    QVERIFY(QTest::qWaitFor([&] { return !exporter.errorText().isEmpty(); }, patience));
    QVERIFY(!exporter.isBusy());
}

int main(int argc, char** argv)
{
    return runGuiTest<TestKeySearch>(argc, argv);
}

#include "test_key_search.moc"
