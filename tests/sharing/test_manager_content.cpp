// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"
#include "sharing_world.h"

#include <QCoroTask>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using redaction::ContentKind;
using redaction::ContentSet;

namespace {

// Made of pieces, so that nothing here looks like one.
const QByteArray token = QByteArray("sk_") + "live_" + "4eC39HqLyjWDarjtT1zdp7dc";
const auto session = QString::fromUtf8(firstSession);

void addContent(ManagerWorld& world)
{
    world.addSession(firstSession, "With a tool");
    const QByteArray message = "msg_" + firstSession.mid(4);
    world.database->addPart("prt_z1", message, firstSession,
                            R"({"type":"tool","tool":"bash","callID":"c","state":{"status":"completed",)"
                            R"("input":{"command":"cat .env"},"output":"STRIPE_KEY=)" +
                                token + R"(","metadata":{"output":"STRIPE_KEY=)" + token + R"("}}})");
    world.database->addPart("prt_z2", message, firstSession,
                            R"({"type":"file","mime":"image/png","filename":"a.png",)"
                            R"("url":"data:image/png;base64,UElDVFVSRQ=="})");
}

bool publishes(const PublishOffer& offer, const char* text)
{
    return offer.snapshot.document().toJson().find(text) != std::string::npos;
}

} // namespace

//! What is left out of a snapshot, from the person's choice to the bytes on the server.
class TestManagerContent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void imagesAreLeftOutByDefault();
    void leftOutFindingsNeedNoDecision();
    void choiceIsRemembered();
    void choiceOfThisTimeOnly();
    void liveLinksAreWarnedOfAll();
    void firstScreenLeavesOutToo();
    void stubsArePublished();
};

void TestManagerContent::imagesAreLeftOutByDefault()
{
    ManagerWorld world;
    addContent(world);
    const auto offer = world.manager()->offer(session);
    QVERIFY2(offer, qPrintable(text(offer)));
    QVERIFY(offer->hasLeftOut);
    QVERIFY(offer->leftOut == ContentSet::leftOutByDefault());
    QVERIFY(!publishes(*offer, "UElDVFVSRQ"));
    QVERIFY(publishes(*offer, "Attachment left out · a.png"));
    QVERIFY(publishes(*offer, "cat .env"));
    QCOMPARE(offer->content.attachments.count, std::size_t(1));
    QCOMPARE(offer->content.tools.count, std::size_t(1));
    QVERIFY(offer->content.tools.bytes > std::size_t(2 * token.size()));
}

void TestManagerContent::leftOutFindingsNeedNoDecision()
{
    ManagerWorld world;
    addContent(world);
    const auto manager = world.manager();
    const auto with = manager->offer(session);
    QVERIFY(with);
    QCOMPARE(with->found.size(), std::size_t(1));
    QVERIFY(manager->setLeftOut(session, ContentKind::Tools, true));
    const auto without = manager->offer(session);
    QVERIFY(without);
    QVERIFY(without->found.empty());
    QVERIFY(!publishes(*without, "cat .env"));
    QVERIFY(without->snapshot.document().byteCount() < with->snapshot.document().byteCount());
    QCOMPARE(without->snapshot.document().items().size(), with->snapshot.document().items().size());
}

void TestManagerContent::choiceIsRemembered()
{
    ManagerWorld world;
    addContent(world);
    world.addSession(secondSession, "Another");
    QVERIFY(world.manager()->setLeftOut(session, ContentKind::Attachments, false));
    const auto manager = world.manager();
    const auto here = manager->leftOut(session);
    QVERIFY(here && !here->has(ContentKind::Attachments));
    const auto there = manager->leftOut(QString::fromUtf8(secondSession));
    QVERIFY(there && *there == ContentSet::leftOutByDefault());
    const auto offer = manager->offer(session);
    QVERIFY(offer && publishes(*offer, "UElDVFVSRQ"));
}

void TestManagerContent::choiceOfThisTimeOnly()
{
    ManagerWorld world;
    addContent(world);
    const auto manager = world.manager();
    const ContentChoice choice{{ContentKind::Tools}, {ContentKind::Attachments}};
    const auto offer = manager->offer(session, redaction::Hiding::Usual, choice);
    QVERIFY(offer);
    QVERIFY(publishes(*offer, "UElDVFVSRQ") && !publishes(*offer, "cat .env"));
    const auto later = manager->leftOut(session);
    QVERIFY(later && *later == ContentSet::leftOutByDefault());
}

void TestManagerContent::liveLinksAreWarnedOfAll()
{
    ManagerWorld world;
    addContent(world);
    const auto manager = world.manager();
    QVERIFY(manager->setLeftOut(session, ContentKind::Tools, true));
    const auto offer = manager->offer(session);
    QVERIFY(offer && offer->found.empty());
    const auto secrets = manager->secretsInOriginal(*offer);
    QVERIFY2(secrets, qPrintable(text(secrets)));
    QCOMPARE(*secrets, std::size_t(1));
    // Where nothing is left out, what was found is all there is.
    for (const ContentKind kind : redaction::allContent)
        QVERIFY(manager->setLeftOut(session, kind, false));
    const auto whole = manager->offer(session);
    QVERIFY(whole && !whole->hasLeftOut);
    QCOMPARE(manager->secretsInOriginal(*whole).value_or(0), std::size_t(1));
}

void TestManagerContent::firstScreenLeavesOutToo()
{
    ManagerWorld world;
    addContent(world);
    const auto manager = world.manager();
    QVERIFY(manager->setLeftOut(session, ContentKind::Tools, true));
    const auto original = manager->original(session);
    QVERIFY(original);
    const auto shown = manager->redacted(session, *original);
    QVERIFY2(shown, qPrintable(text(shown)));
    const std::string json = shown->document.toJson();
    for (const char* gone : {"cat .env", "UElDVFVSRQ", token.constData()})
        QVERIFY2(json.find(gone) == std::string::npos, "content that is left out is shown");
    QVERIFY(json.find("Tool output left out · bash · 1 line") != std::string::npos);
}

void TestManagerContent::stubsArePublished()
{
    ManagerWorld world;
    addContent(world);
    const auto manager = world.manager();
    QVERIFY(manager->setLeftOut(session, ContentKind::Tools, true));
    const auto offer = manager->offer(session);
    QVERIFY(offer);
    const auto link = QCoro::waitFor(manager->publish(*offer));
    QVERIFY2(link, qPrintable(text(link)));
    const QByteArray there = world.server->dataOf(link->id.shareId);
    QVERIFY(there.contains("Tool output left out · bash · 1 line"));

    QVERIFY(!there.contains("cat .env") && !there.contains("UElDVFVSRQ") && !there.contains(token));
}

QTEST_GUILESS_MAIN(TestManagerContent)
#include "test_manager_content.moc"
