// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"
#include "sharing_world.h"

#include <QCoroTask>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Generation;

class TestShareManager : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void missingDatabase();
    void databaseThatAppears();
    void findsSessions();
    void originalIsUnredacted();
    void offersWhatPublishingSends();
    void configuredServerIsUsed();
    void otherServerIsPreferred();
    void publishesAndUnshares_data();
    void publishesAndUnshares();
    void disabledSharingIsRefused();
    void disabledSinceTheOffer();
    void followsOpencode();
    void whatChangedBeforeFollowingIsSaid();
    void followsOtherProcesses();
    void foreignDatabase();
};

void TestShareManager::missingDatabase()
{
    const ManagerWorld world(Generation::June2026, false);
    const auto manager = world.manager();
    const auto sessions = manager->sessions();
    QVERIFY(!sessions);
    QCOMPARE(sessions.error().code, ErrorCode::DatabaseMissing);
    // Links stand by themselves.
    QVERIFY(manager->links());
    QVERIFY(manager->links()->empty());
}

void TestShareManager::databaseThatAppears()
{
    ManagerWorld world(Generation::June2026, false);
    const auto manager = world.manager();
    QVERIFY(!manager->sessions());
    world.addDatabase();
    world.addSession(firstSession, "First");
    const auto sessions = manager->sessions();
    QVERIFY2(sessions, qPrintable(text(sessions)));
    QCOMPARE(sessions->size(), 1U);

    // Another file takes its place, as after a restore from a backup.
    world.database.reset();
    for (const QString& end : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(world.databasePath() % end);
    QVERIFY(!manager->sessions());
    world.addDatabase();
    QVERIFY(manager->sessions());
    QVERIFY(manager->sessions()->empty());
}

void TestShareManager::findsSessions()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    world.addSession(secondSession, "Second");
    const auto manager = world.manager();
    QCOMPARE(manager->findSession(QString::fromUtf8(firstSession))->title, QStringLiteral("First"));
    QCOMPARE(manager->findSession(QStringLiteral("KlM2"))->title, QStringLiteral("Second"));
    QCOMPARE(manager->findSession(QStringLiteral("ses_5f")).error().code, ErrorCode::SessionAmbiguous);
    QCOMPARE(manager->findSession(QStringLiteral("ses_9")).error().code, ErrorCode::SessionNotFound);
    QCOMPARE(manager->findSession(QString()).error().code, ErrorCode::SessionNotFound);
}

void TestShareManager::originalIsUnredacted()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const auto manager = world.manager();
    const auto document = manager->original(QString::fromUtf8(firstSession));
    QVERIFY2(document, qPrintable(text(document)));
    QVERIFY(document->toJson().find("says ada") != std::string::npos);
    QCOMPARE(manager->original(QStringLiteral("ses_none")).error().code, ErrorCode::SessionNotFound);
    QVERIFY(manager->sessions());
}

void TestShareManager::offersWhatPublishingSends()
{
    ManagerWorld world;
    world.addSession(firstSession, "ada's plan");
    const auto manager = world.manager();
    const auto offer = manager->offer(QString::fromUtf8(firstSession));
    QVERIFY2(offer, qPrintable(text(offer)));
    QVERIFY(!offer->disabled);
    QCOMPARE(offer->server, world.server->origin());
    QCOMPARE(offer->snapshot.title, QStringLiteral("ada's plan"));
    QVERIFY(offer->snapshot.places > 0);
    QVERIFY(offer->snapshot.searched.verdict().hiddenValues > 0);
    const std::string json = offer->snapshot.document().toJson();
    QVERIFY(!namesAda(QByteArray::fromStdString(json)));
    QVERIFY(json.find(firstSession.toStdString()) == std::string::npos);
    QVERIFY(world.server->requests().empty());

    const auto link = QCoro::waitFor(manager->publish(*offer));
    QVERIFY2(link, qPrintable(text(link)));
    QCOMPARE(parsed(world.server->dataOf(link->id.shareId)).title(), offer->snapshot.document().title());
}

void TestShareManager::configuredServerIsUsed()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    world.configure("{}");
    const auto byDefault = world.manager()->offer(QString::fromUtf8(firstSession));
    QVERIFY(byDefault);
    QCOMPARE(byDefault->server, QUrl(QStringLiteral("https://opncd.ai")));
    world.configure("{ broken");
    const auto broken = world.manager()->offer(QString::fromUtf8(firstSession));
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode::ConfigBroken);
}

void TestShareManager::otherServerIsPreferred()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    ManagerOptions options = world.options();
    options.server = QUrl(QStringLiteral("http://127.0.0.1:9"));
    ShareManager manager(options);
    const auto offer = manager.offer(QString::fromUtf8(firstSession));
    QVERIFY(offer);
    QCOMPARE(offer->server, *options.server);
}

void TestShareManager::publishesAndUnshares_data()
{
    QTest::addColumn<Generation>("generation");
    QTest::newRow("2026-03") << Generation::March2026;
    QTest::newRow("2026-06") << Generation::June2026;
    QTest::newRow("next") << Generation::Next;
}

void TestShareManager::publishesAndUnshares()
{
    QFETCH(Generation, generation);
    ManagerWorld world(generation);
    world.addSession(firstSession, "First");
    LinkId id;
    {
        const auto manager = world.manager();
        auto offer = manager->offer(QString::fromUtf8(firstSession));
        QVERIFY2(offer, qPrintable(text(offer)));
        const auto link = QCoro::waitFor(manager->publish(*std::move(offer)));
        QVERIFY2(link, qPrintable(text(link)));
        id = link->id;
        QVERIFY(world.isReadable(id.shareId));
        QCOMPARE(QCoro::waitFor(manager->publicDocument(id))->messageCount(), 1U);
        QCOMPARE(QCoro::waitFor(manager->check(id))->state, LinkState::Live);
    }
    const auto manager = world.manager();
    QCOMPARE(manager->links()->size(), 1U);
    const auto removed = QCoro::waitFor(manager->unshare(id));
    QVERIFY2(removed, qPrintable(text(removed)));
    QCOMPARE(removed->state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
    QVERIFY(manager->receipts()->size() >= 5);
}

void TestShareManager::disabledSharingIsRefused()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    world.configure(R"({"share":"disabled"})");
    const auto manager = world.manager();
    auto offer = manager->offer(QString::fromUtf8(firstSession));
    QVERIFY2(offer, qPrintable(text(offer)));
    QVERIFY(offer->disabled);
    QVERIFY(offer->modeFile.endsWith(QStringLiteral("/opencode.json")));
    const QString file = offer->modeFile;
    const auto link = QCoro::waitFor(manager->publish(*std::move(offer)));
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::ShareDisabled);
    QCOMPARE(link.error().subject, file);
    const auto live = QCoro::waitFor(manager->publishLive(QString::fromUtf8(firstSession)));
    QVERIFY(!live);
    QCOMPARE(live.error().code, ErrorCode::ShareDisabled);
    QVERIFY(world.server->requests().empty());
}

void TestShareManager::disabledSinceTheOffer()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const auto manager = world.manager();
    auto offer = manager->offer(QString::fromUtf8(firstSession));
    QVERIFY(offer);
    world.configure(R"({"share":"disabled"})");
    const auto link = QCoro::waitFor(manager->publish(*std::move(offer)));
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::ShareDisabled);
    QVERIFY(world.server->requests().empty());
}

void TestShareManager::followsOpencode()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const auto manager = world.manager();
    QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
    QSignalSpy sessions(manager.get(), &ShareManager::sessionsChanged);
    QSignalSpy links(manager.get(), &ShareManager::linksChanged);
    manager->follow();
    QVERIFY(!sessions.wait(1500));
    world.addSession(secondSession, "Second");
    QVERIFY(sessions.wait(20'000));
    QCOMPARE(links.size(), 0);
    // Taken in at once, before anyone asks: the session may be deleted the next moment.
    const LinkId id = world.shareLive(firstSession);
    QVERIFY(links.wait(20'000));
    world.database->execute("DELETE FROM session_share; DELETE FROM session");
    QVERIFY(sessions.wait(20'000));
    const auto link = manager->findLink(id.shareId);
    QVERIFY2(link, qPrintable(text(link)));
    QVERIFY(link->hasKey);
    QVERIFY(link->sessionDeleted);
}

// A list was handed out, then another process wrote, and only then following began.
void TestShareManager::whatChangedBeforeFollowingIsSaid()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const auto manager = world.manager();
    QCOMPARE(manager->sessions()->size(), 1U);
    QVERIFY(manager->links()->empty());
    world.addSession(secondSession, "Second");
    const auto other = world.manager();
    auto offer = other->offer(QString::fromUtf8(firstSession));
    QVERIFY(offer);
    QVERIFY(QCoro::waitFor(other->publish(*std::move(offer))));
    const QSignalSpy sessions(manager.get(), &ShareManager::sessionsChanged);
    const QSignalSpy links(manager.get(), &ShareManager::linksChanged);
    manager->follow();
    QCOMPARE(sessions.size(), 1);
    QCOMPARE(links.size(), 1);
    QCOMPARE(manager->sessions()->size(), 2U);
    QCOMPARE(manager->links()->size(), 1U);
}

void TestShareManager::followsOtherProcesses()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const auto manager = world.manager();
    QSignalSpy links(manager.get(), &ShareManager::linksChanged);
    manager->follow();
    const auto other = world.manager();
    auto offer = other->offer(QString::fromUtf8(firstSession));
    QVERIFY(offer);
    QVERIFY(QCoro::waitFor(other->publish(*std::move(offer))));
    QTRY_VERIFY(!links.isEmpty());
    QCOMPARE(manager->links()->front().state, LinkState::Live);
}

void TestShareManager::foreignDatabase()
{
    const ManagerWorld world(Generation::June2026, false);
    QFile file(world.databasePath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const auto manager = world.manager();
    const auto sessions = manager->sessions();
    QVERIFY(!sessions);
    QCOMPARE(sessions.error().code, ErrorCode::DatabaseCorrupt);
    QSignalSpy changed(manager.get(), &ShareManager::sessionsChanged);
    manager->follow();
    QVERIFY(!changed.wait(1500));
    QVERIFY(manager->links());
}

QTEST_GUILESS_MAIN(TestShareManager)
#include "test_share_manager.moc"
