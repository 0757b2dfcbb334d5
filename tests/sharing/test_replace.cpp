// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"
#include "sharing_world.h"

#include <QCoroTask>
#include <QTest>

#include <algorithm>
#include <atomic>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Fault;
using demo::Generation;

//! A live link gives way to a snapshot; there is never neither.
class TestReplace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replaces_data();
    void replaces();
    void snapshotFirst();
    void failedSnapshotLeavesTheLink_data();
    void failedSnapshotLeavesTheLink();
    void goesOnAfterwards();
    void refuses();
};

void TestReplace::replaces_data()
{
    QTest::addColumn<Generation>("generation");
    QTest::newRow("2026-03") << Generation::March2026;
    QTest::newRow("2026-06") << Generation::June2026;
    QTest::newRow("next") << Generation::Next;
}

void TestReplace::replaces()
{
    QFETCH(const Generation, generation);
    ManagerWorld world(generation);
    world.addSession(firstSession, "First");
    const LinkId old = world.shareLive(firstSession);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    auto offer = manager->offer(QString::fromUtf8(firstSession));
    QVERIFY2(offer, qPrintable(text(offer)));
    const auto done = QCoro::waitFor(manager->replace(old, *std::move(offer)));
    QVERIFY2(done, qPrintable(text(done)));
    QVERIFY2(done->old, qPrintable(text(done->old)));
    QCOMPARE(done->snapshot.kind, LinkKind::Snapshot);
    QCOMPARE(done->snapshot.state, LinkState::Live);
    QCOMPARE(done->old->state, LinkState::Removed);
    QVERIFY(world.isReadable(done->snapshot.id.shareId));
    QVERIFY(!world.isReadable(old.shareId));
    const auto receipts = manager->receipts();
    const auto noted = std::find_if(receipts->begin(), receipts->end(), [](const Receipt& receipt) {
        return receipt.act == QStringLiteral("replace");
    });
    QVERIFY(noted != receipts->end());
    QVERIFY(noted->link == old);
}

void TestReplace::snapshotFirst()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId old = world.shareLive(firstSession);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    std::atomic<bool> early = false;
    const QByteArray oldPath = "/api/share/" + old.shareId.toUtf8();
    world.server->onRequest([&](const demo::SeenRequest& request) {
        if (!request.path.startsWith(oldPath) || request.verb == "GET")
            return;
        // Whoever touches the old link finds the new one readable, and both known to the ledger.
        const auto ledger = LinkLedger::open(world.environment.dataFolder() % u"/ledger.db");
        const auto links = (*ledger)->links();
        int published = 0;
        for (const Link& link : *links)
            published += link.kind == LinkKind::Snapshot && link.step == LinkStep::Published &&
                                 world.isReadable(link.id.shareId)
                             ? 1
                             : 0;
        if (published != 1)
            early = true;
    });
    auto offer = manager->offer(QString::fromUtf8(firstSession));
    const auto done = QCoro::waitFor(manager->replace(old, *std::move(offer)));
    world.server->onRequest({});
    QVERIFY2(done, qPrintable(text(done)));
    QVERIFY(!early);
}

void TestReplace::failedSnapshotLeavesTheLink_data()
{
    QTest::addColumn<QByteArray>("match");
    QTest::newRow("created") << QByteArrayLiteral("POST /api/share");
    QTest::newRow("sent") << QByteArrayLiteral("/sync");
    QTest::newRow("read back") << QByteArrayLiteral("/data?");
}

void TestReplace::failedSnapshotLeavesTheLink()
{
    QFETCH(const QByteArray, match);
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId old = world.shareLive(firstSession);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    auto offer = manager->offer(QString::fromUtf8(firstSession));
    world.server->inject(Fault::Status413, match, 1000);
    const auto done = QCoro::waitFor(manager->replace(old, *std::move(offer)));
    QVERIFY(!done);
    world.server->heal();
    QVERIFY(world.isReadable(old.shareId));
    QVERIFY(QCoro::waitFor(manager->resume()));
    // Nothing but the live link is left, and nothing is to be done about it.
    for (const QString& shareId : world.server->shareIds())
        QCOMPARE(world.isReadable(shareId), shareId == old.shareId);
    const auto links = manager->links();
    const auto kept =
        std::find_if(links->begin(), links->end(), [&](const Link& link) { return link.id == old; });
    QVERIFY(kept != links->end());
    QCOMPARE(kept->step, LinkStep::Published);
}

// Published, and then the server is gone: a new start takes the live link down.
void TestReplace::goesOnAfterwards()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId old = world.shareLive(firstSession);
    {
        const auto manager = world.manager();
        QVERIFY(manager->links());
        auto offer = manager->offer(QString::fromUtf8(firstSession));
        std::stop_source end;
        const auto onTakedown = [&](const LinkId&, TakedownStage) { end.request_stop(); };
        const auto done =
            QCoro::waitFor(manager->replace(old, *std::move(offer), {}, onTakedown, end.get_token()));
        QVERIFY2(done, qPrintable(text(done)));
        QVERIFY(!done->old);
        QVERIFY(world.isReadable(old.shareId));
    }
    const auto manager = world.manager();
    const auto resumed = QCoro::waitFor(manager->resume());
    QVERIFY2(resumed, qPrintable(text(resumed)));
    QCOMPARE(resumed->size(), 1U);
    QVERIFY(resumed->front().id == old);
    QCOMPARE(resumed->front().state, LinkState::Removed);
    const auto shareIds = world.server->shareIds();
    QCOMPARE(std::count_if(shareIds.begin(), shareIds.end(),
                           [&](const QString& shareId) { return world.isReadable(shareId); }),
             1);
}

void TestReplace::refuses()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    world.addSession(secondSession, "Second");
    const LinkId old = world.shareLive(firstSession);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    const auto before = world.server->requests().size();
    auto other = manager->offer(QString::fromUtf8(secondSession));
    const auto mixed = QCoro::waitFor(manager->replace(old, *std::move(other)));
    QVERIFY(!mixed);
    QCOMPARE(mixed.error().code, ErrorCode::SessionNotFound);
    QCOMPARE(world.server->requests().size(), before);
    QVERIFY(QCoro::waitFor(manager->unshare(old)));
    auto offer = manager->offer(QString::fromUtf8(firstSession));
    const auto closed = QCoro::waitFor(manager->replace(old, *std::move(offer)));
    QVERIFY(!closed);
    QCOMPARE(closed.error().code, ErrorCode::LinkClosed);
}

QTEST_GUILESS_MAIN(TestReplace)
#include "test_replace.moc"
