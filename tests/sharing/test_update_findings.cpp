// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "published_snapshot.h"

#include "document/blank_items.h"
#include "sharing/share_server.h"

#include <QDir>
#include <QFile>

#include <algorithm>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;

namespace {

// Made of pieces, so that nothing here looks like one.
const QByteArray token = QByteArray("sk_") + "live_" + "4eC39HqLyjWDarjtT1zdp7dc";
const QByteArray other = QByteArray("sk_") + "live_" + "9kQ27ZmTxVbNcRwEaYpLs5hd";

std::vector<QByteArray> values(const std::vector<redaction::FoundValue>& found)
{
    std::vector<QByteArray> all;
    for (const redaction::FoundValue& one : found)
        all.push_back(QByteArray::fromStdString(one.value.reveal()));
    std::sort(all.begin(), all.end());
    return all;
}

void addRule(const ManagerWorld& world, const QByteArray& pattern)
{
    QDir().mkpath(world.environment.configFolder());
    QFile file(world.environment.configFolder() % u"/gitleaks.toml");
    if (!file.open(QIODevice::WriteOnly) ||
        file.write("[[rules]]\nid = 'mine'\nregex = '" + pattern + "'\n") < 0)
        qFatal("gitleaks.toml");
}

} // namespace

//! An update asks about what it sends, and about nothing else; and what it took back counts no more.
class TestUpdateFindings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findingsAreThoseOfTheNews();
    void aReasonIsAskedOnlyForNews();
    void whatStandsInsideOfAnotherIsJudgedWithIt();
    void whatIsSentBeyondTheOfferIsRefused();
    void blankedMessagesAreNotCounted();
};

void TestUpdateFindings::findingsAreThoseOfTheNews()
{
    Published person(demo::Generation::June2026, "KEY=" + token + " mauve-1234");
    person.publish();
    QVERIFY(!person.publicBytes().contains(token));
    person.say("5f1d00000002", "Nothing is found here");
    auto offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QVERIFY(!offer->offer.found.empty());
    QCOMPARE(values(offer->found), std::vector<QByteArray>());

    person.say("5f1d00000003", "ROTATION_KEY=" + doubtful + " and KEY=" + other);
    offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(values(offer->found), (std::vector<QByteArray>{doubtful, other}));
    // Said once more it is news, though it is hidden.
    person.say("5f1d00000004", "KEY=" + token);
    offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(values(offer->found), (std::vector<QByteArray>{doubtful, token, other}));

    // A rule that finds something in what is public already makes that news.
    addRule(person.world, "mauve-[0-9]+");
    offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(offer->difference.hidden, 1U);
    QCOMPARE(values(offer->found), (std::vector<QByteArray>{doubtful, "mauve-1234", token, other}));
}

void TestUpdateFindings::aReasonIsAskedOnlyForNews()
{
    Published person(demo::Generation::June2026, "KEY=" + token);
    const redaction::SecretText value(token.toStdString());
    QVERIFY(person.manager->decide(session, value, {redaction::Decision::Keep}));
    auto first = person.manager->offer(session);
    QVERIFY(first);
    QCOMPARE(keptSecrets(*first), 1);
    first->snapshot.keptReason = QStringLiteral("It is revoked.");
    const auto published = QCoro::waitFor(person.manager->publish(*first));
    QVERIFY2(published, qPrintable(text(published)));
    person.link = *published;
    QVERIFY(person.publicBytes().contains(token));

    // It is public with a reason. Nobody asks again because of something else.
    person.say("5f1d00000002", "More");
    auto offer = person.offer();
    QVERIFY(offer);
    QCOMPARE(keptSecrets(*offer), 0);
    QVERIFY(checkReason(*offer, {}));
    const auto updated = QCoro::waitFor(person.manager->update(*offer));
    QVERIFY2(updated, qPrintable(text(updated)));
    QVERIFY(person.publicBytes().contains("More"));

    person.say("5f1d00000003", "Once more KEY=" + token);
    offer = person.offer();
    QVERIFY(offer);
    QCOMPARE(keptSecrets(*offer), 1);
    QCOMPARE(checkReason(*offer, {}).error().code, ErrorCode::ReasonMissing);
    QCOMPARE(QCoro::waitFor(person.manager->update(*offer)).error().code, ErrorCode::ReasonMissing);
    QVERIFY(!person.publicBytes().contains("Once more"));
    offer->offer.snapshot.keptReason = QStringLiteral("It is revoked.");
    QVERIFY(QCoro::waitFor(person.manager->update(*offer)));
    QVERIFY(person.publicBytes().contains("Once more"));
}

//! The shorter value is public and undecided; what is sent has it only within a longer one, which was
//! offered.
void TestUpdateFindings::whatStandsInsideOfAnotherIsJudgedWithIt()
{
    const QByteArray longer = doubtful + "q7Zp";
    Published person(demo::Generation::June2026, "ROTATION_KEY=" + doubtful);
    person.publish();
    QVERIFY(person.publicBytes().contains(doubtful));
    person.say("5f1d00000002", "ROTATION_KEY=" + longer);
    const auto offer = person.offer();
    QVERIFY2(offer, qPrintable(text(offer)));
    QCOMPARE(values(offer->found), std::vector<QByteArray>{longer});
    const auto updated = QCoro::waitFor(person.manager->update(*offer));
    QVERIFY2(updated, qPrintable(text(updated)));
    QVERIFY(person.publicBytes().contains(longer));
}

//! What is public can change between the offer and the act: then more is to be sent than anybody has judged.
void TestUpdateFindings::whatIsSentBeyondTheOfferIsRefused()
{
    Published person(demo::Generation::June2026, "ROTATION_KEY=" + doubtful);
    person.publish();
    QVERIFY(person.publicBytes().contains(doubtful));
    person.say("5f1d00000002", "More");
    const auto offer = person.offer();
    QVERIFY(offer);
    QCOMPARE(offer->found.size(), 0U);
    // Another program with the key blanks it.
    const QByteArray body = requestsFor(*person.world.server, "/sync").front().body;
    const auto begin = body.indexOf(R"("secret":")") + 10;
    const Secret key(body.mid(begin, body.indexOf('"', begin) - begin).toStdString());
    HttpClient http(SharingWorld::fast());
    ShareServer protocol(person.world.server->origin(), http);
    const auto blank = document::blanked(parsed(person.publicBytes()));
    QVERIFY(blank);
    QVERIFY(
        QCoro::waitFor(protocol.sync(person.link.id.shareId, ShareServer::syncBody(key, blank->items()))));
    QVERIFY(!person.publicBytes().contains(doubtful));

    const auto refused = QCoro::waitFor(person.manager->update(*offer));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::SecretsUndecided);
    QVERIFY(!person.publicBytes().contains(doubtful) && !person.publicBytes().contains("More"));
    QVERIFY(!person.now().partlyUpdated);
    QCOMPARE(person.lastUpdate().outcome, QStringLiteral("secrets-undecided"));
    // Offered anew, it is asked about.
    const auto again = person.offer();
    QVERIFY(again);
    QCOMPARE(values(again->found), (std::vector<QByteArray>{doubtful}));
}

void TestUpdateFindings::blankedMessagesAreNotCounted()
{
    Published person;
    person.say("5f1d00000002", "A mistake");
    person.publish();
    QCOMPARE(person.link.publicMessages, 3);
    person.world.database->execute("DELETE FROM part WHERE id LIKE 'prt_5f1d00000002%'");
    person.world.database->execute("DELETE FROM message WHERE id LIKE 'msg_5f1d00000002%'");
    const auto updated = person.update();
    QVERIFY2(updated, qPrintable(text(updated)));
    // Its item is there still: a server removes none.
    QCOMPARE(parsed(person.publicBytes()).messageCount(), 3U);
    QCOMPARE(updated->publicMessages, 2);
    const auto checked = QCoro::waitFor(person.manager->check(person.link.id));
    QVERIFY2(checked, qPrintable(text(checked)));
    QCOMPARE(checked->publicMessages, 2);
}

QTEST_GUILESS_MAIN(TestUpdateFindings)
#include "test_update_findings.moc"
