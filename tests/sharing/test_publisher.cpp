// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing_world.h"

#include "document/blank_items.h"
#include "sharing/share_server.h"
#include "sharing/upload.h"

#include <QCoroTask>
#include <QTest>

#include <mutex>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Fault;
using demo::Generation;
using demo::LoopbackShareServer;

namespace {

Expected<Link> publishTo(SharingWorld& world, const QUrl& origin, PreparedSnapshot snapshot,
                         PublishObserver observe = {}, std::stop_token stop = {})
{
    Publisher publisher(*world.ledger, world.vault, world.http);
    return QCoro::waitFor(
        publisher.publish(std::move(snapshot), origin, std::move(observe), std::move(stop)));
}

bool hasContent(const LoopbackShareServer& server, const QString& shareId)
{
    const document::ShareDocument there = parsed(server.dataOf(shareId));
    return !there.isEmpty() && !document::isBlank(there);
}

//! \brief What must hold whatever went wrong: no content without its key on disk, nothing half-public
//! forgotten.
void checkNothingLost(const SharingWorld& world, const LoopbackShareServer& server, bool published)
{
    for (const QString& shareId : server.shareIds()) {
        if (!hasContent(server, shareId))
            continue;
        const auto link = world.ledger->link({server.origin(), shareId});
        QVERIFY2(link && *link, "content is public that the ledger does not know");
        QVERIFY2(!world.keysOf((*link)->id).empty(), "content is public whose key was lost");
        QVERIFY2(published || (*link)->step == LinkStep::TakedownRequested,
                 "an incomplete link was left alone");
        QVERIFY((*link)->state != LinkState::Removed);
    }
}

} // namespace

class TestPublisher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishes_data();
    void publishes();
    void keyIsOnDiskBeforeContent();
    void batchesAreBounded();
    void tooLargeBatchesAreHalved();
    void tooLargeItemIsTakenDown();
    void takenIdIsTriedAfresh();
    void refusedCreationLeavesNothing();
    void closedVaultSendsNothing();
    void leakCanNotBePrepared();
    void bodyWithALeakIsNotSent();
    void faultOnce_data();
    void faultOnce();
    void faultForGood_data();
    void faultForGood();
    void incompleteCopyIsTakenDown();
    void cancelled_data();
    void cancelled();
    void keyIsNeverTold();
};

void TestPublisher::publishes_data()
{
    QTest::addColumn<Generation>("generation");
    QTest::newRow("2026-03") << Generation::March2026;
    QTest::newRow("2026-06") << Generation::June2026;
    QTest::newRow("next") << Generation::Next;
}

void TestPublisher::publishes()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    SharingWorld world;
    const PreparedSnapshot snapshot = prepared(conversation(20));
    std::vector<PublishStage> stages;
    qint64 sent = 0;
    qint64 total = -1;
    const PublishObserver observe = [&](const PublishProgress& progress) {
        if (stages.empty() || stages.back() != progress.stage)
            stages.push_back(progress.stage);
        if (progress.stage != PublishStage::Uploading)
            return;
        QVERIFY2(progress.sentBytes >= sent, "progress went back");
        sent = progress.sentBytes;
        total = progress.totalBytes;
    };

    const auto link = publishTo(world, server.origin(), snapshot, observe);
    QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
    QCOMPARE(link->state, LinkState::Live);
    QCOMPARE(link->step, LinkStep::Published);
    QCOMPARE(link->kind, LinkKind::Snapshot);
    QCOMPARE(link->publicMessages, 20);
    QVERIFY(link->hasKey && link->checkedAt);
    QCOMPARE(link->sessionId, QString::fromStdString(snapshot.rewriting.sessionId));
    QCOMPARE(link->id.shareId, link->sessionId.right(8));
    QVERIFY(link->sourceSessionId != link->sessionId);
    QCOMPARE(sent, total);
    const std::vector<PublishStage> all{PublishStage::Reserving, PublishStage::Creating,
                                        PublishStage::Sealing, PublishStage::Uploading,
                                        PublishStage::Verifying};
    QVERIFY(stages == all);

    const QByteArray json = server.dataOf(link->id.shareId);
    QCOMPARE(parsed(json).items().size(), snapshot.document().items().size());
    QCOMPARE(parsed(json).title(), snapshot.document().title());
    for (const demo::SeenRequest& request : server.requests())
        QVERIFY2(!namesAda(request.body), "the person's name left the machine");
    QCOMPARE(world.links().size(), 1U);
    QCOMPARE(world.links().front(), *link);
    QVERIFY(world.ledger->rewriting(link->id).value() == snapshot.rewriting);
    QVERIFY(world.receiptsText().contains(QStringLiteral("publish ok")));
    QVERIFY(world.receiptsText().contains(QStringLiteral("0 of 3 hidden values found in")));
}

void TestPublisher::keyIsOnDiskBeforeContent()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    std::mutex mutex;
    QString seenAtCreate;
    QString seenAtSync;
    server.onRequest([&](const demo::SeenRequest& request) {
        const std::scoped_lock lock(mutex);
        QString& seen = request.path.endsWith("/sync") ? seenAtSync : seenAtCreate;
        if (request.verb != "POST" || !seen.isEmpty())
            return;
        // As another process would see it if this one were killed now.
        const auto ledger = world.anotherLedger();
        const auto links = ledger->links().value();
        seen = QStringLiteral("%1 link, %2").arg(links.size()).arg(stepName(links.front().step));
        if (ledger->sealedKey(links.front().id).value())
            seen += QStringLiteral(", key");
    });
    const auto link = publishTo(world, server.origin(), prepared(conversation(3)));
    QVERIFY(link);
    QCOMPARE(seenAtCreate, QStringLiteral("1 link, reserved"));
    QCOMPARE(seenAtSync, QStringLiteral("1 link, sealed, key"));
}

void TestPublisher::batchesAreBounded()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world{HttpPolicy()};
    const PreparedSnapshot snapshot = prepared(conversation(100, 50'000));
    const auto link = publishTo(world, server.origin(), snapshot);
    QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
    const auto syncs = requestsFor(server, "/sync");
    QVERIFY(syncs.size() >= 5);
    for (const demo::SeenRequest& request : syncs)
        QVERIFY2(request.body.size() <= 1'000'000, qPrintable(QString::number(request.body.size())));
    QCOMPARE(parsed(server.dataOf(link->id.shareId)).items().size(), snapshot.document().items().size());
}

void TestPublisher::tooLargeBatchesAreHalved()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world{HttpPolicy()};
    const PreparedSnapshot snapshot = prepared(conversation(40, 30'000));
    server.inject(Fault::Status413, "/sync", 3);
    qint64 sent = 0;
    qint64 total = 0;
    const auto link = publishTo(world, server.origin(), snapshot, [&](const PublishProgress& progress) {
        QVERIFY(progress.stage != PublishStage::Uploading || progress.sentBytes >= sent);
        if (progress.stage == PublishStage::Uploading)
            std::tie(sent, total) = std::pair(progress.sentBytes, progress.totalBytes);
    });
    QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
    QCOMPARE(parsed(server.dataOf(link->id.shareId)).items().size(), snapshot.document().items().size());
    QCOMPARE(sent, total);
}

void TestPublisher::tooLargeItemIsTakenDown()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    server.inject(Fault::Status413, "/sync", 40);
    const auto link = publishTo(world, server.origin(), prepared(conversation(3)));
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::ServerTooLarge);
    QCOMPARE(world.links().size(), 1U);
    QCOMPARE(world.links().front().state, LinkState::Removed);
    checkNothingLost(world, server, false);
}

void TestPublisher::takenIdIsTriedAfresh()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const PreparedSnapshot snapshot = prepared(conversation(3));
    ShareServer other(server.origin(), world.http);
    const auto taken = QCoro::waitFor(other.create(QString::fromStdString(snapshot.rewriting.sessionId)));
    QVERIFY(taken);
    const auto link = publishTo(world, server.origin(), snapshot);
    QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
    QVERIFY(link->id.shareId != taken->id.shareId);
    QCOMPARE(world.links().size(), 1U);
    // All IDs agree with the session's new one, else the page shows nothing.
    const document::ShareDocument there = parsed(server.dataOf(link->id.shareId));
    QCOMPARE(QString::fromStdString(there.sessionId()), link->sessionId);
    QVERIFY(!server.dataOf(link->id.shareId).contains(snapshot.rewriting.sessionId.c_str()));
    QCOMPARE(QString::fromStdString(world.ledger->rewriting(link->id).value()->sessionId), link->sessionId);
}

void TestPublisher::refusedCreationLeavesNothing()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    server.inject(Fault::Status500, "POST /api/share", 100);
    const auto link = publishTo(world, server.origin(), prepared(conversation(3)));
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::ServerFailed);
    QCOMPARE(requestsFor(server, "POST /api/share").size(), 3U);
    QVERIFY(world.links().empty());
    QVERIFY(world.receiptsText().contains(QStringLiteral("publish server-failed")));
}

void TestPublisher::closedVaultSendsNothing()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    world.vault = KeyVault();
    const auto link = publishTo(world, server.origin(), prepared(conversation(3)));
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::KeyringMissing);
    QVERIFY(server.requests().empty());
    QVERIFY(world.links().empty());
}

// What publish() takes exists only when the gate has let all of it pass.
void TestPublisher::leakCanNotBePrepared()
{
    document::ShareDocument document = prepared(conversation(60, 100'000)).document();
    QVERIFY(redaction::SearchedDocument::search(document, planOfAda()));
    // Behind redact()'s back, and far behind the first body. In a name of its own: moc does not read raw
    // strings with brackets inside a macro.
    const std::string diff = R"([{"file":"\u002fhome\/ada\/x","additions":1}])";
    QVERIFY(document.add("session_diff", diff));
    const auto searched = redaction::SearchedDocument::search(document, planOfAda());
    QVERIFY(!searched);
    QCOMPARE(searched.error().code, ErrorCode::LeakFound);
    QVERIFY(!searched.error().subject.contains(QStringLiteral("ada")));
}

void TestPublisher::bodyWithALeakIsNotSent()
{
    LoopbackShareServer server(Generation::June2026);
    HttpClient http;
    ShareServer share(server.origin(), http);
    const auto created = QCoro::waitFor(share.create(QStringLiteral("ses_0123456789abcdef")));
    QVERIFY(created);
    const document::ShareDocument unredacted = conversation(3);
    const redaction::LeakGate gate(planOfAda());
    Upload upload(share, created->id.shareId, created->key, unredacted.items());
    upload.setGate(&gate);
    const auto sent = QCoro::waitFor(upload.send());
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::LeakFound);
    QVERIFY(requestsFor(server, "/sync").empty());
}

void TestPublisher::faultOnce_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QByteArray>("step");
    const std::vector<std::pair<const char*, Fault>> faults{
        {"refused", Fault::Refuse},      {"reset", Fault::Reset},         {"slow", Fault::Slow},
        {"500", Fault::Status500},       {"429", Fault::Status429},       {"413", Fault::Status413},
        {"truncated", Fault::Truncated}, {"wrong JSON", Fault::WrongJson}};
    for (const auto& [name, fault] : faults) {
        for (const char* step : {"POST /api/share", "/sync", "/data"})
            QTest::addRow("%s at %s", name, step) << fault << QByteArray(step);
    }
}

void TestPublisher::faultOnce()
{
    QFETCH(Fault, fault);
    QFETCH(QByteArray, step);
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    server.inject(fault, step, 1);
    const PreparedSnapshot snapshot = prepared(conversation(5));
    const auto link = publishTo(world, server.origin(), snapshot);
    if (link) {
        QCOMPARE(parsed(server.dataOf(link->id.shareId)).items().size(), snapshot.document().items().size());
    } else {
        for (const Link& left : world.links())
            QCOMPARE(left.state, LinkState::Removed);
    }
    checkNothingLost(world, server, link.has_value());
    // These are over with one more try.
    if (fault == Fault::Refuse || fault == Fault::Slow || fault == Fault::Status429)
        QVERIFY2(link, qPrintable(link ? QString() : codeName(link.error().code)));
}

void TestPublisher::faultForGood_data()
{
    faultOnce_data();
}

void TestPublisher::faultForGood()
{
    QFETCH(Fault, fault);
    QFETCH(QByteArray, step);
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    server.inject(fault, step, 1000);
    const auto link = publishTo(world, server.origin(), prepared(conversation(5)));
    if (link) // The answer to a sync says nothing that matters: what is there does.
        QVERIFY(step == "/sync" && fault == Fault::WrongJson);
    checkNothingLost(world, server, link.has_value());
}

void TestPublisher::incompleteCopyIsTakenDown()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    std::once_flag once;
    // The server forgets what it accepted: a wiped record, as when somebody creates the share again.
    server.onCarriedOut([&](const demo::SeenRequest& request) {
        if (request.path.endsWith("/sync"))
            std::call_once(once, [&] { server.inject(Fault::WrongJson, "/data", 1); });
    });
    const auto link = publishTo(world, server.origin(), prepared(conversation(5)));
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::ServerBadAnswer);
    QCOMPARE(world.links().front().state, LinkState::Removed);
    checkNothingLost(world, server, false);
}

void TestPublisher::cancelled_data()
{
    QTest::addColumn<PublishStage>("stage");
    QTest::newRow("reserving") << PublishStage::Reserving;
    QTest::newRow("creating") << PublishStage::Creating;
    QTest::newRow("sealing") << PublishStage::Sealing;
    QTest::newRow("uploading") << PublishStage::Uploading;
    QTest::newRow("verifying") << PublishStage::Verifying;
}

void TestPublisher::cancelled()
{
    QFETCH(PublishStage, stage);
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world{HttpPolicy()};
    std::stop_source stop;
    const auto link = publishTo(
        world, server.origin(), prepared(conversation(60, 100'000)),
        [&](const PublishProgress& progress) {
            const bool halfWay = progress.sentBytes > progress.totalBytes / 2;
            if (progress.stage == stage && (stage != PublishStage::Uploading || halfWay))
                stop.request_stop();
        },
        stop.get_token());
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::Cancelled);
    for (const QString& shareId : server.shareIds())
        QVERIFY(!hasContent(server, shareId));
    for (const Link& left : world.links())
        QCOMPARE(left.state, LinkState::Removed);
    checkNothingLost(world, server, false);
}

void TestPublisher::keyIsNeverTold()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const auto link = publishTo(world, server.origin(), prepared(conversation(3)));
    QVERIFY(link);
    const auto keys = world.keysOf(link->id);
    QCOMPARE(keys.size(), 1U);
    QVERIFY(keys.front().size() >= 16);
    QVERIFY(!world.ledgerBytes().contains(keys.front()));
    QVERIFY(!world.receiptsText().contains(QString::fromLatin1(keys.front())));
    for (const demo::SeenRequest& request : server.requests())
        QVERIFY(!request.path.contains(keys.front()));
}

QTEST_GUILESS_MAIN(TestPublisher)
#include "test_publisher.moc"
