// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "live_link.h"

#include "sharing/share_server.h"

#include <QCoroTask>
#include <QTest>

#include <array>
#include <atomic>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Fault;
using demo::Generation;
using demo::LoopbackShareServer;

//! What goes wrong on the way, and what is left to do afterwards.
class TestTakedownFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void faultOnce_data();
    void faultOnce();
    void faultForGood_data();
    void faultForGood();
    void cancelled_data();
    void cancelled();
    void resumesFromAnyRequest_data();
    void resumesFromAnyRequest();
};

void TestTakedownFaults::faultOnce_data()
{
    QTest::addColumn<Generation>("generation");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QByteArray>("step");
    const std::vector<std::pair<const char*, Fault>> faults{
        {"refused", Fault::Refuse},      {"reset", Fault::Reset},         {"slow", Fault::Slow},
        {"500", Fault::Status500},       {"429", Fault::Status429},       {"413", Fault::Status413},
        {"truncated", Fault::Truncated}, {"wrong JSON", Fault::WrongJson}};
    const std::vector<std::pair<const char*, Generation>> generations{{"first", Generation::First},
                                                                      {"2026-03", Generation::March2026},
                                                                      {"2026-06", Generation::June2026},
                                                                      {"next", Generation::Next}};
    for (const auto& [generationName, generation] : generations) {
        for (const auto& [name, fault] : faults) {
            const bool isFirst = generation == Generation::First;
            const auto steps = isFirst ? std::array{"/share_data", "/share_sync", "/share_delete"}
                                       : std::array{"/data", "/sync", "DELETE"};
            for (const char* step : steps)
                QTest::addRow("%s, %s at %s", generationName, name, step)
                    << generation << fault << QByteArray(step);
        }
    }
}

void TestTakedownFaults::faultOnce()
{
    QFETCH(Generation, generation);
    QFETCH(Fault, fault);
    QFETCH(QByteArray, step);
    LoopbackShareServer server(generation);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    server.inject(fault, step, 1);
    auto link = takeDown(world, live.link.id);
    QVERIFY(link);
    QCOMPARE(link->state, LinkState::Removed);
    QVERIFY(!isReadable(server, live.link.id.shareId));
}

void TestTakedownFaults::faultForGood_data()
{
    faultOnce_data();
}

void TestTakedownFaults::faultForGood()
{
    QFETCH(Generation, generation);
    QFETCH(Fault, fault);
    QFETCH(QByteArray, step);
    LoopbackShareServer server(generation);
    // Slower than anybody waits, but nobody waits for long.
    HttpPolicy policy = SharingWorld::fast();
    if (fault == Fault::Slow)
        policy.idleTimeout = std::chrono::milliseconds(120);
    SharingWorld world(policy);
    const LiveLink live = shareLive(world, server);
    server.inject(fault, step, 1000);
    const auto link = takeDown(world, live.link.id);
    QVERIFY(link);
    const QString& shareId = live.link.id.shareId;
    if (link->state == LinkState::Removed)
        QVERIFY2(!isReadable(server, shareId), "said to be removed, but can be read");
    if (step.endsWith("data"))
        QVERIFY2(link->state != LinkState::Removed, "removed without a proof");
}

void TestTakedownFaults::cancelled_data()
{
    QTest::addColumn<Generation>("generation");
    QTest::addColumn<TakedownStage>("stage");
    const std::vector<std::pair<const char*, TakedownStage>> stages{{"reading", TakedownStage::Reading},
                                                                    {"blanking", TakedownStage::Blanking},
                                                                    {"deleting", TakedownStage::Deleting},
                                                                    {"probing", TakedownStage::Probing}};
    for (const auto& [name, stage] : stages) {
        QTest::addRow("first, %s", name) << Generation::First << stage;
        QTest::addRow("2026-06, %s", name) << Generation::June2026 << stage;
    }
}

void TestTakedownFaults::cancelled()
{
    QFETCH(Generation, generation);
    QFETCH(TakedownStage, stage);
    LoopbackShareServer server(generation);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    std::stop_source stop;
    const auto link = takeDown(
        world, live.link.id, {},
        [&](const LinkId&, TakedownStage now) {
            if (now == stage)
                stop.request_stop();
        },
        stop.get_token());
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::Cancelled);
    const Link known = *world.ledger->link(live.link.id).value();
    // Before anything was changed it is as it was; later it has to be gone through with.
    QCOMPARE(known.step, stage == TakedownStage::Reading ? LinkStep::Published : LinkStep::TakedownRequested);
    QVERIFY(known.state != LinkState::Removed);
    const auto again = takeDown(world, live.link.id);
    QVERIFY(again);
    QCOMPARE(again->state, LinkState::Removed);
}

void TestTakedownFaults::resumesFromAnyRequest_data()
{
    QTest::addColumn<Generation>("generation");
    QTest::addColumn<int>("requests");
    // Reads, eleven items, deletes, probes.
    for (int requests = 0; requests < 16; ++requests)
        QTest::addRow("first, after %d", requests) << Generation::First << requests;
    for (int requests = 0; requests < 9; ++requests) {
        QTest::addRow("2026-03, after %d", requests) << Generation::March2026 << requests;
        QTest::addRow("2026-06, after %d", requests) << Generation::June2026 << requests;
        QTest::addRow("next, after %d", requests) << Generation::Next << requests;
    }
}

// Where content stays without its record, the record is gone, so that the long way is gone; it breaks off
// after some number of requests.
void TestTakedownFaults::resumesFromAnyRequest()
{
    QFETCH(Generation, generation);
    QFETCH(int, requests);
    LoopbackShareServer server(generation);
    SharingWorld world;
    const LiveLink live = shareLive(world, server);
    ShareServer protocol(live.link, world.http);
    if (generation != Generation::First)
        QVERIFY(QCoro::waitFor(protocol.remove(live.link.id.shareId, live.key)));

    std::stop_source stop;
    std::atomic<int> left = requests;
    server.onCarriedOut([&](const demo::SeenRequest&) {
        if (left-- <= 0)
            stop.request_stop();
    });
    const auto broken = takeDown(world, live.link.id, {}, {}, stop.get_token());
    server.onCarriedOut({});
    if (broken)
        QCOMPARE(broken->state, LinkState::Removed);
    // A new process: nothing is left but the ledger.
    const auto ledger = world.anotherLedger();
    Takedown takedown(*ledger, world.vault, world.http);
    const auto link = QCoro::waitFor(takedown.run(live.link.id));
    QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
    QCOMPARE(link->state, LinkState::Removed);
    QVERIFY(!isReadable(server, live.link.id.shareId));
}

QTEST_GUILESS_MAIN(TestTakedownFaults)
#include "test_takedown_faults.moc"
