// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "published_snapshot.h"

#include <algorithm>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using demo::Generation;

namespace {

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

} // namespace

//! What an update makes public, changes and takes back.
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
    void ofAMessageThatGrew();
    void whatIsPublicIsCountedAtOnce();
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

void TestUpdate::whatIsPublicIsCountedAtOnce()
{
    Published person(Generation::June2026, "ROTATION_KEY=" + doubtful);
    const redaction::SecretText value(doubtful.toStdString());
    QVERIFY(person.manager->decide(session, value, {redaction::Decision::Keep}));
    person.publish();
    QCOMPARE(person.link.publicSecrets, 0);
    QVERIFY(person.link.publicPersonal >= 0);
    const auto isWhatACheckFinds = [&person] {
        const Link counted = person.now();
        const auto checked = QCoro::waitFor(person.manager->check(counted.id));
        if (!checked)
            return false;
        Link later = *checked;
        later.checkedAt = counted.checkedAt;
        return later == counted;
    };
    QVERIFY(isWhatACheckFinds());

    // No longer kept, it counts until an update hides it.
    QVERIFY(person.manager->decide(session, value, {redaction::Decision::Redact}));
    const auto checked = QCoro::waitFor(person.manager->check(person.link.id));
    QVERIFY2(checked, qPrintable(text(checked)));
    QCOMPARE(checked->publicSecrets, 1);
    const auto updated = person.update();
    QVERIFY2(updated, qPrintable(text(updated)));
    QCOMPARE(updated->publicSecrets, 0);
    QVERIFY(isWhatACheckFinds());
}

QTEST_GUILESS_MAIN(TestUpdate)
#include "test_update.moc"
