// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/blank_items.h"
#include "document/document_digest.h"
#include "document/transcript.h"
#include "live_link.h"
#include "redaction/secret_scanner.h"
#include "sharing/first_generation.h"
#include "support/scripted_peer.h"

#include <QCoroTask>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using document::ItemType;
using document::ShareDocument;
using tests::httpReply;
using tests::PeerReply;
using tests::ScriptedPeer;

namespace {

const QString sessionOfLink = QStringLiteral("ses_5f1c2d3e4a5bAbCdEfGhIjKlMn");
const QString shareIdOfLink = QStringLiteral("GhIjKlMn");

//! A message with parts of its own, as the oldest ones have them, and one with parts that have keys.
const QByteArray bothKinds =
    R"({"info":{"id":"ses_5f1c2d3e4a5bAbCdEfGhIjKlMn","title":"Old","time":{"created":1750000000000}},)"
    R"("messages":{"msg_a":{"parts":[{"type":"text","text":"inline words"},)"
    R"({"type":"tool-invocation","toolInvocation":{"args":{"command":"cat .env"}}}],)"
    R"("id":"msg_a","role":"user","metadata":{"time":{"created":1750000000000}}},)"
    R"("msg_b":{"parts":[{"id":"prt_1","messageID":"msg_b","type":"text","text":"keyed words"}],)"
    R"("id":"msg_b","role":"assistant"}}})";

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

Expected<ShareDocument> read(const QByteArray& json)
{
    return first_generation::readData(view(json));
}

Link linkOf(const ScriptedPeer& peer)
{
    Link link;
    link.id = {originOf(peer.url()), shareIdOfLink};
    link.url = peer.url(QStringLiteral("/s/") + shareIdOfLink);
    link.sessionId = sessionOfLink;
    return link;
}

std::vector<std::string> keysOf(const ShareDocument& document)
{
    std::vector<std::string> keys;
    for (const document::ShareItem& item : document.items())
        keys.push_back(item.key);
    return keys;
}

} // namespace

//! The protocol of `https://opencode.ai/s/ID`: where it is spoken, what it says, and what is believed.
class TestFirstGeneration : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsWhereTheCallsGo_data();
    void knowsWhereTheCallsGo();
    void knowsTheSessionOfALink();
    void readsBothKindsOfParts();
    void showsAndFindsInlineParts();
    void blanksEveryWord();
    void digestDoesNotChangeWithTheWay();
    void tellsGoneBlankAndContent_data();
    void tellsGoneBlankAndContent();
    void believesNothingElse_data();
    void believesNothingElse();
    void neverQuotesAnAnswer();
    void sendsNoKeyElsewhere();
    void sendsNothingWithoutTheSession();
    void learnsTheSession();
    void sendsOneItemPerBody();
};

void TestFirstGeneration::knowsWhereTheCallsGo_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("api");
    const auto add = [](const char* page, const char* api) {
        QTest::newRow(page) << QString::fromLatin1(page) << QString::fromLatin1(api);
    };
    add("https://opencode.ai/s/abcdefgh", "https://api.opencode.ai");
    add("https://dev.opencode.ai", "https://api.dev.opencode.ai");
    add("http://share.example:8080", "http://api.share.example:8080");
    add("https://a:b@opencode.ai?x=y#z", "https://api.opencode.ai");
    add("http://127.0.0.1:4096", "http://127.0.0.1:4096");
    add("http://[::1]:4096", "http://[::1]:4096");
    add("http://192.168.1.7", "http://192.168.1.7");
    add("http://localhost:3000", "http://localhost:3000");
    add("http://share.localhost:3000", "http://share.localhost:3000");
}

void TestFirstGeneration::knowsWhereTheCallsGo()
{
    QFETCH(const QString, page);
    QFETCH(const QString, api);
    QCOMPARE(first_generation::apiOrigin(QUrl(page)), QUrl(api));
    HttpClient http;
    Link link;
    link.url = QUrl(page).resolved(QUrl(QStringLiteral("/s/") + shareIdOfLink));
    link.id = {originOf(link.url), shareIdOfLink};
    QCOMPARE(ShareServer(link, http).origin(), QUrl(api));
    // What Sharelock made itself was made in today's protocol, whatever its page is called.
    link.source = LinkSource::Sharelock;
    QCOMPARE(ShareServer(link, http).origin(), originOf(QUrl(page)));
}

void TestFirstGeneration::knowsTheSessionOfALink()
{
    using first_generation::sessionFor;
    QCOMPARE(sessionFor(shareIdOfLink, sessionOfLink), sessionOfLink);
    for (const char* other : {"", "GhIjKlMn", "ses_5f1c2d3e4a5bAbCdEfGhIjKlMm", "ses/../GhIjKlMn",
                              "ses_\nGhIjKlMn", "ses_\"GhIjKlMn"})
        QCOMPARE(sessionFor(shareIdOfLink, QString::fromLatin1(other)), QString());
    // The last 8 characters, neither more nor fewer.
    QCOMPARE(sessionFor(QStringLiteral("IjKlMn"), sessionOfLink), QString());
    QCOMPARE(sessionFor(QString(), sessionOfLink), QString());
}

void TestFirstGeneration::readsBothKindsOfParts()
{
    const auto document = read(bothKinds);
    QVERIFY(document);
    const std::vector<std::string> keys{"session", "message/msg_a", "message/msg_b", "part/msg_b/prt_1"};
    QCOMPARE(keysOf(*document), keys);
    QCOMPARE(document->sessionId(), sessionOfLink.toStdString());
    QCOMPARE(document->title(), std::string("Old"));
    QCOMPARE(document->messageCount(), 2U);
    QCOMPARE(document::saidMessageCount(*document), 2U);
    // A part with a key stands under it alone.
    QCOMPARE(document->items()[2].data, std::string(R"({"id":"msg_b","role":"assistant"})"));
    QVERIFY(document->items()[1].data.find("inline words") != std::string::npos);
    // One that claims another message's key, or none that could be named, stays where it was found.
    for (const char* part :
         {R"({"id":"prt_1","messageID":"msg_z","text":"x"})", R"({"id":"a/b","messageID":"m","text":"x"})",
          R"({"id":"prt_1","text":"x"})", R"({"messageID":"m","text":"x"})", R"("x")"}) {
        const auto odd = read(QByteArray(R"({"messages":{"m":{"parts":[)") + part + "]}}}");
        QVERIFY2(odd, part);
        QCOMPARE(keysOf(*odd), std::vector<std::string>{"message/m"});
        QVERIFY(odd->items()[0].data.find(part) != std::string::npos);
    }
}

void TestFirstGeneration::showsAndFindsInlineParts()
{
    QByteArray json = bothKinds;
    json.replace("inline words", "set DB_PASSWORD=Kp7-vellum-Quartz-31 please");
    const auto document = read(json);
    QVERIFY(document);
    std::string shown;
    for (const document::Block& block : document::transcript(*document))
        shown += block.itemKey + ' ' + block.title + ' ' + block.text + '\n';
    QVERIFY2(shown.find("Kp7-vellum-Quartz-31") != std::string::npos, shown.c_str());
    QVERIFY2(shown.find("cat .env") != std::string::npos, shown.c_str());
    QVERIFY2(shown.find("keyed words") != std::string::npos, shown.c_str());
    const std::size_t inlineAt = shown.find("Kp7-vellum-Quartz-31");
    QVERIFY(inlineAt < shown.find("keyed words"));
}

void TestFirstGeneration::blanksEveryWord()
{
    const auto document = read(bothKinds);
    QVERIFY(document);
    QVERIFY(!document::isBlank(*document));
    const auto blank = document::blanked(*document);
    QVERIFY(blank);
    QVERIFY(document::isBlank(*blank));
    QCOMPARE(keysOf(*blank), keysOf(*document));
    for (const char* word : {"inline words", "keyed words", "cat .env", "Old"})
        QVERIFY2(blank->toJson().find(word) == std::string::npos, word);
}

void TestFirstGeneration::digestDoesNotChangeWithTheWay()
{
    const auto document = read(bothKinds);
    // Spaces, and the order in which messages come.
    const QByteArray other =
        R"({ "messages" : {"msg_b":{"parts":[{"id":"prt_1","messageID":"msg_b","type":"text","text":"keyed words"}],
        "id":"msg_b","role":"assistant"}, "msg_a":{"parts":[{"type":"text","text":"inline words"},
        {"type":"tool-invocation","toolInvocation":{"args":{"command":"cat .env"}}}],
        "id":"msg_a","role":"user","metadata":{"time":{"created":1750000000000}}}},
        "info":{"id":"ses_5f1c2d3e4a5bAbCdEfGhIjKlMn","title":"Old","time":{"created":1750000000000}} })";
    const auto same = read(other);
    QVERIFY(document && same);
    QCOMPARE(document::digest(*same), document::digest(*document));
    QByteArray changed = other;
    changed.replace("inline words", "inline wordz");
    QVERIFY(document::digest(*read(changed)) != document::digest(*document));
}

void TestFirstGeneration::tellsGoneBlankAndContent_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    const auto add = [](const char* name, const QByteArray& body, DataAnswer::Kind kind) {
        QTest::newRow(name) << body << static_cast<int>(kind);
    };
    add("gone", R"({"messages":{}})", DataAnswer::Kind::Gone);
    add("blank", R"({"info":{"id":"ses_1","title":""},"messages":{"msg_1":{"parts":[],"id":"msg_1"}}})",
        DataAnswer::Kind::Blank);
    add("only a blank session", R"({"info":{"id":"ses_1","title":""},"messages":{}})",
        DataAnswer::Kind::Blank);
    add("only a session", R"({"info":{"id":"ses_1","title":"Old"},"messages":{}})",
        DataAnswer::Kind::Content);
    add("no session", R"({"messages":{"msg_1":{"parts":[{"type":"text","text":"x"}]}}})",
        DataAnswer::Kind::Content);
    add("both kinds", bothKinds, DataAnswer::Kind::Content);
}

void TestFirstGeneration::tellsGoneBlankAndContent()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, kind);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, body));
    HttpClient http(SharingWorld::fast());
    ShareServer server(linkOf(peer), http);
    const auto plain = QCoro::waitFor(server.data(shareIdOfLink, false));
    QVERIFY(plain);
    QCOMPARE(static_cast<int>(plain->kind), kind);
    QVERIFY(QCoro::waitFor(server.data(shareIdOfLink, true)));
    QCOMPARE(peer.requests().at(0).target, QByteArray("/share_data?id=GhIjKlMn"));
    QVERIFY(peer.requests().at(1).target.startsWith("/share_data?id=GhIjKlMn&sharelock="));
}

void TestFirstGeneration::believesNothingElse_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const std::vector<std::pair<const char*, QByteArray>> bodies{
        {"unknown path", "Not Found"},
        {"empty", ""},
        {"null", "null"},
        {"text", "\"\""},
        {"today's empty answer", "[]"},
        {"empty object", "{}"},
        {"messages in a list", R"({"messages":[]})"},
        {"messages null", R"({"messages":null})"},
        {"more than these", R"({"messages":{},"error":"busy"})"},
        {"session null", R"({"info":null,"messages":{}})"},
        {"session a text", R"({"info":"x","messages":{}})"},
        {"message a text", R"({"messages":{"msg_1":"x"}})"},
        {"message null", R"({"messages":{"msg_1":null}})"},
        {"message without parts", R"({"messages":{"msg_1":{"id":"msg_1"}}})"},
        {"parts no list", R"({"messages":{"msg_1":{"parts":"x"}}})"},
        {"message of no name", R"({"messages":{"":{"parts":[]}}})"},
        {"message of a path", R"({"messages":{"a/b":{"parts":[]}}})"},
        {"cut off", R"({"messages":{)"},
        {"two values", R"({"messages":{}}{"messages":{}})"},
        {"page", "<!doctype html><title>opencode</title>"},
    };
    for (const auto& [name, body] : bodies)
        QTest::newRow(name) << 200 << body;
    QTest::newRow("404, in words") << 404 << QByteArray(R"({"error":"Share not found: GhIjKlMn"})");
    QTest::newRow("500, gone") << 500 << QByteArray(R"({"messages":{}})");
    QTest::newRow("304, gone") << 304 << QByteArray(R"({"messages":{}})");
    QTest::newRow("redirect") << 302 << QByteArray(R"({"messages":{}})");
}

// What it could not tell is neither gone nor there.
void TestFirstGeneration::believesNothingElse()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(status, body));
    HttpClient http(SharingWorld::fast());
    ShareServer server(linkOf(peer), http);
    const auto answer = QCoro::waitFor(server.data(shareIdOfLink, false));
    QVERIFY(!answer);
    if (status == 200)
        QCOMPARE(answer.error().code, ErrorCode::ServerBadAnswer);
}

void TestFirstGeneration::neverQuotesAnAnswer()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpClient http(SharingWorld::fast());
    ShareServer server(linkOf(peer), http);
    const Secret key("hush-hush");
    for (const int status : {200, 302, 400, 404, 500}) {
        peer.say(httpReply(status, R"({"secret":"hush-hush","url":"https://x.example/s/hush-hush"})"));
        const auto created = QCoro::waitFor(server.create(sessionOfLink));
        const auto synced = QCoro::waitFor(server.sync(shareIdOfLink, server.body(key, {})));
        const auto removed = QCoro::waitFor(server.remove(shareIdOfLink, key));
        QVERIFY(!created); // Its link is another's.
        for (const Expected<void>& result : {synced, removed}) {
            if (!result)
                QVERIFY(!QString(result.error().detail % result.error().subject)
                             .contains(QStringLiteral("hush")));
        }
        QVERIFY(!QString(created.error().detail % created.error().subject).contains(QStringLiteral("hush")));
    }
}

void TestFirstGeneration::sendsNoKeyElsewhere()
{
    ScriptedPeer other;
    QVERIFY(other.listen());
    other.say(httpReply(200, R"({"messages":{}})"));
    for (const int status : {301, 302, 303, 307, 308}) {
        ScriptedPeer peer;
        QVERIFY(peer.listen());
        peer.say(httpReply(200, bothKinds));
        peer.say(
            httpReply(status, "{}", {{"Location", other.url(QStringLiteral("/share_sync")).toEncoded()}}));
        SharingWorld world;
        Link link = linkOf(peer);
        link.state = LinkState::Live;
        link.hasKey = true;
        QVERIFY(world.ledger->saveWithKey(link, *world.vault.seal(link.id, Secret("hush-hush"))));
        const auto gone = takeDown(world, link.id);
        QVERIFY(gone && gone->state != LinkState::Removed);
        QVERIFY(peer.requests().at(1).body.contains("hush-hush"));
        QCOMPARE(other.connections(), 0);
        QVERIFY(!world.receiptsText().contains(QStringLiteral("hush")));
        QVERIFY(!world.ledgerBytes().contains("hush-hush"));
    }
}

void TestFirstGeneration::sendsNothingWithoutTheSession()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    HttpClient http(SharingWorld::fast());
    Link link = linkOf(peer);
    link.sessionId = QStringLiteral("ses_another");
    ShareServer server(link, http);
    const auto removed = QCoro::waitFor(server.remove(shareIdOfLink, Secret("hush")));
    QVERIFY(!removed && removed.error().code == ErrorCode::SessionNotFound);
    QVERIFY(!QCoro::waitFor(server.sync(shareIdOfLink, server.body(Secret("hush"), {}))));
    // Nor to a share that the link is not of.
    link.sessionId = sessionOfLink;
    ShareServer right(link, http);
    QVERIFY(!QCoro::waitFor(right.remove(QStringLiteral("aaaaaaaa"), Secret("hush"))));
    QVERIFY(peer.requests().empty());
}

void TestFirstGeneration::learnsTheSession()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpClient http;
    Link link = linkOf(peer);
    link.sessionId.clear();
    ShareServer server(link, http);
    // One that is not the link's teaches nothing.
    server.learnSession(*read(R"({"info":{"id":"ses_aaaaaaaaaaaaaaaaaaaaaaaaaa"},"messages":{}})"));
    QVERIFY(server.sessionId().isEmpty());
    server.learnSession(*read(bothKinds));
    QCOMPARE(server.sessionId(), sessionOfLink);
}

void TestFirstGeneration::sendsOneItemPerBody()
{
    const demo::LoopbackShareServer server(demo::Generation::First);
    SharingWorld world;
    const LiveLink live = shareLive(world, server, true, 20);
    const std::size_t before = requestsFor(server, "/share_sync").size();
    QCOMPARE(before, 41U);
    const auto gone = takeDown(world, live.link.id);
    QVERIFY(gone && gone->state == LinkState::Removed);
    QCOMPARE(requestsFor(server, "/share_sync").size(), 2 * before);
    QVERIFY(server.shareIds().empty());
}

QTEST_GUILESS_MAIN(TestFirstGeneration)
#include "test_first_generation.moc"
