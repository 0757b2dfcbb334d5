// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"

#include <QCoroTask>
#include <QTest>

#include <atomic>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;

class TestManagerResume : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resumesReservation();
    void resumesHalfPublished();
    void leavesRunningPublishAlone();
    void resumesTakedown();
    void resumeLooksAgain();
    void takesDownExpired();
    void clockSetBack();
};

void TestManagerResume::resumesReservation()
{
    ManagerWorld world;
    const auto ledger = LinkLedger::open(world.environment.dataFolder() % u"/ledger.db");
    QVERIFY2(ledger, qPrintable(text(ledger)));
    Link link;
    link.id = {world.server->origin(), QStringLiteral("GhIjKlM1")};
    link.kind = LinkKind::Snapshot;
    link.step = LinkStep::Reserved;
    QVERIFY((*ledger)->save(link));

    world.server->stop();
    const auto manager = world.manager();
    QVERIFY(QCoro::waitFor(manager->resume()));
    QCOMPARE(manager->links()->size(), 1U);
    world.server->start();
    QVERIFY(QCoro::waitFor(manager->resume()));
    QVERIFY(manager->links()->empty());
    QCOMPARE(manager->receipts()->front().act, QStringLiteral("forget"));
}

void TestManagerResume::resumesHalfPublished()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    {
        const auto manager = world.manager();
        auto offer = manager->offer(QString::fromUtf8(firstSession));
        QVERIFY(offer);
        QVERIFY(QCoro::waitFor(manager->publish(*std::move(offer))));
        // As the ledger is when the program is killed while it uploads.
        const auto ledger = LinkLedger::open(world.environment.dataFolder() % u"/ledger.db");
        Link link = (*ledger)->links()->front();
        link.step = LinkStep::Sealed;
        link.state = LinkState::Unknown;
        QVERIFY((*ledger)->save(link));
    }
    const auto manager = world.manager();
    const auto resumed = QCoro::waitFor(manager->resume());
    QVERIFY2(resumed, qPrintable(text(resumed)));
    QCOMPARE(resumed->size(), 1U);
    QCOMPARE(resumed->front().state, LinkState::Removed);
    QVERIFY(!world.isReadable(resumed->front().id.shareId));
}

void TestManagerResume::leavesRunningPublishAlone()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    ManagerOptions patient = world.options();
    patient.http.idleTimeout = 60s;
    ShareManager publisher(patient);
    const auto other = world.manager();
    auto offer = publisher.offer(QString::fromUtf8(firstSession));
    QVERIFY(offer);
    std::atomic<bool> held = true;
    world.server->onRequest([&](const demo::SeenRequest& request) {
        if (request.path.endsWith("/sync"))
            held.wait(true);
    });
    auto publishing = publisher.publish(*std::move(offer));
    QTRY_VERIFY(!other->links()->empty() && other->links()->front().step == LinkStep::Sealed);
    const auto resumed = QCoro::waitFor(other->resume());
    QVERIFY(resumed);
    QVERIFY(resumed->empty());
    QCOMPARE(other->links()->front().step, LinkStep::Sealed);
    held = false;
    held.notify_all();
    const auto link = QCoro::waitFor(publishing);
    QVERIFY2(link, qPrintable(text(link)));
    QVERIFY(QCoro::waitFor(other->resume())->empty());
    QVERIFY(world.isReadable(link->id.shareId));
}

void TestManagerResume::resumesTakedown()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    {
        const auto manager = world.manager();
        QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
        world.server->stop();
        const auto link = QCoro::waitFor(manager->unshare(id));
        QVERIFY2(link, qPrintable(text(link)));
        QCOMPARE(link->state, LinkState::Unreachable);
    }
    world.database->execute("DELETE FROM session_share; DELETE FROM session");
    world.server->start();
    const auto manager = world.manager();
    const auto resumed = QCoro::waitFor(manager->resume());
    QVERIFY2(resumed, qPrintable(text(resumed)));
    QCOMPARE(resumed->size(), 1U);
    QCOMPARE(resumed->front().state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
}

void TestManagerResume::resumeLooksAgain()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    const auto manager = world.manager();
    QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
    QVERIFY(manager->links());
    // Taken down some time ago, and since then a running opencode has synced again.
    const auto ledger = LinkLedger::open(world.environment.dataFolder() % u"/ledger.db");
    Link link = *(*ledger)->link(id).value();
    link.step = LinkStep::TakedownDone;
    link.state = LinkState::Removed;
    link.removedAt = now() - 6min;
    link.nextProbeAt = now() - 1min;
    QVERIFY((*ledger)->save(link));
    const auto resumed = QCoro::waitFor(manager->resume());
    QVERIFY2(resumed, qPrintable(text(resumed)));
    QCOMPARE(resumed->size(), 1U);
    QCOMPARE(resumed->front().state, LinkState::Removed);
    QVERIFY(resumed->front().nextProbeAt > now());
    QVERIFY(!world.isReadable(id.shareId));
    QVERIFY(QCoro::waitFor(manager->resume())->empty());
    QCoro::waitFor(manager->backgroundDone());
}

void TestManagerResume::takesDownExpired()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    world.addSession(secondSession, "Second");
    const LinkId id = world.shareLive(firstSession);
    const LinkId other = world.shareLive(secondSession);
    const auto manager = world.manager();
    QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
    QVERIFY(manager->sessions());
    QVERIFY(manager->setExpiry(id, now() - 1s));
    QVERIFY(manager->setExpiry(other, now() + 1h));
    const auto resumed = QCoro::waitFor(manager->resume());
    QVERIFY2(resumed, qPrintable(text(resumed)));
    QCOMPARE(resumed->size(), 1U);
    QCOMPARE(resumed->front().id, id);
    QCOMPARE(resumed->front().state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
    QVERIFY(world.isReadable(other.shareId));
    // Never, once it was said.
    QVERIFY(manager->setExpiry(other, std::nullopt));
    QVERIFY(QCoro::waitFor(manager->resume())->empty());
    QCoro::waitFor(manager->backgroundDone());
}

void TestManagerResume::clockSetBack()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    const Timestamp expiry = now() + 1h;
    Timestamp at = expiry - 1ms;
    ManagerOptions options = world.options();
    options.clock = [&at] { return at; };
    ShareManager manager(options);
    QCOMPARE(QCoro::waitFor(manager.openVault()).status, VaultStatus::Open);
    QVERIFY(manager.sessions());
    QVERIFY(manager.setExpiry(id, expiry));
    const auto asked = world.server->requests().size();
    QVERIFY(QCoro::waitFor(manager.resume())->empty());
    at -= 24h;
    QVERIFY(QCoro::waitFor(manager.resume())->empty());
    QCOMPARE(world.server->requests().size(), asked);
    at = expiry;
    QCOMPARE(QCoro::waitFor(manager.resume())->size(), 1U);
    QVERIFY(!world.isReadable(id.shareId));
    QCoro::waitFor(manager.backgroundDone());
}

QTEST_GUILESS_MAIN(TestManagerResume)
#include "test_manager_resume.moc"
