// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/document_digest.h"
#include "manager_world.h"
#include "sharing_world.h"

#include <QCoroTask>
#include <QDir>
#include <QTest>
#include <QUuid>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;

//! opencode deleted a shared session before Sharelock had seen its key.
class TestManagerRecover : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsTheKeyAndTakesTheLinkDown_data();
    void findsTheKeyAndTakesTheLinkDown();
    void asksForRemovalWhereNothingIsFound();
    void sendsNoKeyOfAnotherServer();
    void sendsNoKeyThatIsInUse();
    void believesNoServerThatAcceptsEverything();
    void triesNothingWhileTheServerIsAway();
    void asksTwiceAboutTheLikeliest();
    void isCancelled();
    void leavesOtherLinksAlone();

private:
    //! The link, whose key opencode has lost; the key in clear.
    QByteArray loseKey(bool hasSession = false);
    void writeLink(Link link) const;
    [[nodiscard]] QByteArray keyInDatabase() const;
    [[nodiscard]] Expected<KeyRecovery> recover(std::stop_token stop = {}, RecoveryObserver observe = {});
    [[nodiscard]] QByteArray bodies(const demo::LoopbackShareServer& server) const;
    [[nodiscard]] QString allReceipts() const;

    std::unique_ptr<ManagerWorld> m_world;
    std::unique_ptr<ShareManager> m_manager;
    LinkId m_id;
};

void TestManagerRecover::init()
{
    m_manager.reset();
    m_world = std::make_unique<ManagerWorld>();
    m_world->database->execute("PRAGMA secure_delete = OFF");
    m_manager = m_world->manager();
}

QByteArray TestManagerRecover::keyInDatabase() const
{
    auto statement = m_world->database->connection().prepare("SELECT secret FROM session_share");
    if (!statement || !statement->step().value_or(false))
        qFatal("no key");
    return statement->string(0).toLatin1();
}

void TestManagerRecover::writeLink(Link link) const
{
    auto ledger = LinkLedger::open(m_world->environment.dataFolder() % u"/ledger.db");
    if (!ledger || !(*ledger)->save(link))
        qFatal("ledger");
}

QByteArray TestManagerRecover::loseKey(bool hasSession)
{
    if (!hasSession)
        m_world->addSession(firstSession, "A lost one");
    m_id = m_world->shareLive(firstSession);
    QByteArray key = keyInDatabase();
    m_world->database->execute("DELETE FROM session_share; DELETE FROM session WHERE id = '" + firstSession +
                               "'");
    Link link;
    link.id = m_id;
    link.url = QUrl(m_id.origin.toString() % u"/share/" % m_id.shareId);
    link.sessionId = QString::fromLatin1(firstSession);
    link.sourceSessionId = link.sessionId;
    link.title = QStringLiteral("A lost one");
    link.state = LinkState::OrphanLost;
    link.sessionDeleted = true;
    link.sharedAt = now();
    writeLink(link);
    return key;
}

Expected<KeyRecovery> TestManagerRecover::recover(std::stop_token stop, RecoveryObserver observe)
{
    return QCoro::waitFor(m_manager->recoverKey(m_id, std::move(observe), std::move(stop)));
}

QByteArray TestManagerRecover::bodies(const demo::LoopbackShareServer& server) const
{
    QByteArray all;
    for (const demo::SeenRequest& request : server.requests())
        all += request.body + '\n';
    return all;
}

QString TestManagerRecover::allReceipts() const
{
    const auto receipts = m_manager->receipts(ReceiptFilter());
    return QString::fromUtf8(receiptsText(receipts.value(), ExportFormat::Json));
}

void TestManagerRecover::findsTheKeyAndTakesTheLinkDown_data()
{
    QTest::addColumn<int>("generation");
    QTest::addColumn<bool>("checkpoint");
    for (const auto generation :
         {demo::Generation::March2026, demo::Generation::June2026, demo::Generation::Next}) {
        QTest::addRow("generation %d, log", int(generation)) << int(generation) << false;
        QTest::addRow("generation %d, free block", int(generation)) << int(generation) << true;
    }
}

void TestManagerRecover::findsTheKeyAndTakesTheLinkDown()
{
    QFETCH(int, generation);
    QFETCH(bool, checkpoint);
    m_world = std::make_unique<ManagerWorld>(demo::Generation(generation));
    m_world->database->execute("PRAGMA secure_delete = OFF");
    m_manager = m_world->manager();
    const QByteArray key = loseKey();
    if (checkpoint)
        m_world->database->checkpoint();
    const QByteArray publicBefore = m_world->server->dataOf(m_id.shareId);

    RecoveryProgress last;
    const auto recovery = recover({}, [&](const RecoveryProgress& progress) { last = progress; });
    QCOMPARE(text(recovery), QString());
    QVERIFY(recovery->found);
    QVERIFY(recovery->link.state == LinkState::Orphan);
    QVERIFY(recovery->link.hasKey);
    QVERIFY(recovery->tried >= 1 && recovery->tried <= recovery->candidates);
    QVERIFY(recovery->files.contains(m_world->databasePath()));
    QVERIFY(recovery->bytes > 0);
    QCOMPARE(last.tried, recovery->tried);
    // The test of a key changes nothing that is public.
    QCOMPARE(m_world->server->dataOf(m_id.shareId), publicBefore);
    for (const demo::SeenRequest& request : requestsFor(*m_world->server, "DELETE"))
        QFAIL(request.path.constData());
    QVERIFY(!allReceipts().contains(QString::fromLatin1(key)));
    QVERIFY(allReceipts().contains(QStringLiteral("\"act\": \"recover\"")));

    const auto gone = QCoro::waitFor(m_manager->unshare(m_id));
    QCOMPARE(text(gone), QString());
    QVERIFY(gone->state == LinkState::Removed);
    QVERIFY(!m_world->isReadable(m_id.shareId));
    QVERIFY(m_manager->verifyReceipts()->isIntact());

    // The proof tells what was public before, and that nothing is now.
    const auto receipts = m_manager->receipts(ReceiptFilter()).value();
    const auto proof = std::find_if(receipts.begin(), receipts.end(),
                                    [](const Receipt& receipt) { return receipt.isProof; });
    QVERIFY(proof != receipts.end());
    QCOMPARE(proof->publicBefore, document::digest(parsed(publicBefore)));
    QVERIFY(!proof->publicAfter.isEmpty() && proof->publicAfter != proof->publicBefore);
    QVERIFY(!proof->asked.isEmpty() && !proof->answered.isEmpty());
}

void TestManagerRecover::asksForRemovalWhereNothingIsFound()
{
    (void)loseKey();
    m_world->database->execute("PRAGMA secure_delete = ON; VACUUM");
    m_world->database->execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const auto recovery = recover();
    QCOMPARE(text(recovery), QString());
    QVERIFY(!recovery->found);
    QCOMPARE(recovery->candidates, 0);
    QCOMPARE(recovery->tried, 0);
    QVERIFY(recovery->link.state == LinkState::OrphanLost);
    QVERIFY(!recovery->link.hasKey);
    // The sync that shared it, and nothing since.
    QCOMPARE(requestsFor(*m_world->server, "/sync").size(), 1U);
    const Receipt receipt = m_manager->receipts(1)->front();
    QCOMPARE(receipt.act, QStringLiteral("recover"));
    QCOMPARE(receipt.outcome, QStringLiteral("key-missing"));
    QVERIFY(receipt.asked.isEmpty());

    const QString request = removalRequest(recovery->link);
    for (const QString& fact : {m_id.shareId, recovery->link.sessionId, recovery->link.url.toString(),
                                isoString(recovery->link.sharedAt), isoString(recovery->link.checkedAt)})
        QVERIFY2(request.contains(fact), qPrintable(fact));
    QVERIFY(!request.contains(recovery->link.title));
}

void TestManagerRecover::sendsNoKeyOfAnotherServer()
{
    // The session was shared on one server, then, under the same ID, on another.
    demo::LoopbackShareServer other(demo::Generation::June2026);
    const QByteArray otherKey = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    const QByteArray shareId = firstSession.right(8);
    m_world->addSession(firstSession, "A lost one");
    m_world->database->addShare(firstSession, shareId,
                                other.origin().toString().toUtf8() + "/share/" + shareId, otherKey);
    m_world->database->execute("DELETE FROM session_share");
    const QByteArray key = loseKey(true);
    const auto recovery = recover();
    QCOMPARE(text(recovery), QString());
    QVERIFY(recovery->found);
    QVERIFY(other.requests().empty());
    QVERIFY(!bodies(*m_world->server).contains(otherKey));
    QVERIFY(bodies(*m_world->server).contains(key));
}

void TestManagerRecover::sendsNoKeyThatIsInUse()
{
    const QByteArray key = loseKey();
    // A live link's key, which a conversation about the lost link quotes beside its ID.
    m_world->addSession(secondSession, "Another");
    (void)m_world->shareLive(secondSession);
    const QByteArray liveKey = keyInDatabase();
    m_world->database->addMessage("msg_q", secondSession, 1, userMessage());
    m_world->database->addPart("prt_q", "msg_q", secondSession,
                               textPart("Look at " + m_id.shareId.toUtf8() + " and " + liveKey));
    const qsizetype before = bodies(*m_world->server).size();
    const auto recovery = recover();
    QCOMPARE(text(recovery), QString());
    QVERIFY(recovery->found);
    QVERIFY(!bodies(*m_world->server).mid(before).contains(liveKey));
    QVERIFY(bodies(*m_world->server).mid(before).contains(key));
}

void TestManagerRecover::believesNoServerThatAcceptsEverything()
{
    (void)loseKey();
    m_world->server->inject(demo::Fault::WrongJson, "/sync", 100);
    const auto recovery = recover();
    QVERIFY(!recovery);
    QVERIFY(recovery.error().code == ErrorCode::ServerBadAnswer);
    QVERIFY(!m_manager->findLink(m_id.shareId)->hasKey);
}

void TestManagerRecover::triesNothingWhileTheServerIsAway()
{
    (void)loseKey();
    m_world->server->stop();
    const auto recovery = recover();
    QVERIFY(!recovery);
    QVERIFY(recovery.error().code == ErrorCode::ServerUnreachable);
    m_world->server->start();
    QVERIFY(recover()->found);
}

void TestManagerRecover::asksTwiceAboutTheLikeliest()
{
    (void)loseKey();
    m_world->server->inject(demo::Fault::Status500, "/sync", 1);
    const auto recovery = recover();
    QCOMPARE(text(recovery), QString());
    QVERIFY(recovery->found);
}

void TestManagerRecover::isCancelled()
{
    (void)loseKey();
    std::stop_source stop;
    stop.request_stop();
    const auto recovery = recover(stop.get_token());
    QVERIFY(!recovery);
    QVERIFY(recovery.error().code == ErrorCode::Cancelled);
    QVERIFY(recover()->found);
}

void TestManagerRecover::leavesOtherLinksAlone()
{
    (void)loseKey();
    QVERIFY(recover()->found);
    const std::size_t syncs = requestsFor(*m_world->server, "/sync").size();
    // It has its key: nothing is searched again.
    const auto again = recover();
    QVERIFY(again && again->found);
    QCOMPARE(again->bytes, 0);
    QCOMPARE(requestsFor(*m_world->server, "/sync").size(), syncs);
    QVERIFY(QCoro::waitFor(m_manager->unshare(m_id))->state == LinkState::Removed);
}

QTEST_GUILESS_MAIN(TestManagerRecover)
#include "test_manager_recover.moc"
