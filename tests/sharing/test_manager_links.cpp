// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"

#include "support/scripted_peer.h"

#include <QCoroTask>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Generation;
using tests::ScriptedPeer;

namespace {

// A running opencode that is well until it is asked for a link; status 0 breaks off.
void answerToSharing(ScriptedPeer& opencode, int status)
{
    opencode.say(tests::httpReply(200, "{\"healthy\":true,\"version\":\"1.18.33\"}"));
    tests::PeerReply reply = tests::httpReply(status);
    if (status == 0) {
        reply.bytes.clear();
        reply.then = tests::PeerReply::Then::Reset;
    }
    opencode.say(reply);
}

} // namespace

class TestManagerLinks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesInLiveLinks();
    void orphanIsTakenDown();
    void orphanWithoutKeyIsLost();
    void otherOriginIsTakenDownThere();
    void takedownWithoutVault();
    void findsLinks();
    void liveNeedsOpencode();
    void linkIsFoundAfterAFailure_data();
    void linkIsFoundAfterAFailure();
    void failureWithoutLinkIsOne_data();
    void failureWithoutLinkIsOne();
};

void TestManagerLinks::takesInLiveLinks()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    const auto manager = world.manager();
    // Without a vault it is in the list, without its key.
    QVERIFY(manager->sessions());
    const auto before = manager->findLink(id.shareId);
    QVERIFY2(before, qPrintable(text(before)));
    QCOMPARE(before->kind, LinkKind::Live);
    QCOMPARE(before->title, QStringLiteral("First"));
    QVERIFY(!before->hasKey);
    // As soon as there is one, the key is in it.
    QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
    QVERIFY(manager->findLink(id.shareId)->hasKey);
    const auto removed = QCoro::waitFor(manager->unshare(id));
    QVERIFY2(removed, qPrintable(text(removed)));
    QCOMPARE(removed->state, LinkState::Removed);
    QCoro::waitFor(manager->backgroundDone());
}

void TestManagerLinks::orphanIsTakenDown()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    {
        const auto manager = world.manager();
        QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
    }
    // opencode destroys the row, and the key in it, with the session.
    world.database->execute("DELETE FROM session_share; DELETE FROM session");
    const auto manager = world.manager();
    QVERIFY(manager->links()->front().sessionDeleted);
    QCOMPARE(QCoro::waitFor(manager->check(id))->state, LinkState::Orphan);
    const auto removed = QCoro::waitFor(manager->unshare(id));
    QVERIFY2(removed, qPrintable(text(removed)));
    QCOMPARE(removed->state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
}

void TestManagerLinks::orphanWithoutKeyIsLost()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    const auto manager = world.manager();
    QVERIFY(manager->links());
    world.database->execute("DELETE FROM session_share; DELETE FROM session");
    QVERIFY(manager->links());
    QCOMPARE(QCoro::waitFor(manager->check(id))->state, LinkState::OrphanLost);
    const auto removed = QCoro::waitFor(manager->unshare(id));
    QVERIFY(!removed);
    QCOMPARE(removed.error().code, ErrorCode::KeyMissing);
    QVERIFY(world.isReadable(id.shareId));
}

void TestManagerLinks::otherOriginIsTakenDownThere()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    const demo::LoopbackShareServer later(Generation::June2026);
    world.configure(R"({"enterprise":{"url":")" + later.origin().toString().toUtf8() + R"("}})");
    const auto manager = world.manager();
    QVERIFY(manager->links());
    const auto removed = QCoro::waitFor(manager->unshare(id));
    QVERIFY2(removed, qPrintable(text(removed)));
    QCOMPARE(removed->state, LinkState::Removed);
    QVERIFY(later.requests().empty());
}

void TestManagerLinks::takedownWithoutVault()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    const QString keyFile = world.environment.dataFolder() % u"/vault.key";
    {
        const auto manager = world.manager();
        QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
        QVERIFY(manager->findLink(id.shareId)->hasKey);
    }
    QVERIFY(QFile::remove(keyFile));
    const auto manager = world.manager();
    QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Emptied);
    // Publishing has no place for its key; what opencode.db still holds is enough to take down.
    auto offer = manager->offer(QString::fromUtf8(firstSession));
    QVERIFY(offer);
    const auto refused = QCoro::waitFor(manager->publish(*std::move(offer)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::KeyringEmptied);
    const auto removed = QCoro::waitFor(manager->unshare(id));
    QVERIFY2(removed, qPrintable(text(removed)));
    QCOMPARE(removed->state, LinkState::Removed);
}

void TestManagerLinks::findsLinks()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    world.addSession(secondSession, "Second");
    const LinkId first = world.shareLive(firstSession);
    const LinkId second = world.shareLive(secondSession);
    const auto manager = world.manager();
    QCOMPARE(manager->findLink(first.shareId)->id, first);
    QCOMPARE(manager->findLink(manager->findLink(second.shareId)->url.toString())->id, second);
    QCOMPARE(manager->findLink(first.shareId.left(7)).error().code, ErrorCode::LinkAmbiguous);
    QCOMPARE(manager->findLink(QStringLiteral("nothing")).error().code, ErrorCode::LinkNotFound);
    QCOMPARE(manager->findLink(QString()).error().code, ErrorCode::LinkNotFound);
}

void TestManagerLinks::liveNeedsOpencode()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const auto manager = world.manager();
    const auto link = QCoro::waitFor(manager->publishLive(QString::fromUtf8(firstSession)));
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::OpencodeMissing);
    QVERIFY(world.server->requests().empty());
}

void TestManagerLinks::linkIsFoundAfterAFailure_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("answer lost") << 0;
    QTest::newRow("shared already") << 500;
}

// opencode did it, or somebody else just before, though its answer says otherwise or never comes.
void TestManagerLinks::linkIsFoundAfterAFailure()
{
    QFETCH(int, status);
    ManagerWorld world;
    world.addSession(firstSession, "First");
    ScriptedPeer opencode;
    QVERIFY(opencode.listen());
    answerToSharing(opencode, status);
    const auto manager = world.manager();
    QVERIFY(QCoro::waitFor(manager->setOpencodeServer({opencode.url(), QStringLiteral("ada"), {}})));
    LinkId id;
    opencode.onRequest([&](const tests::SeenRequest& request) {
        if (request.verb == "POST")
            id = world.shareLive(firstSession);
    });
    const auto link = QCoro::waitFor(manager->publishLive(QString::fromUtf8(firstSession)));
    QVERIFY2(link, qPrintable(text(link)));
    QCOMPARE(link->id, id);
    QCOMPARE(link->state, LinkState::Live);
    QCOMPARE(opencode.requests().size(), 2U); // One for the version, one for the link.
}

void TestManagerLinks::failureWithoutLinkIsOne_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("answer lost") << 0 << ErrorCode::ServerUnreachable;
    QTest::newRow("refused") << 401 << ErrorCode::OpencodeRefused;
    QTest::newRow("failed") << 500 << ErrorCode::OpencodeShareFailed;
}

void TestManagerLinks::failureWithoutLinkIsOne()
{
    QFETCH(int, status);
    QFETCH(ErrorCode, code);
    ManagerWorld world;
    world.addSession(firstSession, "First");
    ScriptedPeer opencode;
    QVERIFY(opencode.listen());
    answerToSharing(opencode, status);
    const auto manager = world.manager();
    QVERIFY(QCoro::waitFor(manager->setOpencodeServer({opencode.url(), QStringLiteral("ada"), {}})));
    const auto link = QCoro::waitFor(manager->publishLive(QString::fromUtf8(firstSession)));
    QVERIFY(!link);
    QCOMPARE(link.error().code, code);
    QVERIFY(manager->links()->empty());
    QCOMPARE(opencode.requests().size(), 2U);
}

QTEST_GUILESS_MAIN(TestManagerLinks)
#include "test_manager_links.moc"
