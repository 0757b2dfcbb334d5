// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"
#include "sharing_world.h"

#include "sharing/link_claims.h"
#include "sharing/share_server.h"

#include <QCoroTask>
#include <QTest>

#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <set>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;
using demo::Fault;

namespace {

std::map<QByteArray, int> deletions(const demo::LoopbackShareServer& server)
{
    std::map<QByteArray, int> counts;
    for (const demo::SeenRequest& request : requestsFor(server, "DELETE "))
        ++counts[request.path];
    return counts;
}

LinkStep stepOf(ShareManager& manager, const LinkId& id)
{
    const auto links = manager.links();
    for (const Link& link : *links) {
        if (link.id == id)
            return link.step;
    }
    return LinkStep::Reserved;
}

void slowDown(demo::LoopbackShareServer& server, std::chrono::milliseconds answer)
{
    server.setSlowness(answer);
    server.injectWhere([](const demo::SeenRequest&) { return Fault::Slow; });
}

void verifyUnchanged(const ManagerWorld& world, ShareManager& manager, const BulkResult& result)
{
    QVERIFY(!result.link);
    QCOMPARE(result.link.error().code, ErrorCode::Cancelled);
    QCOMPARE(stepOf(manager, result.id), LinkStep::Published);
    QVERIFY(world.isReadable(result.id.shareId));
}

} // namespace

class TestBulkTakedown : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesAllDown();
    void isOnDiskBeforeTheFirstByte();
    void aDozenAtATime();
    void whatHasBegunGoesFirst();
    void cancelLetsWhatHasBegunEnd();
    void cancelBeforeAnythingChanges();
    void endOfTheProgramTakesNothingBack();
    void deadHostIsLeftInPeace();
    void aThousandWithFaults();
    void twoManagersDoEachLinkOnce();
    void lateComerOnlyLooks();
    void takesDownWhatCameBack();
    void leavesClaimedLinksAlone();
    void claimIsOneAtATime();
};

void TestBulkTakedown::takesAllDown()
{
    ManagerWorld world;
    std::vector<LinkId> ids = world.shareMany(6);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    std::vector<LinkId> asked = ids;
    asked.push_back(ids.front());
    const LinkId stranger{world.server->origin(), QStringLiteral("notknown")};
    asked.push_back(stranger);
    std::map<LinkId, int> ended;
    BulkObserver observe;
    observe.ended = [&](const LinkId& id, const Expected<Link>&) { ++ended[id]; };
    const auto results = QCoro::waitFor(manager->unshareAll(asked, observe));
    QVERIFY2(results, qPrintable(text(results)));
    QCOMPARE(results->size(), ids.size() + 1);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const BulkResult& result = results->at(i);
        QVERIFY(result.id == ids[i]);
        QVERIFY2(result.link, qPrintable(text(result.link)));
        QCOMPARE(result.link->state, LinkState::Removed);
        QCOMPARE(result.link->step, LinkStep::TakedownDone);
        QVERIFY(!world.isReadable(ids[i].shareId));
        QCOMPARE(ended[ids[i]], 1);
    }
    QVERIFY(!results->back().link);
    QCOMPARE(results->back().link.error().code, ErrorCode::LinkNotFound);
}

// A kill before the first answer must not forget what the person asked for.
void TestBulkTakedown::isOnDiskBeforeTheFirstByte()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(6);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    std::mutex mutex;
    int requested = -1;
    world.server->onRequest([&](const demo::SeenRequest&) {
        const std::lock_guard lock(mutex);
        if (requested >= 0)
            return;
        const auto ledger = LinkLedger::open(world.environment.dataFolder() % u"/ledger.db");
        const auto links = (*ledger)->links();
        requested = static_cast<int>(std::count_if(links->begin(), links->end(), [](const Link& link) {
            return link.step == LinkStep::TakedownRequested;
        }));
    });
    QVERIFY(QCoro::waitFor(manager->unshareAll(ids)));
    world.server->onRequest({});
    QCOMPARE(requested, 6);
}

void TestBulkTakedown::aDozenAtATime()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(20);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    int underWay = 0;
    int most = 0;
    BulkObserver observe;
    observe.stage = [&](const LinkId&, TakedownStage stage) {
        if (stage == TakedownStage::Reading)
            most = std::max(most, ++underWay);
    };
    observe.ended = [&](const LinkId&, const Expected<Link>&) { --underWay; };
    // Two calls at once are bound together.
    const std::vector<LinkId> first(ids.begin(), ids.begin() + 10);
    const std::vector<LinkId> second(ids.begin() + 10, ids.end());
    auto one = manager->unshareAll(first, observe);
    auto two = manager->unshareAll(second, observe);
    QVERIFY(QCoro::waitFor(one));
    QVERIFY(QCoro::waitFor(two));
    QCOMPARE(most, 12);
    QCOMPARE(underWay, 0);
}

void TestBulkTakedown::whatHasBegunGoesFirst()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(12);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    const std::size_t before = world.server->requests().size();
    slowDown(*world.server, 100ms);
    QVERIFY(QCoro::waitFor(manager->unshareAll(ids)));
    // In line by the order in which they came, all links were read before the first one was changed.
    std::set<QByteArray> read;
    const std::vector<demo::SeenRequest> seen = world.server->requests();
    for (std::size_t i = before; i < seen.size() && seen[i].verb == "GET"; ++i)
        read.insert(seen[i].path.left(seen[i].path.indexOf('?')));
    QVERIFY2(read.size() >= 4 && read.size() < ids.size(), qPrintable(QString::number(read.size())));
}

void TestBulkTakedown::cancelLetsWhatHasBegunEnd()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(12);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    slowDown(*world.server, 50ms);
    std::stop_source cancel;
    std::set<LinkId> changed;
    BulkObserver observe;
    observe.stage = [&](const LinkId& id, TakedownStage stage) {
        if (stage == TakedownStage::Blanking)
            changed.insert(id);
        if (stage == TakedownStage::Deleting)
            cancel.request_stop();
    };
    const auto results =
        QCoro::waitFor(manager->unshareAll(ids, observe, TakedownStop{cancel.get_token(), {}}));
    QVERIFY2(results, qPrintable(text(results)));
    for (const BulkResult& result : *results) {
        if (changed.contains(result.id)) {
            QVERIFY2(result.link, qPrintable(text(result.link)));
            QCOMPARE(result.link->state, LinkState::Removed);
        } else {
            verifyUnchanged(world, *manager, result);
        }
    }
    QVERIFY(!changed.empty() && changed.size() < ids.size());
    // Taken back is taken back: nothing is left to go on with.
    QVERIFY(QCoro::waitFor(manager->resume())->empty());
}

void TestBulkTakedown::cancelBeforeAnythingChanges()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(8);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    const auto writes = [&world] {
        return requestsFor(*world.server, "DELETE ").size() + requestsFor(*world.server, "POST ").size();
    };
    const std::size_t before = writes();
    // Their answers come all the same, and must not be gone on with.
    std::stop_source cancel;
    world.server->onCarriedOut([&](const demo::SeenRequest&) { cancel.request_stop(); });
    const auto results = QCoro::waitFor(manager->unshareAll(ids, {}, TakedownStop{cancel.get_token(), {}}));
    world.server->onCarriedOut({});
    QVERIFY2(results, qPrintable(text(results)));
    for (const BulkResult& result : *results)
        verifyUnchanged(world, *manager, result);
    QCOMPARE(writes(), before);
    QVERIFY(QCoro::waitFor(manager->resume())->empty());
}

void TestBulkTakedown::endOfTheProgramTakesNothingBack()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(8);
    {
        const auto manager = world.manager();
        QVERIFY(manager->links());
        std::stop_source end;
        BulkObserver observe;
        observe.stage = [&](const LinkId&, TakedownStage) { end.request_stop(); };
        const auto results =
            QCoro::waitFor(manager->unshareAll(ids, observe, TakedownStop{{}, end.get_token()}));
        QVERIFY2(results, qPrintable(text(results)));
        for (const LinkId& id : ids)
            QCOMPARE(stepOf(*manager, id), LinkStep::TakedownRequested);
    }
    const auto manager = world.manager();
    const auto resumed = QCoro::waitFor(manager->resume());
    QVERIFY2(resumed, qPrintable(text(resumed)));
    QCOMPARE(resumed->size(), ids.size());
    for (const LinkId& id : ids)
        QVERIFY(!world.isReadable(id.shareId));
}

void TestBulkTakedown::deadHostIsLeftInPeace()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(40);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    world.server->stop();
    const auto results = QCoro::waitFor(manager->unshareAll(ids));
    QVERIFY2(results, qPrintable(text(results)));
    int asked = 0;
    for (const BulkResult& result : *results) {
        asked += result.link ? 1 : 0;
        const bool honest = result.link ? result.link->state == LinkState::Unreachable
                                        : result.link.error().code == ErrorCode::ServerUnreachable;
        QVERIFY(honest);
        QCOMPARE(stepOf(*manager, result.id), LinkStep::TakedownRequested);
    }
    QVERIFY2(asked >= 12 && asked <= 16, qPrintable(QString::number(asked)));
    world.server->start();
    QCOMPARE(QCoro::waitFor(manager->resume())->size(), ids.size());
    for (const LinkId& id : ids)
        QVERIFY(!world.isReadable(id.shareId));
}

// Each fifth request at random, of every kind, goes wrong in every way.
void TestBulkTakedown::aThousandWithFaults()
{
    constexpr int count = 1000;
    constexpr std::array faults{Fault::Refuse,    Fault::Reset,     Fault::Status500, Fault::Status429,
                                Fault::Status413, Fault::Status404, Fault::Echo400,   Fault::Truncated,
                                Fault::WrongJson, Fault::WrongType};
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(count);
    const auto manager = world.manager();
    QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
    QVERIFY(manager->links());
    std::mt19937 random(20260926); // The same faults in each run, as far as the order of requests is.
    world.server->injectWhere([&](const demo::SeenRequest&) {
        const bool fails = random() % 5 == 0;
        return fails ? faults.at(random() % faults.size()) : Fault::None;
    });
    const auto results = QCoro::waitFor(manager->unshareAll(ids));
    QVERIFY2(results, qPrintable(text(results)));
    QCOMPARE(results->size(), std::size_t(count));
    int proved = 0;
    for (const BulkResult& result : *results) {
        QVERIFY2(result.link, qPrintable(text(result.link)));
        const bool removed = result.link->state == LinkState::Removed;
        proved += removed ? 1 : 0;
        if (removed)
            QVERIFY2(!world.isReadable(result.id.shareId), "said to be gone, and can be read");
        else
            QVERIFY(result.link->hasKey);
    }
    qInfo("proved in the first run: %d of %d", proved, count);
    QVERIFY(proved > count / 2);
    world.server->heal();
    const auto again = QCoro::waitFor(manager->unshareAll(ids));
    QVERIFY2(again, qPrintable(text(again)));
    for (const BulkResult& result : *again) {
        QVERIFY2(result.link, qPrintable(text(result.link)));
        QCOMPARE(result.link->state, LinkState::Removed);
        QVERIFY(!world.isReadable(result.id.shareId));
    }
}

void TestBulkTakedown::twoManagersDoEachLinkOnce()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(30);
    const auto first = world.manager();
    const auto second = world.manager();
    QVERIFY(first->links());
    QVERIFY(second->links());
    // In opposite orders, so that they meet.
    const std::vector<LinkId> backwards(ids.rbegin(), ids.rend());
    auto one = first->unshareAll(ids);
    auto two = second->unshareAll(backwards);
    auto resuming = second->resume();
    const auto ofFirst = QCoro::waitFor(one);
    const auto ofSecond = QCoro::waitFor(two);
    QVERIFY(QCoro::waitFor(resuming));
    QVERIFY(ofFirst && ofSecond);
    for (const auto* results : {&*ofFirst, &*ofSecond}) {
        for (const BulkResult& result : *results) {
            QVERIFY2(result.link, qPrintable(text(result.link)));
            QCOMPARE(result.link->state, LinkState::Removed);
        }
    }
    const auto counts = deletions(*world.server);
    QCOMPARE(counts.size(), ids.size());
    for (const auto& [path, times] : counts)
        QCOMPARE(times, 1);
}

void TestBulkTakedown::lateComerOnlyLooks()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(3);
    const auto first = world.manager();
    const auto second = world.manager();
    QVERIFY(first->links());
    QVERIFY(second->links()); // What it chooses from is read before the first one begins.
    QVERIFY(QCoro::waitFor(first->unshareAll(ids)));
    const auto late = QCoro::waitFor(second->unshareAll(ids));
    QVERIFY2(late, qPrintable(text(late)));
    for (const BulkResult& result : *late) {
        QVERIFY2(result.link, qPrintable(text(result.link)));
        QCOMPARE(result.link->state, LinkState::Removed);
        QCOMPARE(result.link->step, LinkStep::TakedownDone);
    }
    const auto counts = deletions(*world.server);
    QCOMPARE(counts.size(), ids.size());
    for (const auto& [path, times] : counts)
        QCOMPARE(times, 1);
}

void TestBulkTakedown::takesDownWhatCameBack()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(1);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    // Proved gone once, and since then a running opencode has uploaded again.
    const auto ledger = LinkLedger::open(world.environment.dataFolder() % u"/ledger.db");
    Link link = *(*ledger)->link(ids.front()).value();
    link.step = LinkStep::TakedownDone;
    link.state = LinkState::Removed;
    QVERIFY((*ledger)->save(link));
    const auto again = QCoro::waitFor(manager->unshareAll(ids));
    QVERIFY2(again, qPrintable(text(again)));
    QCOMPARE(again->front().link->state, LinkState::Removed);
    QVERIFY(!world.isReadable(ids.front().shareId));
}

void TestBulkTakedown::leavesClaimedLinksAlone()
{
    ManagerWorld world;
    const std::vector<LinkId> ids = world.shareMany(2);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    LinkClaims others(world.environment.dataFolder());
    auto held = others.take(ids.front());
    QVERIFY(held && *held);
    bool waited = false;
    BulkObserver observe;
    observe.stage = [&](const LinkId& id, TakedownStage stage) {
        waited = waited || (id == ids.front() && stage == TakedownStage::Waiting);
    };
    auto working = manager->unshareAll(ids, observe);
    QTRY_VERIFY(!world.isReadable(ids.back().shareId));
    QVERIFY(waited);
    QVERIFY(world.isReadable(ids.front().shareId));
    QCOMPARE(stepOf(*manager, ids.front()), LinkStep::Published);
    held->reset();
    const auto results = QCoro::waitFor(working);
    QVERIFY2(results, qPrintable(text(results)));
    QCOMPARE(results->front().link->state, LinkState::Removed);
}

void TestBulkTakedown::claimIsOneAtATime()
{
    QTemporaryDir folder;
    LinkClaims one(folder.path());
    LinkClaims other(folder.path());
    const LinkId id{QUrl(QStringLiteral("https://a.example")), QStringLiteral("AAAAAAAA")};
    const LinkId sameElsewhere{QUrl(QStringLiteral("https://b.example")), QStringLiteral("AAAAAAAA")};
    auto claim = one.take(id);
    QVERIFY(claim && *claim);
    QVERIFY(!*one.take(id));
    QVERIFY(!*other.take(id));
    QVERIFY(*other.take(sameElsewhere));
    claim->reset();
    QVERIFY(*other.take(id));
    LinkClaims nowhere(folder.filePath(QStringLiteral("missing/folder")));
    const auto failed = nowhere.take(id);
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::LedgerUnreadable);
}

QTEST_GUILESS_MAIN(TestBulkTakedown)
#include "test_bulk_takedown.moc"
