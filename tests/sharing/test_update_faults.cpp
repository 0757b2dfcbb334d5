// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "published_snapshot.h"

#include "sharing/share_server.h"

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Fault;
using demo::Generation;

//! What can not be updated, and what is left of an update that fails or is stopped.
class TestUpdateFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
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
};

void TestUpdateFaults::unreadableIsNotGuessed()
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

void TestUpdateFaults::whatCanNotBeUpdated()
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

void TestUpdateFaults::refusedModes()
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

void TestUpdateFaults::goneOnTheServer()
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

void TestUpdateFaults::takedownGoesFirst()
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

void TestUpdateFaults::faultOnce_data()
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

void TestUpdateFaults::faultOnce()
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

void TestUpdateFaults::faultForGood_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::newRow("500") << Fault::Status500;
    QTest::newRow("429") << Fault::Status429;
    QTest::newRow("413") << Fault::Status413;
    QTest::newRow("refuse") << Fault::Refuse;
}

void TestUpdateFaults::faultForGood()
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

void TestUpdateFaults::cancelledHalfWay()
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
    QVERIFY2(person.now().publicDigest != person.link.publicDigest, "what arrived was not looked through");
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

QTEST_GUILESS_MAIN(TestUpdateFaults)
#include "test_update_faults.moc"
