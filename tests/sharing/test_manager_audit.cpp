// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"

#include "sharing/share_server.h"
#include "sharing/sharing_world.h"
#include "support/scripted_peer.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;
using tests::httpReply;
using tests::ScriptedPeer;

namespace {

//! One message that says \p text, as `/data` gives it out.
QByteArray documentSaying(const QByteArray& text)
{
    return "[{\"type\":\"session\",\"data\":{\"id\":\"ses_1\",\"title\":\"T\",\"time\":{\"created\":1}}},"
           "{\"type\":\"message\",\"data\":{\"id\":\"msg_1\",\"sessionID\":\"ses_1\",\"role\":\"user\","
           "\"time\":{\"created\":1}}},"
           "{\"type\":\"part\",\"data\":{\"id\":\"prt_1\",\"messageID\":\"msg_1\",\"sessionID\":\"ses_1\","
           "\"type\":\"text\",\"text\":\"" +
           text + "\"}}]";
}

const QByteArray secretText = QByteArrayLiteral("set DB_PASSWORD=Kp7-vellum-Quartz-31 please");

//! A link at \p origin that opencode shared.
void addRow(ManagerWorld& world, const QByteArray& session, const QUrl& origin, const QByteArray& shareId)
{
    world.database->addShare(session, shareId, origin.toEncoded() + "/share/" + shareId, "a-key");
}

} // namespace

//! Everything that is asked of links without taking them down.
class TestManagerAudit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsWhatIsPublic();
    void keptValuesDoNotCount();
    void asksOnlyForWhatChanged();
    void asksFourAtATimeForEachHost();
    void isDueByItsState_data();
    void isDueByItsState();
    void comparesWithTheSession();
    void takesInOtherFolders();
    void keepsExpiry();
};

void TestManagerAudit::countsWhatIsPublic()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, documentSaying(secretText)));
    ManagerWorld world;
    world.addSession(firstSession, "First");
    addRow(world, firstSession, peer.url({}), "aaaa1111");
    const auto manager = world.manager();
    QVERIFY(manager->sessions());
    const auto link = manager->findLink(QStringLiteral("aaaa1111"));
    QVERIFY2(link, qPrintable(text(link)));
    QCOMPARE(link->publicSecrets, -1);
    const auto checked = QCoro::waitFor(manager->check(link->id));
    QVERIFY2(checked, qPrintable(text(checked)));
    QCOMPARE(checked->state, LinkState::Live);
    QCOMPARE(checked->publicSecrets, 1);
    QCOMPARE(checked->publicMessages, 1);
    QVERIFY(checked->publicBytes > 100);
    QCOMPARE(checked->publicDigest.size(), 32);
    QCOMPARE(manager->findLink(QStringLiteral("aaaa1111")).value(), *checked);
    const auto receipts = manager->receipts();
    for (const Receipt& receipt : *receipts)
        QVERIFY(!receipt.detail.contains(QLatin1String("vellum")));
}

void TestManagerAudit::keptValuesDoNotCount()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, documentSaying(secretText)));
    ManagerWorld world;
    world.addSession(firstSession, "First");
    addRow(world, firstSession, peer.url({}), "aaaa1111");
    const auto manager = world.manager();
    QVERIFY(manager->sessions());
    const LinkId id = manager->findLink(QStringLiteral("aaaa1111"))->id;
    QCOMPARE(QCoro::waitFor(manager->check(id))->publicSecrets, 1);
    redaction::ScopedDecisions kept{};
    kept[static_cast<std::size_t>(redaction::DecisionScope::Session)] = redaction::Decision::Keep;
    QVERIFY(manager->decide(QString::fromUtf8(firstSession), redaction::SecretText("Kp7-vellum-Quartz-31"),
                            kept));
    // The same document, counted again since the person chose.
    QCOMPARE(QCoro::waitFor(manager->check(id))->publicSecrets, 0);
}

void TestManagerAudit::asksOnlyForWhatChanged()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    const std::vector<std::pair<QByteArray, QByteArray>> tag{{"ETag", "\"v1\""}};
    peer.say(httpReply(200, documentSaying(secretText), tag));
    peer.say(httpReply(200, documentSaying(secretText), tag));
    peer.say(httpReply(304, {}, tag));
    ManagerWorld world;
    world.addSession(firstSession, "First");
    addRow(world, firstSession, peer.url({}), "aaaa1111");
    const auto manager = world.manager();
    QVERIFY(manager->sessions());
    const LinkId id = manager->findLink(QStringLiteral("aaaa1111"))->id;
    const auto first = QCoro::waitFor(manager->check(id));
    QVERIFY2(first, qPrintable(text(first)));
    const auto second = QCoro::waitFor(manager->check(id));
    QVERIFY2(second, qPrintable(text(second)));
    QCOMPARE(second->state, LinkState::Live);
    QCOMPARE(second->publicSecrets, 1);
    QCOMPARE(second->publicMessages, 1);
    QVERIFY(second->checkedAt > first->checkedAt);
    QCOMPARE(peer.requests().size(), 4U);
    QVERIFY(!peer.requests()[0].headers.contains("if-none-match"));
    for (const std::size_t place : {2U, 3U})
        QCOMPARE(peer.requests()[place].headers.value("if-none-match"), QByteArray("\"v1\""));
}

void TestManagerAudit::asksFourAtATimeForEachHost()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    tests::PeerReply reply = httpReply(200, "[]");
    reply.after = 5ms;
    peer.say(reply);
    ManagerWorld world;
    std::vector<LinkId> ids;
    for (int number = 0; number < 30; ++number) {
        const QByteArray session = "ses_5f1c2d3e4a5bAbCdEfGhIj" + QByteArray::number(1000 + number);
        world.addSession(session, "One of many");
        addRow(world, session, peer.url({}), session.right(8));
    }
    const auto manager = world.manager();
    QVERIFY(manager->sessions());
    const auto links = manager->links();
    for (const Link& link : *links)
        ids.push_back(link.id);
    int removed = 0;
    const auto observe = [&](const LinkId&, const Expected<Link>& link) {
        removed += link && link->state == LinkState::Removed ? 1 : 0;
    };
    const auto done = QCoro::waitFor(manager->audit(ids, observe));
    QVERIFY2(done, qPrintable(text(done)));
    QCOMPARE(removed, 30);
    QVERIFY2(peer.busiest() <= 4, qPrintable(QString::number(peer.busiest())));
    QVERIFY(peer.busiest() > 1);

    std::stop_source stop;
    stop.request_stop();
    const auto stopped = QCoro::waitFor(manager->audit(ids, {}, stop.get_token()));
    QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
}

void TestManagerAudit::isDueByItsState_data()
{
    QTest::addColumn<LinkState>("state");
    QTest::addColumn<LinkStep>("step");
    QTest::addColumn<int>("minutes"); // After the last answer; -1: never by itself.
    QTest::newRow("live") << LinkState::Live << LinkStep::Published << 30;
    QTest::newRow("orphan") << LinkState::Orphan << LinkStep::Published << 30;
    QTest::newRow("no answer") << LinkState::Unreachable << LinkStep::Published << 15;
    QTest::newRow("gone") << LinkState::Removed << LinkStep::TakedownDone << 7 * 24 * 60;
    QTest::newRow("under way") << LinkState::Live << LinkStep::TakedownRequested << -1;
    QTest::newRow("not a link yet") << LinkState::Unknown << LinkStep::Reserved << -1;
}

void TestManagerAudit::isDueByItsState()
{
    QFETCH(const LinkState, state);
    QFETCH(const LinkStep, step);
    QFETCH(const int, minutes);
    Link link;
    link.state = state;
    link.step = step;
    link.checkedAt = fromMilliseconds(1'800'000'000'000);
    const Timestamp due = auditDue(link, {});
    if (minutes < 0)
        QVERIFY(due == Timestamp::max());
    else
        QVERIFY(due == *link.checkedAt + std::chrono::minutes(minutes));
    // After a takedown resume() looks again, and takes down again what came back.
    link.nextProbeAt = fromMilliseconds(1'800'000'000'007);
    QVERIFY(auditDue(link, {}) == Timestamp::max());
}

void TestManagerAudit::comparesWithTheSession()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const auto manager = world.manager();
    QVERIFY(manager->sessions());
    QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
    auto offer = manager->offer(QString::fromUtf8(firstSession));
    QVERIFY2(offer, qPrintable(text(offer)));
    const auto link = QCoro::waitFor(manager->publish(*std::move(offer)));
    QVERIFY2(link, qPrintable(text(link)));
    const auto same = QCoro::waitFor(manager->compareWithSession(link->id));
    QVERIFY2(same, qPrintable(text(same)));
    QVERIFY(same->isNone());
    QCOMPARE(same->same, 1U);
    world.database->addMessage("msg_9later", firstSession, 1'760'000'009'000, userMessage());
    world.database->addPart("prt_9later", "msg_9later", firstSession, textPart("and later"));
    const auto later = QCoro::waitFor(manager->compareWithSession(link->id));
    QVERIFY2(later, qPrintable(text(later)));
    QCOMPARE(later->newer + later->missing, 1U);
    QCOMPARE(later->same, 1U);
    QCOMPARE(later->extra, 0U);
}

void TestManagerAudit::takesInOtherFolders()
{
    ManagerWorld world;
    const auto manager = world.manager();
    QVERIFY(manager->sessions());
    QCOMPARE(manager->links()->size(), 0U);
    const QString other = world.folder.filePath(QStringLiteral("backup/opencode"));
    QVERIFY(QDir().mkpath(other));
    const auto refused = manager->setDataFolders({other});
    QVERIFY(!refused && refused.error().code == ErrorCode::FolderNotOpencodes);
    {
        OpencodeDatabase database(other % u"/opencode.db");
        database.addProject("project1", "/home/ada/old");
        database.addSession({.id = secondSession, .title = "Of a backup"});
        database.addShare(secondSession, "bbbb2222", "https://share.example/share/bbbb2222", "b-key");
    }
    const auto set = manager->setDataFolders({other, other + QLatin1Char('/')});
    QVERIFY2(set, qPrintable(text(set)));
    QCOMPARE(manager->dataFolders().value(), QStringList{other});
    const auto link = manager->findLink(QStringLiteral("bbbb2222"));
    QVERIFY2(link, qPrintable(text(link)));
    QCOMPARE(link->title, QStringLiteral("Of a backup"));
    QCOMPARE(link->dataFolder, other);
    // Its key comes with the vault, and older files beside either database too.
    QCOMPARE(QCoro::waitFor(manager->openVault()).status, VaultStatus::Open);
    QVERIFY(manager->findLink(QStringLiteral("bbbb2222"))->hasKey);
    const QString older = world.environment.opencodeDataFolder() % u"/storage/session_share";
    QVERIFY(QDir().mkpath(older));
    QFile file(older % u"/ses_old.json");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"id\":\"cccc3333\",\"secret\":\"c-key\",\"url\":\"https://share.example/share/cccc3333\"}");
    file.close();
    QVERIFY(manager->sessions());
    const auto old = manager->findLink(QStringLiteral("cccc3333"));
    QVERIFY2(old, qPrintable(text(old)));
    QCOMPARE(old->source, LinkSource::Storage);
    QVERIFY(old->hasKey && old->sessionDeleted);
    // No longer looked at, and nothing is forgotten.
    QVERIFY(manager->setDataFolders({}));
    QVERIFY(manager->sessions());
    QVERIFY(!manager->findLink(QStringLiteral("bbbb2222"))->sessionDeleted);
}

void TestManagerAudit::keepsExpiry()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    const auto manager = world.manager();
    QVERIFY(manager->sessions());
    const Timestamp at = fromMilliseconds(4'000'000'000'000);
    QVERIFY(manager->setExpiry(id, at));
    QCOMPARE(world.manager()->findLink(id.shareId)->expiresAt, at);
    QCOMPARE(manager->receipts()->front().act, QStringLiteral("expiry"));
    QVERIFY(manager->setExpiry(id, std::nullopt));
    QVERIFY(!manager->findLink(id.shareId)->expiresAt);
    const auto unknown = manager->setExpiry({id.origin, QStringLiteral("nothing1")}, at);
    QVERIFY(!unknown && unknown.error().code == ErrorCode::LinkNotFound);

    QVERIFY(!manager->defaultExpiry().value());
    QVERIFY(manager->setDefaultExpiry(std::chrono::hours(48)));
    QCOMPARE(manager->defaultExpiry().value(), std::optional(std::chrono::hours(48)));
}

QTEST_GUILESS_MAIN(TestManagerAudit)
#include "test_manager_audit.moc"
