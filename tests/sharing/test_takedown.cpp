// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "live_link.h"

#include "sharing/share_server.h"

#include <QCoroTask>
#include <QTest>

#include <httplib.h>

#include <mutex>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;
using demo::Generation;
using demo::LoopbackShareServer;

namespace {

void addGenerations()
{
    QTest::addColumn<Generation>("generation");
    QTest::newRow("first") << Generation::First;
    QTest::newRow("2026-03") << Generation::March2026;
    QTest::newRow("2026-06") << Generation::June2026;
    QTest::newRow("next") << Generation::Next;
}

} // namespace

class TestTakedown : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void removes_data();
    void removes();
    void removesHundredsOfKeysInBoundedBodies();
    void removesContentWithoutRecord_data();
    void removesContentWithoutRecord();
    void opencodeSyncsInBetween_data();
    void opencodeSyncsInBetween();
    void usesTheKeyThatWorks();
    void spareKeyServesWithoutVault();
    void withoutKey();
    void withoutKeyButGone();
    void sealedKeyOfClosedVault();
    void cacheIsNoRemoval();
    void unreachableIsNoVerdict();
    void goesToItsOwnOriginOnly();
    void proofNamesTheTime();
};

void TestTakedown::removes_data()
{
    addGenerations();
}

void TestTakedown::removes()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    QVERIFY(isReadable(server, live.link.id.shareId));
    std::vector<TakedownStage> stages;
    LinkStep stepWhileReading = LinkStep::Published;
    const TakedownObserver observe = [&](const LinkId& id, TakedownStage stage) {
        stages.push_back(stage);
        if (stage == TakedownStage::Reading)
            stepWhileReading = world.anotherLedger()->link(id).value()->step;
    };
    const Timestamp at = fromMilliseconds(1'760'000'000'000);
    const auto link = takeDown(world, live.link.id, {}, observe, {}, [at] { return at; });

    QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
    QCOMPARE(link->state, LinkState::Removed);
    QCOMPARE(link->step, LinkStep::TakedownDone);
    QCOMPARE(*link->removedAt, at);
    QCOMPARE(*link->checkedAt, at);
    QCOMPARE(*link->nextProbeAt, at + 5min);
    QCOMPARE(link->publicMessages, 0);
    QVERIFY(link->hasKey);
    QCOMPARE(*world.ledger->link(link->id).value(), *link);
    QCOMPARE(stepWhileReading, LinkStep::TakedownRequested);
    const std::vector<TakedownStage> all{TakedownStage::Reading, TakedownStage::Blanking,
                                         TakedownStage::Deleting, TakedownStage::Probing};
    QVERIFY(stages == all);
    QVERIFY(!isReadable(server, link->id.shareId));
    QVERIFY(!namesAda(server.dataOf(link->id.shareId)));
    const auto receipts = world.ledger->receipts().value();
    QCOMPARE(receipts.size(), 3U);
    QCOMPARE(receipts.at(0).act, QStringLiteral("probe"));
    QVERIFY(receipts.at(0).isProof);
    QCOMPARE(receipts.at(1).act, QStringLiteral("delete"));
    QCOMPARE(receipts.at(2).act, QStringLiteral("blank"));
    QVERIFY(!receipts.at(1).isProof && !receipts.at(2).isProof);
}

void TestTakedown::removesHundredsOfKeysInBoundedBodies()
{
    LoopbackShareServer server(Generation::March2026);
    SharingWorld world{HttpPolicy()};
    const LiveLink live = shareLive(world, server, true, 12'000);
    const auto link = takeDown(world, live.link.id);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Removed);
    const auto syncs = requestsFor(server, "/sync");
    QVERIFY(syncs.size() > 3);
    for (std::size_t index = 1; index < syncs.size(); ++index) // The first one is opencode's.
        QVERIFY(syncs[index].body.size() <= 1'000'000);
}

void TestTakedown::removesContentWithoutRecord_data()
{
    addGenerations();
}

// What opencode's own unshare leaves behind: the record is gone, the content answers.
void TestTakedown::removesContentWithoutRecord()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    ShareServer protocol(live.link, world.http);
    QVERIFY(QCoro::waitFor(protocol.remove(live.link.id.shareId, live.key)));
    const bool keepsContent = generation == Generation::March2026 || generation == Generation::June2026;
    QCOMPARE(isReadable(server, live.link.id.shareId), keepsContent);

    const auto link = takeDown(world, live.link.id);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Removed);
    QVERIFY(!isReadable(server, link->id.shareId));
    const bool recreated = world.receiptsText().contains(QStringLiteral("recreate ok"));
    QCOMPARE(recreated, keepsContent);
    // The record of the second creation is gone as well: nobody can write there any more.
    QCOMPARE(world.keysOf(link->id).size(), recreated ? 2U : 1U);
}

void TestTakedown::opencodeSyncsInBetween_data()
{
    addGenerations();
}

void TestTakedown::opencodeSyncsInBetween()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    const bool isFirst = generation == Generation::First;
    const std::string path =
        isFirst ? "/share_sync" : "/api/share/" + live.link.id.shareId.toStdString() + "/sync";
    const ShareServer protocol(live.link, world.http);
    const std::string body = protocol.body(live.key, conversation(2).items()).toStdString();
    const int port = server.origin().port();
    std::once_flag once;
    int status = 0;
    server.onRequest([&](const demo::SeenRequest& request) {
        if (request.verb != "DELETE" && request.path != "/share_delete")
            return;
        std::call_once(once, [&] {
            httplib::Client opencode("127.0.0.1", port);
            const auto answer = opencode.Post(path, body, "application/json");
            status = answer ? answer->status : -1;
        });
    });
    const auto link = takeDown(world, live.link.id);
    QCOMPARE(status, 200);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Removed);
    QVERIFY(!isReadable(server, link->id.shareId));
}

void TestTakedown::usesTheKeyThatWorks()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    LiveLink live = shareLive(world, server, false);
    // The ledger knows only the key of an earlier sharing; opencode.db has the present one.
    QVERIFY(world.ledger->saveWithKey(live.link, *world.vault.seal(live.link.id, Secret("an-old-key"))));
    const auto link = takeDown(world, live.link.id, live.key);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Removed);
    QVERIFY(!world.receiptsText().contains(QStringLiteral("recreate")));
    QVERIFY(world.receiptsText().contains(QStringLiteral("delete ok")));
}

void TestTakedown::spareKeyServesWithoutVault()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    world.vault = KeyVault();
    const auto link = takeDown(world, live.link.id, live.key);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Removed);
}

void TestTakedown::withoutKey()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const LiveLink live = shareLive(world, server, false);
    const auto link = takeDown(world, live.link.id);
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::KeyMissing);
    const Link known = *world.ledger->link(live.link.id).value();
    QCOMPARE(known.state, LinkState::OrphanLost);
    QCOMPARE(known.publicMessages, 5);
    QCOMPARE(known.step, LinkStep::Published);
    QVERIFY(requestsFor(server, "DELETE").empty());
}

void TestTakedown::withoutKeyButGone()
{
    LoopbackShareServer server(Generation::Next);
    SharingWorld world;
    const LiveLink live = shareLive(world, server, false);
    ShareServer protocol(server.origin(), world.http);
    QVERIFY(QCoro::waitFor(protocol.remove(live.link.id.shareId, live.key)));
    const auto link = takeDown(world, live.link.id);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Removed);
}

void TestTakedown::sealedKeyOfClosedVault()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    world.vault = KeyVault(KeyVault::freshMasterKey());
    const auto wrong = takeDown(world, live.link.id);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::MasterKeyWrong);
    // There is a key, so it is not lost.
    QCOMPARE(world.ledger->link(live.link.id).value()->state, LinkState::Live);
    QVERIFY(isReadable(server, live.link.id.shareId));
}

void TestTakedown::cacheIsNoRemoval()
{
    LoopbackShareServer server(Generation::June2026);
    server.setCacheSeconds(60);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    ShareServer protocol(server.origin(), world.http);
    QVERIFY(QCoro::waitFor(protocol.data(live.link.id.shareId, false)));
    const auto link = takeDown(world, live.link.id);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Cached);
    QCOMPARE(link->step, LinkStep::TakedownDone);
    QVERIFY(!link->removedAt);
    QVERIFY(link->nextProbeAt);
    QVERIFY(proofText(*link).isEmpty());
    const std::vector<Receipt> receipts = world.ledger->receipts().value();
    for (const Receipt& receipt : receipts)
        QVERIFY(!receipt.isProof);

    server.setCacheSeconds(0);
    const auto again = takeDown(world, live.link.id);
    QVERIFY(again);
    QCOMPARE(again->state, LinkState::Removed);
}

void TestTakedown::unreachableIsNoVerdict()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    server.stop();
    const auto link = takeDown(world, live.link.id);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Unreachable);
    QCOMPARE(link->step, LinkStep::TakedownRequested);
    server.start();
    const auto again = takeDown(world, live.link.id);
    QVERIFY(again);
    QCOMPARE(again->state, LinkState::Removed);
}

void TestTakedown::goesToItsOwnOriginOnly()
{
    LoopbackShareServer first(Generation::June2026);
    LoopbackShareServer second(Generation::June2026);
    SharingWorld world;
    const LiveLink live = shareLive(world, first);
    QVERIFY(takeDown(world, live.link.id));
    QVERIFY(second.requests().empty());
    const QByteArray key = QByteArray::fromStdString(std::string(live.key.reveal()));
    QVERIFY(!world.ledgerBytes().contains(key));
    QVERIFY(!world.receiptsText().contains(QString::fromLatin1(key)));
}

void TestTakedown::proofNamesTheTime()
{
    Link link;
    QVERIFY(proofText(link).isEmpty());
    link.state = LinkState::Removed;
    link.removedAt = fromMilliseconds(1'760'000'000'000);
    QVERIFY(proofText(link).contains(QStringLiteral("past caches")));
    link.state = LinkState::StillServed;
    QVERIFY(proofText(link).isEmpty());
}

QTEST_GUILESS_MAIN(TestTakedown)
#include "test_takedown.moc"
