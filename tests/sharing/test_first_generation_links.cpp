// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "live_link.h"
#include "manager_world.h"
#include "sharing/first_generation.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Generation;

namespace {

const QString session = QString::fromUtf8(firstSession);
const QString shareId = session.right(8);

} // namespace

//! Links of the first generation, as a person has them: all that works on a link works on them.
class TestFirstGenerationLinks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void checksAndTakesDown();
    void countsWhatIsPublic();
    void findsInlineValues();
    void takesDownMany();
    void takesDownFromFiles_data();
    void takesDownFromFiles();
    void goesOnWhereItStopped();
    void staysWithAWrongKey();
    void removesWhatNobodyCanRead();
    void looksAgainLater();
    void replacesByASnapshot();

private:
    void writeOlderShare(const QString& folder, const QByteArray& key, bool withId) const;
    [[nodiscard]] Link known(const LinkId& id) const { return m_manager->findLink(id.shareId).value(); }
    [[nodiscard]] std::size_t creations() const
    {
        return requestsFor(*m_world->server, "/share_create").size();
    }
    [[nodiscard]] QString receipts() const
    {
        return QString::fromUtf8(
            receiptsText(m_manager->receipts(ReceiptFilter()).value(), ExportFormat::Json));
    }

    std::unique_ptr<ManagerWorld> m_world;
    std::unique_ptr<ShareManager> m_manager;
};

void TestFirstGenerationLinks::init()
{
    m_manager.reset();
    m_world = std::make_unique<ManagerWorld>(Generation::First);
    m_manager = m_world->manager();
}

void TestFirstGenerationLinks::checksAndTakesDown()
{
    m_world->addSession(firstSession, "First");
    const LinkId id = m_world->shareLive(firstSession);
    QVERIFY(m_manager->sessions());
    const auto live = QCoro::waitFor(m_manager->check(id));
    QCOMPARE(text(live), QString());
    QCOMPARE(live->state, LinkState::Live);
    QCOMPARE(live->publicMessages, 5);
    QVERIFY(live->publicBytes > 0);
    QVERIFY(!live->publicDigest.isEmpty());
    const auto isPublic = QCoro::waitFor(m_manager->publicDocument(id));
    QCOMPARE(text(isPublic), QString());
    QCOMPARE(isPublic->items().size(), 11U);

    const auto gone = QCoro::waitFor(m_manager->unshare(id));
    QCOMPARE(text(gone), QString());
    QCOMPARE(gone->state, LinkState::Removed);
    QVERIFY(m_world->server->shareIds().empty());
    const auto all = m_manager->receipts(ReceiptFilter()).value();
    const auto proof = std::find_if(all.begin(), all.end(), [](const Receipt& one) { return one.isProof; });
    QVERIFY(proof != all.end());
    QCOMPARE(proof->asked, QStringLiteral("GET /share_data, plain and past caches"));
    QCOMPARE(proof->answered, QStringLiteral("nothing, nothing"));
    QCOMPARE(proof->publicBefore, live->publicDigest);
    QVERIFY(receipts().contains(QStringLiteral("POST /share_sync")));
    QVERIFY(receipts().contains(QStringLiteral("POST /share_delete")));
    QVERIFY(!receipts().contains(QStringLiteral("/api/share")));
    QVERIFY(m_manager->verifyReceipts()->isIntact());
    // The share that opencode made, and none since.
    QCOMPARE(creations(), 1U);
}

void TestFirstGenerationLinks::countsWhatIsPublic()
{
    m_world->addSession(firstSession, "First");
    const LinkId id = m_world->shareLive(firstSession);
    QVERIFY(m_manager->sessions());
    const auto audited = QCoro::waitFor(m_manager->auditDueLinks());
    QCOMPARE(text(audited), QString());
    QCOMPARE(known(id).state, LinkState::Live);
    QVERIFY(known(id).publicSecrets >= 0);
}

void TestFirstGenerationLinks::findsInlineValues()
{
    m_world->addSession(firstSession, "First");
    const LinkId id = m_world->shareLive(firstSession);
    // An old message, whose parts stand in it.
    HttpClient http;
    ShareServer protocol(linkAt(*m_world->server, session), http);
    const auto key = QCoro::waitFor(protocol.create(session));
    QVERIFY(key);
    document::ShareDocument old;
    old.addKeyed(document::ItemType::Message, "message/msg_0",
                 R"({"id":"msg_0","role":"user","parts":[{"type":"text",)"
                 R"("text":"set DB_PASSWORD=Kp7-vellum-Quartz-31 please"}]})");
    QVERIFY(QCoro::waitFor(protocol.sync(shareId, protocol.body(key->key, old.items()))));
    QVERIFY(m_world->server->dataOf(shareId).contains("Kp7-vellum-Quartz-31"));
    QVERIFY(m_manager->sessions());
    const auto checked = QCoro::waitFor(m_manager->check(id));
    QCOMPARE(text(checked), QString());
    QCOMPARE(checked->publicSecrets, 1);
    QCOMPARE(checked->publicMessages, 6);
    const auto isPublic = QCoro::waitFor(m_manager->publicDocument(id));
    QVERIFY(isPublic);
    const auto found = m_manager->findingsIn(id, *isPublic);
    QVERIFY(found);
    QVERIFY(std::any_of(found->begin(), found->end(), [](const redaction::FoundValue& value) {
        return value.rule->kind == redaction::FindingKind::Secret &&
               value.value.reveal() == "Kp7-vellum-Quartz-31";
    }));

    // Overwritten with its message, before anything is deleted.
    bool stoodAtDeletion = true;
    m_world->server->onRequest([&](const demo::SeenRequest& request) {
        if (request.path == "/share_delete")
            stoodAtDeletion = isReadable(*m_world->server, shareId);
    });
    const auto gone = QCoro::waitFor(m_manager->unshare(id));
    QCOMPARE(text(gone), QString());
    QCOMPARE(gone->state, LinkState::Removed);
    QVERIFY(!stoodAtDeletion);
}

void TestFirstGenerationLinks::takesDownMany()
{
    const std::vector<LinkId> ids = m_world->shareMany(6);
    QVERIFY(m_manager->sessions());
    const auto results = QCoro::waitFor(m_manager->unshareAll(ids));
    QVERIFY(results);
    for (const BulkResult& result : *results) {
        QCOMPARE(text(result.link), QString());
        QCOMPARE(result.link->state, LinkState::Removed);
    }
    QVERIFY(m_world->server->shareIds().empty());
}

void TestFirstGenerationLinks::writeOlderShare(const QString& folder, const QByteArray& key,
                                               bool withId) const
{
    const QString path = m_world->environment.opencodeDataFolder() % u"/storage/" % folder;
    QVERIFY(QDir().mkpath(path));
    QFile file(path % u'/' % session % u".json");
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray url = m_world->server->origin().toString().toUtf8() + "/s/" + shareId.toUtf8();
    file.write(R"({"secret":")" + key + R"(","url":")" + url + '"');
    if (withId)
        file.write(R"(,"id":")" + shareId.toUtf8() + '"');
    file.write("}");
}

void TestFirstGenerationLinks::takesDownFromFiles_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<bool>("withId");
    QTest::newRow("old") << QStringLiteral("session_share") << true;
    QTest::newRow("oldest") << QStringLiteral("share") << false;
}

void TestFirstGenerationLinks::takesDownFromFiles()
{
    QFETCH(const QString, folder);
    QFETCH(const bool, withId);
    const CreatedShare created = shareAt(*m_world->server, session, conversation(3));
    writeOlderShare(folder, QByteArray::fromStdString(std::string(created.key.reveal())), withId);
    QCOMPARE(QCoro::waitFor(m_manager->openVault()).status, VaultStatus::Open);
    QVERIFY(m_manager->sessions());
    const Link link = known(created.id);
    QCOMPARE(link.source, LinkSource::Storage);
    QVERIFY(link.hasKey);
    const auto checked = QCoro::waitFor(m_manager->check(link.id));
    QCOMPARE(text(checked), QString());
    QCOMPARE(checked->state, LinkState::Orphan);
    const auto gone = QCoro::waitFor(m_manager->unshare(link.id));
    QCOMPARE(text(gone), QString());
    QCOMPARE(gone->state, LinkState::Removed);
    QVERIFY(m_world->server->shareIds().empty());
}

void TestFirstGenerationLinks::goesOnWhereItStopped()
{
    m_world->addSession(firstSession, "First");
    const LinkId id = m_world->shareLive(firstSession);
    QVERIFY(m_manager->sessions());
    const std::size_t before = requestsFor(*m_world->server, "/share_sync").size();
    std::stop_source stop;
    std::atomic<int> left = 5;
    m_world->server->onCarriedOut([&](const demo::SeenRequest& request) {
        if (request.path == "/share_sync" && --left == 0)
            stop.request_stop();
    });
    const auto stopped = QCoro::waitFor(m_manager->unshare(id, {}, stop.get_token()));
    QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
    m_world->server->onCarriedOut({});
    const std::size_t first = requestsFor(*m_world->server, "/share_sync").size() - before;
    QVERIFY(first < 11);
    m_manager = m_world->manager();
    const auto resumed = QCoro::waitFor(m_manager->resume());
    QCOMPARE(text(resumed), QString());
    QCOMPARE(known(id).state, LinkState::Removed);
    QVERIFY(m_world->server->shareIds().empty());
    // What was overwritten the first time is not sent again.
    QCOMPARE(requestsFor(*m_world->server, "/share_sync").size() - before, 11U);
}

void TestFirstGenerationLinks::staysWithAWrongKey()
{
    const CreatedShare created = shareAt(*m_world->server, session, conversation(3));
    writeOlderShare(QStringLiteral("share"), "a-wrong-key", false);
    QCOMPARE(QCoro::waitFor(m_manager->openVault()).status, VaultStatus::Open);
    QVERIFY(m_manager->sessions());
    const QByteArray isPublic = m_world->server->dataOf(shareId);
    const auto link = QCoro::waitFor(m_manager->unshare(created.id));
    QCOMPARE(text(link), QString());
    QCOMPARE(link->state, LinkState::StillServed);
    QVERIFY(link->nextProbeAt);
    QCOMPARE(m_world->server->dataOf(shareId), isPublic);
    QVERIFY(!receipts().contains(QStringLiteral("a-wrong-key")));
    QVERIFY(!receipts().contains(QStringLiteral("\"isProof\": true")));
    // No key is asked for but in the search for a lost one.
    QCOMPARE(creations(), 1U);
}

// A part whose message is missing, which such a server fails over for good.
void TestFirstGenerationLinks::removesWhatNobodyCanRead()
{
    m_world->addSession(firstSession, "First");
    const LinkId id = m_world->shareLive(firstSession);
    QVERIFY(m_manager->sessions());
    HttpClient http;
    ShareServer protocol(linkAt(*m_world->server, session), http);
    const auto created = QCoro::waitFor(protocol.create(session));
    QVERIFY(created);
    document::ShareDocument stray;
    stray.addKeyed(document::ItemType::Part, "part/msg_none/prt_1",
                   R"({"id":"prt_1","messageID":"msg_none","type":"text","text":"x"})");
    QVERIFY(QCoro::waitFor(protocol.sync(shareId, protocol.body(created->key, stray.items()))));
    QCOMPARE(m_world->server->dataOf(shareId), QByteArray("Internal Server Error"));
    // It may be a fault that passes, and what is there could be overwritten then.
    const auto first = QCoro::waitFor(m_manager->unshare(id));
    QCOMPARE(text(first), QString());
    QCOMPARE(first->state, LinkState::Unreachable);
    QVERIFY(requestsFor(*m_world->server, "/share_delete").empty());
    const auto second = QCoro::waitFor(m_manager->unshare(id));
    QCOMPARE(text(second), QString());
    QCOMPARE(second->state, LinkState::Removed);
    QVERIFY(m_world->server->shareIds().empty());
}

void TestFirstGenerationLinks::looksAgainLater()
{
    m_world->addSession(firstSession, "First");
    const LinkId id = m_world->shareLive(firstSession);
    QVERIFY(m_manager->sessions());
    QCOMPARE(QCoro::waitFor(m_manager->unshare(id))->state, LinkState::Removed);
    QCoro::waitFor(m_manager->backgroundDone());
    // An old opencode that is still about shares the session anew.
    (void)shareAt(*m_world->server, session, conversation(2));
    const auto back = QCoro::waitFor(m_manager->check(id));
    QCOMPARE(text(back), QString());
    QCOMPARE(back->state, LinkState::StillServed);
    QVERIFY(!back->removedAt);
}

void TestFirstGenerationLinks::replacesByASnapshot()
{
    // Snapshots go to today's server, which opencode is configured for.
    const demo::LoopbackShareServer today(Generation::June2026);
    m_world->configure(R"({"enterprise":{"url":")" + today.origin().toString().toUtf8() + R"("}})");
    m_manager = m_world->manager();
    m_world->addSession(firstSession, "First");
    const LinkId id = m_world->shareLive(firstSession);
    QCOMPARE(QCoro::waitFor(m_manager->openVault()).status, VaultStatus::Open);
    QVERIFY(m_manager->sessions());
    auto offer = m_manager->offer(session);
    QCOMPARE(text(offer), QString());
    const auto replaced = QCoro::waitFor(m_manager->replace(id, *std::move(offer)));
    QCOMPARE(text(replaced), QString());
    QCOMPARE(replaced->snapshot.id.origin, today.origin());
    QVERIFY(isReadable(today, replaced->snapshot.id.shareId));
    QCOMPARE(known(id).state, LinkState::Removed);
    QVERIFY(m_world->server->shareIds().empty());
}

QTEST_GUILESS_MAIN(TestFirstGenerationLinks)
#include "test_first_generation_links.moc"
