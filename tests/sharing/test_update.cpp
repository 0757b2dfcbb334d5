// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"
#include "sharing_world.h"

#include "sharing/share_server.h"

#include <QCoroTask>
#include <QTest>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Fault;
using demo::Generation;

namespace {

const QString session = QString::fromUtf8(firstSession);
const QByteArray doubtful = "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c12345678";

//! \brief A person with a conversation, a program, and a snapshot of it.
struct Published
{
    explicit Published(Generation generation = Generation::June2026, const QByteArray& text = "Begin")
        : world(generation)
    {
        world.addSession(firstSession, "First");
        say("5f1d00000001", text);
        manager = world.manager();
    }

    //! \brief As opencode would write it. \p time is the 48-bit prefix of its IDs.
    void say(const QByteArray& time, const QByteArray& text)
    {
        const QByteArray message = "msg_" + time + "AbCdEfGhIjKlMn";
        const qint64 created = 1'760'000'000'000 + time.right(6).toLongLong(nullptr, 16);
        const QByteArray data = R"({"role":"user","time":{"created":)" + QByteArray::number(created) + "}}";
        world.database->addMessage(message, firstSession, created, data);
        world.database->addPart("prt_" + time + "AbCdEfGhIjKlMn", message, firstSession,
                                textPart(text + ", in " + world.home().toUtf8() + ", says ada"));
    }

    void publish(redaction::Hiding hiding = redaction::Hiding::Usual)
    {
        const auto offer = manager->offer(session, hiding);
        QVERIFY2(offer, qPrintable(text(offer)));
        const auto published = QCoro::waitFor(manager->publish(*offer));
        QVERIFY2(published, qPrintable(text(published)));
        link = *published;
    }

    [[nodiscard]] Expected<UpdateOffer> offer(redaction::Hiding hiding = redaction::Hiding::Usual) const
    {
        return QCoro::waitFor(manager->offerUpdate(link.id, hiding));
    }
    [[nodiscard]] Expected<Link> update(std::stop_token stop = {}) const
    {
        auto made = offer();
        if (!made)
            return tl::unexpected(made.error());
        return QCoro::waitFor(manager->update(*std::move(made), {}, std::move(stop)));
    }
    [[nodiscard]] Link now() const { return manager->findLink(link.id.shareId).value(); }
    [[nodiscard]] QByteArray publicBytes() const { return world.server->dataOf(link.id.shareId); }
    [[nodiscard]] std::size_t syncs() const { return requestsFor(*world.server, "/sync").size(); }
    [[nodiscard]] bool isUpToDate() const
    {
        const auto made = offer();
        return made && made->difference.isEmpty();
    }
    [[nodiscard]] Receipt lastUpdate() const
    {
        const auto receipts = manager->receipts();
        if (!receipts)
            return {};
        for (const Receipt& receipt : *receipts) {
            if (receipt.act == QLatin1String("update"))
                return receipt;
        }
        return {};
    }

    ManagerWorld world;
    std::unique_ptr<ShareManager> manager;
    Link link;
};

//! \brief IDs of messages in the order in which a reader shows them.
std::vector<std::string> messageKeys(const document::ShareDocument& document)
{
    std::vector<std::string> keys;
    for (const document::ShareItem& item : document.items()) {
        if (item.type == document::ItemType::Message)
            keys.push_back(item.key);
    }
    return keys;
}

void addGenerations()
{
    QTest::addColumn<Generation>("generation");
    QTest::newRow("2026-03") << Generation::March2026;
    QTest::newRow("2026-06") << Generation::June2026;
    QTest::newRow("next") << Generation::Next;
}

} // namespace

class TestUpdate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsWhatWasSaidSince_data() { addGenerations(); }
    void addsWhatWasSaidSince();
    void anEarlierMessageKeepsItsPlace();
    void laterRedactionOverwrites_data() { addGenerations(); }
    void laterRedactionOverwrites();
    void revertedIsBlanked_data() { addGenerations(); }
    void revertedIsBlanked();
    void hiddenForGoodStaysHidden();
    void previewIsWhatIsSent();
    void unreadableIsNotGuessed();
    void whatCanNotBeUpdated();
    void refusedModes();
    void goneOnTheServer_data() { addGenerations(); }
    void goneOnTheServer();
    void takedownGoesFirst();
    void faultOnce_data();
    void faultOnce();
    void faultForGood_data();
    void faultForGood();
    void cancelledHalfWay_data() { addGenerations(); }
    void cancelledHalfWay();
    void ofAMessageThatGrew();
};

void TestUpdate::addsWhatWasSaidSince()
{
    QFETCH(Generation, generation);
    Published person(generation);
    person.publish();
    QVERIFY(person.link.syncedAt && person.link.syncedThrough);
    QVERIFY(person.isUpToDate());
    const auto before = parsed(person.publicBytes());

    person.say("5f1d00000002", "More");
    const auto offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(offer->difference.addedMessages, 1U);
    QCOMPARE(offer->difference.added, 2U);
    QCOMPARE(offer->difference.blanked, 0U);
    QCOMPARE(offer->difference.hidden, 0U);
    QVERIFY2(offer->difference.same >= 4, "old messages were not recognised");
    const auto link = QCoro::waitFor(person.manager->update(*offer));
    QVERIFY2(link, qPrintable(text(link)));
    QCOMPARE(link->id, person.link.id);
    QCOMPARE(link->step, LinkStep::Published);
    QCOMPARE(link->publicMessages, 3);
    QVERIFY(!link->partlyUpdated);
    QVERIFY(*link->syncedAt >= *person.link.syncedAt && *link->syncedThrough > *person.link.syncedThrough);
    QCOMPARE(person.now(), *link);

    const auto after = parsed(person.publicBytes());
    QVERIFY(QByteArray::fromStdString(after.toJson()).contains("More, in ~"));
    QVERIFY(!namesAda(person.publicBytes()));
    QCOMPARE(after.items().size(), before.items().size() + 2);
    for (const document::ShareItem& item : before.items()) {
        const auto same = [&item](const document::ShareItem& other) { return other.key == item.key; };
        QVERIFY2(std::any_of(after.items().begin(), after.items().end(), same), "an ID has changed");
    }
    QCOMPARE(person.lastUpdate().outcome, QStringLiteral("ok"));
    QVERIFY(person.lastUpdate().detail.contains(QStringLiteral("hidden values found in")));

    // Nothing is left to send.
    const std::size_t sent = person.syncs();
    QVERIFY(person.isUpToDate());
    QVERIFY(person.update());
    QCOMPARE(person.syncs(), sent);
}

void TestUpdate::anEarlierMessageKeepsItsPlace()
{
    Published person;
    person.publish();
    // From before all that was there when the IDs were made, and from long after.
    person.say("000000000009", "Earlier still");
    person.say("00000000000a", "Earlier");
    person.say("9f1d00000002", "Much later");
    QVERIFY(person.update());
    auto keys = messageKeys(parsed(person.publicBytes()));
    QCOMPARE(keys.size(), 5U);
    std::sort(keys.begin(), keys.end());
    const auto all = parsed(person.publicBytes());
    const auto textOf = [&all](const std::string& key) {
        const std::string id = key.substr(key.find('/') + 1);
        for (const document::ShareItem& item : all.items()) {
            if (item.key.starts_with("part/" + id))
                return item.data;
        }
        return std::string();
    };
    QVERIFY(textOf(keys[0]).find("Earlier still") != std::string::npos);
    QVERIFY(textOf(keys[1]).find("Earlier,") != std::string::npos);
    QVERIFY(textOf(keys[4]).find("Much later") != std::string::npos);
}

void TestUpdate::laterRedactionOverwrites()
{
    QFETCH(Generation, generation);
    Published person(generation, "ROTATION_KEY=" + doubtful);
    const redaction::SecretText value(doubtful.toStdString());
    QVERIFY(person.manager->decide(session, value, {redaction::Decision::Keep}));
    person.publish();
    QVERIFY(person.publicBytes().contains(doubtful));

    QVERIFY(person.manager->decide(session, value, {redaction::Decision::Redact}));
    const auto offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(offer->difference.changed, 1U);
    QCOMPARE(offer->difference.hidden, 1U);
    QCOMPARE(offer->difference.added, 0U);
    const auto link = QCoro::waitFor(person.manager->update(*offer));
    QVERIFY2(link, qPrintable(text(link)));
    QVERIFY2(!person.publicBytes().contains(doubtful), "what is hidden now is still public");
    QVERIFY(person.isUpToDate());
}

void TestUpdate::revertedIsBlanked()
{
    QFETCH(Generation, generation);
    Published person(generation);
    person.say("5f1d00000002", "A mistake");
    person.say("5f1d00000003", "And what follows");
    person.publish();

    // Marked as opencode does, which keeps the messages until the next prompt.
    person.world.database->execute("UPDATE session SET revert = '{\"messageID\":\"msg_5f1d00000002"
                                   "AbCdEfGhIjKlMn\",\"diff\":\"a diff\"}'");
    const auto offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(offer->difference.blanked, 4U);
    QCOMPARE(offer->difference.addedMessages, 0U);
    QVERIFY(person.update());
    QVERIFY(!person.publicBytes().contains("A mistake"));
    QVERIFY(!person.publicBytes().contains("And what follows"));
    QVERIFY(!person.publicBytes().contains("a diff"));
    QVERIFY(person.publicBytes().contains("Begin"));
    QVERIFY(person.isUpToDate());

    // Taken back, they are public again.
    person.world.database->execute("UPDATE session SET revert = NULL");
    QVERIFY(person.update());
    QVERIFY(person.publicBytes().contains("And what follows"));

    // Deleted for good.
    person.world.database->execute("DELETE FROM part WHERE id LIKE 'prt_5f1d00000003%'");
    person.world.database->execute("DELETE FROM message WHERE id LIKE 'msg_5f1d00000003%'");
    QVERIFY(person.update());
    QVERIFY(!person.publicBytes().contains("And what follows"));
    QVERIFY(person.publicBytes().contains("A mistake"));
    QVERIFY(person.isUpToDate());
}

void TestUpdate::hiddenForGoodStaysHidden()
{
    Published person(Generation::June2026, "ROTATION_KEY=" + doubtful);
    person.publish(redaction::Hiding::All);
    QVERIFY(person.link.hidesAll);
    QVERIFY(!person.publicBytes().contains(doubtful));
    person.say("5f1d00000002", "More");
    // Asked for less than what the snapshot was made with: it must not uncover anything.
    QVERIFY(person.update());
    QVERIFY(!person.publicBytes().contains(doubtful));
    QVERIFY(person.now().hidesAll);
}

void TestUpdate::previewIsWhatIsSent()
{
    Published person;
    person.publish();
    person.say("5f1d00000002", "Seen");
    const auto previewed = person.manager->offer(session);
    QVERIFY(previewed);
    person.say("5f1d00000003", "Not seen yet");
    auto offer = QCoro::waitFor(person.manager->offerUpdate(
        person.link.id, redaction::Hiding::Usual, std::make_shared<const PublishOffer>(*previewed)));
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(offer->difference.addedMessages, 1U);
    QVERIFY(QCoro::waitFor(person.manager->update(*offer)));
    QVERIFY(person.publicBytes().contains("Seen"));
    QVERIFY2(!person.publicBytes().contains("Not seen"), "more was sent than was previewed");
}

void TestUpdate::unreadableIsNotGuessed()
{
    Published person;
    person.publish();
    person.say("5f1d00000002", "More");
    const std::size_t sent = person.syncs();
    person.world.server->inject(Fault::WrongJson, "/data");
    QCOMPARE(person.offer().error().code, ErrorCode::ServerBadAnswer);
    person.world.server->inject(Fault::Status500, "/data");
    QCOMPARE(person.offer().error().code, ErrorCode::ServerFailed);

    // Readable when it was offered, and not any more.
    auto offer = person.offer();
    QVERIFY(offer);
    person.world.server->inject(Fault::Status500, "/data");
    QCOMPARE(QCoro::waitFor(person.manager->update(*offer)).error().code, ErrorCode::ServerFailed);
    QCOMPARE(person.lastUpdate().outcome, QStringLiteral("server-failed"));
    person.world.server->stop();
    QCOMPARE(person.offer().error().code, ErrorCode::ServerUnreachable);
    person.world.server->start();
    QCOMPARE(person.syncs(), sent);
    QVERIFY(!person.now().partlyUpdated);
    QVERIFY(person.update());
}

void TestUpdate::whatCanNotBeUpdated()
{
    Published person;
    person.publish();
    person.world.addSession(secondSession, "Second");
    const LinkId live = person.world.shareLive(secondSession);
    QVERIFY(person.manager->sessions());
    QCOMPARE(QCoro::waitFor(person.manager->offerUpdate(live)).error().code, ErrorCode::LinkLive);
    QCOMPARE(person.manager->snapshotOf(QString::fromUtf8(secondSession)).error().code,
             ErrorCode::LinkNotFound);
    QCOMPARE(person.manager->snapshotOf(session)->id, person.link.id);

    const auto another = person.manager->offer(session);
    QVERIFY(QCoro::waitFor(person.manager->publish(*another)));
    QCOMPARE(person.manager->snapshotOf(session).error().code, ErrorCode::LinkAmbiguous);

    QVERIFY(QCoro::waitFor(person.manager->unshare(person.link.id)));
    QCOMPARE(person.offer().error().code, ErrorCode::LinkClosed);
    QCOMPARE(QCoro::waitFor(person.manager->offerUpdate({person.link.id.origin, QStringLiteral("nothing1")}))
                 .error()
                 .code,
             ErrorCode::LinkNotFound);

    Link link = person.link;
    link.hasKey = false;
    QCOMPARE(whyNotUpdatable(link)->code, ErrorCode::KeyMissing);
    link.step = LinkStep::TakedownRequested;
    QCOMPARE(whyNotUpdatable(link)->code, ErrorCode::LinkClosed);
}

void TestUpdate::refusedModes()
{
    Published person;
    person.publish();
    person.say("5f1d00000002", "More");
    auto before = person.offer();
    QVERIFY(before && !before->offer.disabled);
    person.world.configure(R"({"share":"disabled"})");
    QVERIFY(person.offer()->offer.disabled);
    const std::size_t sent = person.syncs();
    QCOMPARE(QCoro::waitFor(person.manager->update(*before)).error().code, ErrorCode::ShareDisabled);
    QCOMPARE(person.update().error().code, ErrorCode::ShareDisabled);
    QCOMPARE(person.syncs(), sent);
}

void TestUpdate::goneOnTheServer()
{
    QFETCH(Generation, generation);
    Published person(generation);
    person.publish();
    person.say("5f1d00000002", "More");
    const auto offered = person.offer();
    QVERIFY(offered);
    // Somebody else deletes it with the key, which is in the requests that we sent.
    const QByteArray body = requestsFor(*person.world.server, "/sync").front().body;
    const auto begin = body.indexOf(R"("secret":")") + 10;
    const QByteArray key = body.mid(begin, body.indexOf('"', begin) - begin);
    HttpClient http(SharingWorld::fast());
    ShareServer protocol(person.world.server->origin(), http);
    QVERIFY(QCoro::waitFor(protocol.remove(person.link.id.shareId, Secret(key.toStdString()))));

    const auto link = QCoro::waitFor(person.manager->update(*offered));
    QVERIFY(!link);
    QVERIFY(!person.publicBytes().contains("More"));
    if (generation == Generation::Next) {
        QCOMPARE(link.error().code, ErrorCode::LinkClosed);
        QCOMPARE(person.offer().error().code, ErrorCode::LinkClosed);
        QCOMPARE(person.now().state, LinkState::Removed);
        return;
    }
    // Old servers still give the content, and refuse any key.
    QCOMPARE(link.error().code, ErrorCode::UpdateRefused);
    QCOMPARE(person.now().state, LinkState::Live);
    QVERIFY2(!person.now().partlyUpdated, "nothing was changed");
    QCOMPARE(person.lastUpdate().outcome, QStringLiteral("update-refused"));
    QCOMPARE(person.lastUpdate().detail, QStringLiteral("nothing was changed"));
}

void TestUpdate::takedownGoesFirst()
{
    Published person;
    person.publish();
    person.say("5f1d00000002", "More");
    const auto offered = person.offer();
    QVERIFY(offered);
    QVERIFY(QCoro::waitFor(person.manager->unshare(person.link.id)));
    QCOMPARE(QCoro::waitFor(person.manager->update(*offered)).error().code, ErrorCode::LinkClosed);
    QVERIFY(!person.publicBytes().contains("More"));

    // Asked for by another process while the content is under way.
    Published other;
    other.publish();
    other.say("5f1d00000002", "More");
    other.world.server->onCarriedOut([&](const demo::SeenRequest& request) {
        if (!request.path.contains("/sync"))
            return;
        auto ledger = LinkLedger::open(other.world.environment.dataFolder() % u"/ledger.db");
        auto link = ledger ? (*ledger)->link(other.link.id) : Expected<std::optional<Link>>();
        if (!link || !*link)
            qFatal("no ledger");
        (*link)->step = LinkStep::TakedownRequested;
        if (!(*ledger)->save(**link))
            qFatal("not saved");
    });
    QCOMPARE(other.update().error().code, ErrorCode::LinkClosed);
    other.world.server->onCarriedOut({});
    QCOMPARE(other.now().step, LinkStep::TakedownRequested);
    QVERIFY(QCoro::waitFor(other.manager->resume()));
    QVERIFY(!other.publicBytes().contains("More"));
    QCOMPARE(other.now().state, LinkState::Removed);
}

void TestUpdate::faultOnce_data()
{
    QTest::addColumn<Generation>("generation");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QByteArray>("match");
    for (const auto& [name, generation] :
         {std::pair("2026-03", Generation::March2026), std::pair("2026-06", Generation::June2026),
          std::pair("next", Generation::Next)}) {
        for (const auto& [call, match] : {std::pair("sync", "/sync"), std::pair("data", "/data")}) {
            for (const auto& [faultName, fault] :
                 {std::pair("refuse", Fault::Refuse), std::pair("500", Fault::Status500),
                  std::pair("429", Fault::Status429), std::pair("413", Fault::Status413),
                  std::pair("reset", Fault::Reset), std::pair("truncated", Fault::Truncated),
                  std::pair("wrong JSON", Fault::WrongJson)})
                QTest::addRow("%s %s %s", name, call, faultName) << generation << fault << QByteArray(match);
        }
    }
}

void TestUpdate::faultOnce()
{
    QFETCH(Generation, generation);
    QFETCH(Fault, fault);
    QFETCH(QByteArray, match);
    Published person(generation);
    person.publish();
    person.say("5f1d00000002", "More");
    const auto offered = person.offer();
    QVERIFY2(offered, qPrintable(text(offered)));
    person.world.server->inject(fault, match);
    const auto link = QCoro::waitFor(person.manager->update(*offered));
    const Link known = person.now();
    QCOMPARE(known.step, LinkStep::Published);
    if (link)
        QVERIFY(!known.partlyUpdated && person.publicBytes().contains("More"));
    else
        QVERIFY(person.lastUpdate().outcome == codeName(link.error().code));
    // A restart takes nothing down and loses nothing.
    const auto restarted = person.world.manager();
    QVERIFY(QCoro::waitFor(restarted->openVault()).status == VaultStatus::Open);
    QVERIFY(QCoro::waitFor(restarted->resume())->empty());
    QVERIFY(person.publicBytes().contains("Begin"));
    QVERIFY(!namesAda(person.publicBytes()));
    const auto again = person.update();
    QVERIFY2(again, qPrintable(text(again)));
    QVERIFY(person.publicBytes().contains("More"));
    QVERIFY(!again->partlyUpdated && person.isUpToDate());
}

void TestUpdate::faultForGood_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::newRow("500") << Fault::Status500;
    QTest::newRow("429") << Fault::Status429;
    QTest::newRow("413") << Fault::Status413;
    QTest::newRow("refuse") << Fault::Refuse;
}

void TestUpdate::faultForGood()
{
    QFETCH(Fault, fault);
    Published person;
    person.publish();
    person.say("5f1d00000002", "More");
    const auto offered = person.offer();
    QVERIFY(offered);
    person.world.server->inject(fault, "/sync", 1000);
    QVERIFY(!QCoro::waitFor(person.manager->update(*offered)));
    QVERIFY2(!person.now().partlyUpdated, "the server was asked, and nothing had arrived");
    QVERIFY(!person.publicBytes().contains("More"));
    QCOMPARE(person.lastUpdate().detail, QStringLiteral("nothing was changed"));
}

void TestUpdate::cancelledHalfWay()
{
    QFETCH(Generation, generation);
    Published person(generation);
    person.publish();
    for (int number = 2; number < 14; ++number)
        person.say("5f1d0000000" + QByteArray::number(number, 16), QByteArray(900'000, 'x'));
    std::stop_source stop;
    const auto offered = person.offer();
    QVERIFY(offered && offered->difference.bytes > 10'000'000);
    person.world.server->onCarriedOut([&stop](const demo::SeenRequest& request) {
        if (request.path.contains("/sync"))
            stop.request_stop();
    });
    const auto link = QCoro::waitFor(person.manager->update(*offered, {}, stop.get_token()));
    person.world.server->onCarriedOut({});
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::Cancelled);
    QVERIFY(person.now().partlyUpdated);
    QCOMPARE(person.now().step, LinkStep::Published);
    QVERIFY(person.lastUpdate().detail.contains(QStringLiteral("partly updated")));
    QVERIFY(!namesAda(person.publicBytes()));

    const auto restarted = person.world.manager();
    QVERIFY(QCoro::waitFor(restarted->resume())->empty());
    const auto rest = person.offer();
    QVERIFY(rest && !rest->difference.isEmpty());
    QVERIFY(rest->difference.items.size() < offered->difference.items.size());
    const auto completed = person.update();
    QVERIFY2(completed, qPrintable(text(completed)));
    QVERIFY(!completed->partlyUpdated && person.isUpToDate());
}

void TestUpdate::ofAMessageThatGrew()
{
    Published person;
    person.publish();
    person.world.database->addPart("prt_5f1d00000009AbCdEfGhIjKlMn", "msg_5f1d00000001AbCdEfGhIjKlMn",
                                   firstSession, textPart("A late part"));
    person.world.database->execute("UPDATE part SET data = '{\"type\":\"text\",\"text\":\"Edited\"}'"
                                   " WHERE id LIKE 'prt_5f1d00000001%'");
    const auto offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(offer->difference.addedMessages, 0U);
    QCOMPARE(offer->difference.added, 1U);
    QCOMPARE(offer->difference.changed, 1U);
    QCOMPARE(offer->difference.hidden, 0U);
    QVERIFY(person.update());
    QVERIFY(person.publicBytes().contains("Edited") && person.publicBytes().contains("A late part"));
    QVERIFY(!person.publicBytes().contains("Begin"));
}

QTEST_GUILESS_MAIN(TestUpdate)
#include "test_update.moc"
