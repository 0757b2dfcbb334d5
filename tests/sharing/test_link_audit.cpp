// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing_world.h"

#include "sharing/link_audit.h"
#include "sharing/publisher.h"

#include <QCoroTask>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;
using demo::Fault;
using demo::Generation;
using demo::LoopbackShareServer;

namespace {

enum class Answer
{
    Gone,
    Blank,
    Content,
    None,
};

Expected<DataAnswer> answerOf(Answer kind)
{
    DataAnswer answer;
    switch (kind) {
    case Answer::Gone:
        answer.kind = DataAnswer::Kind::Gone;
        return answer;
    case Answer::Blank:
        answer.kind = DataAnswer::Kind::Blank;
        return answer;
    case Answer::Content:
        return answer;
    case Answer::None:
        break;
    }
    return fail(ErrorCode::ServerUnreachable);
}

Link publishTo(SharingWorld& world, const QUrl& origin)
{
    Publisher publisher(*world.ledger, world.vault, world.http);
    const auto link = QCoro::waitFor(publisher.publish(prepared(conversation(4)), origin));
    if (!link)
        qFatal("publish: %s", qPrintable(codeName(link.error().code)));
    return *link;
}

Expected<Link> probe(SharingWorld& world, const LinkId& id, Clock clock = now, std::stop_token stop = {})
{
    LinkAudit audit(*world.ledger, world.http, std::move(clock));
    return QCoro::waitFor(audit.probe(id, std::move(stop)));
}

} // namespace

class TestLinkAudit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judges_data();
    void judges();
    void judgesByItsSource();
    void probesLive();
    void probesRemovedByOthers();
    void unreachableKeepsWhatIsKnown();
    void unknownLink();
    void cancelledChangesNothing();
    void strangeAnswerIsNoRemoval_data();
    void strangeAnswerIsNoRemoval();
    void looksAgainLater();
    void servedAgainAfterRemoval();
    void publicDocumentIsWhatAnyoneSees();
};

void TestLinkAudit::judges_data()
{
    QTest::addColumn<Answer>("plain");
    QTest::addColumn<Answer>("pastCaches");
    QTest::addColumn<LinkStep>("step");
    QTest::addColumn<bool>("deleted");
    QTest::addColumn<bool>("hasKey");
    QTest::addColumn<LinkState>("state");
    using A = Answer;
    using S = LinkStep;
    using L = LinkState;
    const auto row = [](const char* name, A plain, A past, S step, bool deleted, bool hasKey, L state) {
        QTest::newRow(name) << plain << past << step << deleted << hasKey << state;
    };
    row("live", A::Content, A::Content, S::Published, false, true, L::Live);
    row("live without key, session there", A::Content, A::Content, S::Published, false, false, L::Live);
    row("orphan", A::Content, A::Content, S::Published, true, true, L::Orphan);
    row("orphan without key", A::Content, A::Content, S::Published, true, false, L::OrphanLost);
    row("served after takedown", A::Content, A::Content, S::TakedownDone, false, true, L::StillServed);
    row("served at takedown", A::Content, A::Content, S::TakedownRequested, true, true, L::StillServed);
    row("gone", A::Gone, A::Gone, S::TakedownDone, false, true, L::Removed);
    row("gone by others", A::Gone, A::Gone, S::Published, false, true, L::Removed);
    row("blanked by us", A::Blank, A::Blank, S::TakedownDone, false, true, L::Removed);
    row("blank, then gone", A::Blank, A::Gone, S::TakedownRequested, false, true, L::Removed);
    row("a new session without content", A::Blank, A::Blank, S::Published, false, true, L::Live);
    row("cache", A::Content, A::Gone, S::TakedownDone, false, true, L::Cached);
    row("cache of blanks", A::Content, A::Blank, S::TakedownDone, false, true, L::Cached);
    row("origin only", A::Gone, A::Content, S::TakedownDone, false, true, L::StillServed);
    row("no answer", A::None, A::None, S::TakedownDone, false, true, L::Unreachable);
    row("half an answer proves nothing", A::Gone, A::None, S::TakedownDone, false, true, L::Unreachable);
    row("other half", A::None, A::Gone, S::TakedownDone, false, true, L::Unreachable);
    row("content and no answer", A::Content, A::None, S::TakedownDone, false, true, L::StillServed);
    row("no answer and content", A::None, A::Content, S::Published, false, true, L::Live);
}

void TestLinkAudit::judges()
{
    QFETCH(Answer, plain);
    QFETCH(Answer, pastCaches);
    QFETCH(LinkStep, step);
    QFETCH(bool, deleted);
    QFETCH(bool, hasKey);
    Link link;
    link.step = step;
    link.sessionDeleted = deleted;
    link.hasKey = hasKey;
    QTEST(judge(link, answerOf(plain), answerOf(pastCaches)), "state");
}

void TestLinkAudit::judgesByItsSource()
{
    const auto content = answerOf(Answer::Content);
    Link link;
    link.source = LinkSource::Imported;
    QCOMPARE(judge(link, content, content), LinkState::Foreign);
    link.source = LinkSource::Claimed;
    QCOMPARE(judge(link, content, content), LinkState::OrphanLost);
    link.hasKey = true; // Found meanwhile.
    QCOMPARE(judge(link, content, content), LinkState::Live);
    link.source = LinkSource::Imported;
    link.sessionDeleted = true;
    QCOMPARE(judge(link, content, content), LinkState::Orphan);

    // opencode was told to unshare it, and says that it did.
    link.source = LinkSource::Opencode;
    link.sessionDeleted = false;
    link.unsharedAt = fromMilliseconds(1);
    QCOMPARE(judge(link, content, content), LinkState::StillServed);
    QCOMPARE(judge(link, answerOf(Answer::Gone), answerOf(Answer::Gone)), LinkState::Removed);
}

void TestLinkAudit::probesLive()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    Link link = publishTo(world, server.origin());
    link.state = LinkState::Unknown;
    QVERIFY(world.ledger->save(link));
    const Timestamp at = fromMilliseconds(1'760'000'000'000);
    const auto probed = probe(world, link.id, [at] { return at; });
    QVERIFY(probed);
    QCOMPARE(probed->state, LinkState::Live);
    QCOMPARE(*probed->checkedAt, at);
    QCOMPARE(probed->publicMessages, 4);
    QVERIFY(!probed->nextProbeAt && !probed->removedAt);
    QCOMPARE(*world.ledger->link(link.id).value(), *probed);
    QVERIFY(world.receiptsText().contains(QStringLiteral("probe ok")));
}

void TestLinkAudit::probesRemovedByOthers()
{
    LoopbackShareServer server(Generation::Next);
    SharingWorld world;
    const Link link = publishTo(world, server.origin());
    ShareServer protocol(server.origin(), world.http);
    QVERIFY(QCoro::waitFor(
        protocol.remove(link.id.shareId, Secret(world.keysOf(link.id).front().toStdString()))));
    const auto probed = probe(world, link.id);
    QVERIFY(probed);
    QCOMPARE(probed->state, LinkState::Removed);
    QVERIFY(probed->removedAt);
    const Receipt receipt = world.ledger->receipts(1).value().front();
    QVERIFY(receipt.isProof);
    QVERIFY(receipt.detail.contains(QStringLiteral("404")));
}

void TestLinkAudit::unreachableKeepsWhatIsKnown()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const Link link = publishTo(world, server.origin());
    server.stop();
    const auto probed = probe(world, link.id);
    QVERIFY(probed);
    Link expected = link;
    expected.state = LinkState::Unreachable;
    QCOMPARE(*probed, expected);
}

void TestLinkAudit::unknownLink()
{
    SharingWorld world;
    const auto probed =
        probe(world, {QUrl(QStringLiteral("http://127.0.0.1:9")), QStringLiteral("nothing1")});
    QVERIFY(!probed);
    QCOMPARE(probed.error().code, ErrorCode::LinkNotFound);
}

void TestLinkAudit::cancelledChangesNothing()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const Link link = publishTo(world, server.origin());
    std::stop_source stop;
    stop.request_stop();
    const auto probed = probe(world, link.id, now, stop.get_token());
    QVERIFY(!probed);
    QCOMPARE(probed.error().code, ErrorCode::Cancelled);
    QCOMPARE(*world.ledger->link(link.id).value(), link);
}

void TestLinkAudit::strangeAnswerIsNoRemoval_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::newRow("500") << Fault::Status500;
    QTest::newRow("413") << Fault::Status413;
    QTest::newRow("429") << Fault::Status429;
    QTest::newRow("truncated") << Fault::Truncated;
    QTest::newRow("wrong JSON") << Fault::WrongJson;
    QTest::newRow("reset") << Fault::Reset;
}

void TestLinkAudit::strangeAnswerIsNoRemoval()
{
    QFETCH(Fault, fault);
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    const Link link = publishTo(world, server.origin());
    server.inject(fault, "/data", 100);
    const auto probed = probe(world, link.id);
    QVERIFY(probed);
    QCOMPARE(probed->state, LinkState::Unreachable);
    QVERIFY(!world.ledger->receipts(1).value().front().isProof);
}

void TestLinkAudit::looksAgainLater()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    Link link = publishTo(world, server.origin());
    const Timestamp removed = fromMilliseconds(1'760'000'000'000);
    ShareServer protocol(server.origin(), world.http);
    const Secret key(world.keysOf(link.id).front().toStdString());
    QVERIFY(QCoro::waitFor(protocol.remove(link.id.shareId, key)));
    // This generation keeps serving what was not blanked; another creation wipes it.
    QVERIFY(QCoro::waitFor(protocol.create(link.sessionId)));
    link.step = LinkStep::TakedownDone;
    link.state = LinkState::Removed;
    link.removedAt = removed;
    link.nextProbeAt = removed + 5min;
    QVERIFY(world.ledger->save(link));

    const auto nextAfter = [&](std::chrono::minutes pause) {
        return probe(world, link.id, [=] { return removed + pause; })->nextProbeAt;
    };
    QCOMPARE(*nextAfter(2min), removed + 5min);
    QCOMPARE(*nextAfter(5min), removed + 60min);
    QCOMPARE(*nextAfter(70min), removed + 24h);
    QVERIFY(!nextAfter(25 * 60min));
    QCOMPARE(*world.ledger->link(link.id).value()->removedAt, removed);
}

void TestLinkAudit::servedAgainAfterRemoval()
{
    LoopbackShareServer server(Generation::June2026);
    SharingWorld world;
    Link link = publishTo(world, server.origin());
    link.step = LinkStep::TakedownDone;
    link.state = LinkState::Removed;
    link.removedAt = now() - 24h;
    link.nextProbeAt.reset();
    QVERIFY(world.ledger->save(link));
    const auto probed = probe(world, link.id);
    QVERIFY(probed);
    QCOMPARE(probed->state, LinkState::StillServed);
    QVERIFY(!probed->removedAt);
    QVERIFY(probed->nextProbeAt);
}

void TestLinkAudit::publicDocumentIsWhatAnyoneSees()
{
    LoopbackShareServer server(Generation::June2026);
    server.setCacheSeconds(60);
    SharingWorld world;
    const Link link = publishTo(world, server.origin());
    LinkAudit audit(*world.ledger, world.http);
    const auto document = QCoro::waitFor(audit.publicDocument(link.id));
    QVERIFY(document);
    QCOMPARE(document->messageCount(), 4U);
    server.stop();
    const auto none = QCoro::waitFor(audit.publicDocument(link.id));
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::ServerUnreachable);
}

QTEST_GUILESS_MAIN(TestLinkAudit)
#include "test_link_audit.moc"
