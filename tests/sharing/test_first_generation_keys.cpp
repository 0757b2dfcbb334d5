// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "live_link.h"
#include "manager_world.h"

#include <QCoroTask>
#include <QEventLoop>
#include <QTest>

#include <utility>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Fault;

namespace {

const QString session = QString::fromUtf8(firstSession);

} // namespace

//! The first generation gives a link's key to who knows the whole ID of its session: asked for by the person
//! alone, and only where something is public.
class TestFirstGenerationKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void recoversTheKey_data();
    void recoversTheKey();
    void makesNoShareWhereNoneIs();
    void asksForNoKeyOfOthers();
    void sealsNoKeyThatDoesNotWork();
    void asksForNoKeyByItself();

private:
    //! A link that only a session names, so that nobody has its key.
    LinkId claim();
    [[nodiscard]] Link known(const LinkId& id) const { return m_manager->findLink(id.shareId).value(); }
    [[nodiscard]] std::size_t creations() const
    {
        return requestsFor(*m_world->server, "/share_create").size();
    }

    std::unique_ptr<ManagerWorld> m_world;
    std::unique_ptr<ShareManager> m_manager;
};

void TestFirstGenerationKeys::init()
{
    m_manager.reset();
    m_world = std::make_unique<ManagerWorld>(demo::Generation::First);
    m_manager = m_world->manager();
}

LinkId TestFirstGenerationKeys::claim()
{
    const CreatedShare created = shareAt(*m_world->server, session, conversation(3));
    m_world->addSession(firstSession, "First");
    m_world->database->execute(
        "UPDATE session SET share_url = '" + created.url.toString().toUtf8() +
        "', time_updated = 1800000000000"); // Later than its messages, so not imported.
    if (!m_manager->sessions())
        qFatal("sessions");
    return created.id;
}

void TestFirstGenerationKeys::recoversTheKey_data()
{
    QTest::addColumn<bool>("knowsSession");
    QTest::newRow("session known") << true;
    QTest::newRow("session in what is public") << false;
}

void TestFirstGenerationKeys::recoversTheKey()
{
    QFETCH(const bool, knowsSession);
    LinkId id;
    if (knowsSession) {
        id = claim();
    } else {
        document::ShareDocument document = conversation(3);
        document.addKeyed(document::ItemType::Session, "session",
                          R"({"id":")" + session.toStdString() + R"(","title":"Old"})");
        id = shareAt(*m_world->server, session, document).id;
        Link link = linkAt(*m_world->server, session);
        link.sessionId.clear();
        link.sourceSessionId.clear();
        link.source = LinkSource::Claimed;
        const auto ledger = LinkLedger::open(m_world->environment.dataFolder() % u"/ledger.db");
        QVERIFY(ledger && (*ledger)->save(link));
    }
    QCOMPARE(QCoro::waitFor(m_manager->check(id))->state, LinkState::OrphanLost);
    const QByteArray isPublic = m_world->server->dataOf(id.shareId);
    const auto recovery = QCoro::waitFor(m_manager->recoverKey(id));
    QCOMPARE(text(recovery), QString());
    QVERIFY(recovery->found && recovery->fromServer && recovery->link.hasKey);
    QVERIFY(recovery->files.isEmpty());
    QCOMPARE(m_world->server->dataOf(id.shareId), isPublic);
    QCOMPARE(creations(), 2U);
    const auto receipts = m_manager->receipts(ReceiptFilter());
    QVERIFY(receipts && receiptsText(*receipts, ExportFormat::Json).contains("POST /share_create"));
    const auto gone = QCoro::waitFor(m_manager->unshare(id));
    QCOMPARE(text(gone), QString());
    QCOMPARE(gone->state, LinkState::Removed);
    QVERIFY(m_world->server->shareIds().empty());
}

void TestFirstGenerationKeys::makesNoShareWhereNoneIs()
{
    const LinkId id = claim();
    const auto key = shareAt(*m_world->server, session, {}).key;
    HttpClient http;
    ShareServer protocol(linkAt(*m_world->server, session), http);
    const auto bringBack = m_world->server->remember();
    QVERIFY(QCoro::waitFor(protocol.remove(id.shareId, key)));
    const std::size_t before = creations();
    const auto none = QCoro::waitFor(m_manager->recoverKey(id));
    QVERIFY(none && !none->found);
    QCOMPARE(creations(), before);
    QVERIFY(m_world->server->shareIds().empty());

    // It goes in the very moment between the look and the question: what is made then is removed again.
    bringBack();
    const demo::LoopbackShareServer& server = *m_world->server;
    m_world->server->onRequest([&, done = false](const demo::SeenRequest& request) mutable {
        if (request.path != "/share_create" || std::exchange(done, true))
            return;
        const QEventLoop loop; // The server's threads have none by themselves, and a client needs one.
        HttpClient other;
        ShareServer again(linkAt(server, session), other);
        if (!QCoro::waitFor(again.remove(id.shareId, key)))
            qFatal("remove");
    });
    const auto late = QCoro::waitFor(m_manager->recoverKey(id));
    m_world->server->onRequest({});
    QCOMPARE(text(late), QString());
    QVERIFY(!late->found && !late->fromServer);
    QCOMPARE(creations(), before + 1);
    QVERIFY(m_world->server->shareIds().empty());
}

void TestFirstGenerationKeys::asksForNoKeyOfOthers()
{
    const LinkId id = claim();
    Link link = known(id);
    link.source = LinkSource::Imported;
    {
        const auto ledger = LinkLedger::open(m_world->environment.dataFolder() % u"/ledger.db");
        QVERIFY(ledger && (*ledger)->save(link));
    }
    const auto checked = QCoro::waitFor(m_manager->check(id));
    QCOMPARE(text(checked), QString());
    QCOMPARE(checked->state, LinkState::Foreign);
    const auto recovery = QCoro::waitFor(m_manager->recoverKey(id));
    QVERIFY(recovery && !recovery->found);
    QCOMPARE(creations(), 1U);
}

void TestFirstGenerationKeys::sealsNoKeyThatDoesNotWork()
{
    const LinkId id = claim();
    m_world->server->inject(Fault::WrongSecret, "/share_sync", 100);
    const auto recovery = QCoro::waitFor(m_manager->recoverKey(id));
    QVERIFY(recovery && !recovery->found);
    QVERIFY(!known(id).hasKey);
    // Nor one of a server that accepts anything.
    m_world->server->heal();
    m_world->server->inject(Fault::WrongJson, "/share_sync", 100);
    const auto any = QCoro::waitFor(m_manager->recoverKey(id));
    QVERIFY(!any && any.error().code == ErrorCode::ServerBadAnswer);
    QVERIFY(!known(id).hasKey);
    m_world->server->heal();
    m_world->server->inject(Fault::Status500, "/share_create", 1);
    const auto refused = QCoro::waitFor(m_manager->recoverKey(id));
    QVERIFY(refused && !refused->found);
    m_world->server->stop();
    const auto away = QCoro::waitFor(m_manager->recoverKey(id));
    QVERIFY(!away && away.error().code == ErrorCode::ServerUnreachable);
}

void TestFirstGenerationKeys::asksForNoKeyByItself()
{
    const LinkId id = claim();
    QVERIFY(QCoro::waitFor(m_manager->auditDueLinks()));
    QVERIFY(QCoro::waitFor(m_manager->resume()));
    const auto removed = QCoro::waitFor(m_manager->unshare(id));
    QVERIFY(!removed && removed.error().code == ErrorCode::KeyMissing);
    QCOMPARE(known(id).state, LinkState::OrphanLost);
    QCOMPARE(creations(), 1U);
}

QTEST_GUILESS_MAIN(TestFirstGenerationKeys)
#include "test_first_generation_keys.moc"
