// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/loopback_share_server.h"
#include "sharing/probe.h"
#include "sharing/share_server.h"
#include "support/scripted_peer.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::demo;
using namespace sharelock::sharing;
using document::ItemType;
using document::ShareItem;
using tests::httpReply;
using tests::ScriptedPeer;

Q_DECLARE_METATYPE(sharelock::demo::Generation)
Q_DECLARE_METATYPE(sharelock::demo::Fault)

namespace {

const QString sessionId = QStringLiteral("ses_aaaaaaaaaaaa12345678");
const QString shareId = QStringLiteral("12345678");

HttpPolicy fast()
{
    HttpPolicy policy;
    policy.idleTimeout = std::chrono::milliseconds(2000); // The slow server takes three seconds.
    policy.tries = 2;
    policy.firstPause = std::chrono::milliseconds(1);
    policy.longestPause = std::chrono::milliseconds(20);
    return policy;
}

ShareItem item(ItemType type, const char* key, const char* data)
{
    return {type, std::string(document::typeName(type)), key, data};
}

const ShareItem session =
    item(ItemType::Session, "session",
         "{\"id\":\"ses_aaaaaaaaaaaa12345678\",\"title\":\"Flaky\",\"time\":{\"created\":1}}");
const ShareItem message =
    item(ItemType::Message, "message/msg_1",
         "{\"id\":\"msg_1\",\"role\":\"user\",\"sessionID\":\"ses_aaaaaaaaaaaa12345678\"}");
const ShareItem part =
    item(ItemType::Part, "part/msg_1/prt_1",
         "{\"id\":\"prt_1\",\"messageID\":\"msg_1\",\"type\":\"text\",\"text\":\"hello \\\"you\\\"\"}");

void addGenerations()
{
    QTest::addColumn<Generation>("generation");
    QTest::newRow("2026-03") << Generation::March2026;
    QTest::newRow("2026-06") << Generation::June2026;
    QTest::newRow("next") << Generation::Next;
}

} // namespace

class TestShareServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesThereAndBack_data() { addGenerations(); }
    void goesThereAndBack();
    void tellsGoneFromBlankFromContent_data() { addGenerations(); }
    void tellsGoneFromBlankFromContent();
    void asksPastCaches();
    void readsTheSameBytesOnce();
    void mapsFaults_data();
    void mapsFaults();
    void neverQuotesAnAnswer();
    void believesNoWrongCreateAnswer_data();
    void believesNoWrongCreateAnswer();
    void believesNoWrongDataAnswer_data();
    void believesNoWrongDataAnswer();
    void sendsKeysToTheOriginOnly();
    void refusesHostileShareIds();
    void stopsWhenAsked();
    void reportsProgress();
    void namesStates();
};

void TestShareServer::goesThereAndBack()
{
    QFETCH(Generation, generation);
    LoopbackShareServer remote(generation);
    HttpClient http(fast());
    ShareServer server(remote.origin(), http);
    const auto created = QCoro::waitFor(server.create(sessionId));
    QVERIFY(created.has_value());
    QCOMPARE(created->id, (LinkId{remote.origin(), shareId}));
    QCOMPARE(created->url, QUrl(remote.origin().toString() + QStringLiteral("/share/12345678")));
    QCOMPARE(created->key.size(), std::size_t(36));

    const QByteArray body = ShareServer::syncBody(created->key, std::vector{session, message, part});
    QVERIFY(QCoro::waitFor(server.sync(shareId, body)).has_value());
    const auto data = QCoro::waitFor(server.data(shareId, false));
    QVERIFY(data.has_value());
    QCOMPARE(data->kind, DataAnswer::Kind::Content);
    QCOMPARE(data->status, 200);
    QCOMPARE(data->document().items().size(), std::size_t(3));
    QCOMPARE(data->document().title(), std::string("Flaky"));
    QCOMPARE(data->bytes, remote.dataOf(shareId).size());

    QVERIFY(QCoro::waitFor(server.remove(shareId, created->key)).has_value());
    const auto again = QCoro::waitFor(server.remove(shareId, created->key));
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().code, ErrorCode::ServerFailed);
}

void TestShareServer::tellsGoneFromBlankFromContent()
{
    QFETCH(Generation, generation);
    LoopbackShareServer remote(generation);
    HttpClient http(fast());
    ShareServer server(remote.origin(), http);
    auto data = QCoro::waitFor(server.data(shareId, true));
    QVERIFY(data.has_value());
    QCOMPARE(data->kind, DataAnswer::Kind::Gone);
    QVERIFY(data->document().isEmpty());

    const auto created = QCoro::waitFor(server.create(sessionId));
    QVERIFY(created.has_value());
    QCOMPARE(QCoro::waitFor(server.data(shareId, true))->kind, DataAnswer::Kind::Gone);
    // Without a session, as a publishing that was killed leaves it.
    QByteArray body = ShareServer::syncBody(created->key, std::vector{message, part});
    QVERIFY(QCoro::waitFor(server.sync(shareId, body)).has_value());
    data = QCoro::waitFor(server.data(shareId, true));
    QVERIFY(data.has_value());
    QCOMPARE(data->kind, DataAnswer::Kind::Content);
    QCOMPARE(data->document().items().size(), std::size_t(2));

    body = ShareServer::syncBody(
        created->key,
        std::vector{item(ItemType::Message, "message/msg_1", "{\"id\":\"msg_1\"}"),
                    item(ItemType::Part, "part/msg_1/prt_1",
                         "{\"id\":\"prt_1\",\"messageID\":\"msg_1\",\"type\":\"text\",\"text\":\"\"}")});
    QVERIFY(QCoro::waitFor(server.sync(shareId, body)).has_value());
    data = QCoro::waitFor(server.data(shareId, true));
    QVERIFY(data.has_value());
    QCOMPARE(data->kind, DataAnswer::Kind::Blank);

    QVERIFY(QCoro::waitFor(server.remove(shareId, created->key)).has_value());
    data = QCoro::waitFor(server.data(shareId, true));
    QVERIFY(data.has_value());
    QCOMPARE(data->kind, generation == Generation::Next ? DataAnswer::Kind::Gone : DataAnswer::Kind::Blank);
    QCOMPARE(data->status, generation == Generation::Next ? 404 : 200);
}

void TestShareServer::readsTheSameBytesOnce()
{
    LoopbackShareServer remote(Generation::June2026);
    remote.setCacheSeconds(60);
    HttpClient http(fast());
    ShareServer server(remote.origin(), http);
    const auto created = QCoro::waitFor(server.create(sessionId));
    QVERIFY(created.has_value());
    QVERIFY(QCoro::waitFor(server.sync(shareId, ShareServer::syncBody(created->key, std::vector{session})))
                .has_value());
    Probe both = QCoro::waitFor(askBoth(server, shareId, {}));
    QVERIFY(both.plain && both.pastCaches);
    QVERIFY(&both.plain->document() == &both.pastCaches->document());
    QCOMPARE(both.plain->digest(), both.pastCaches->digest());
    QCOMPARE(both.plain->takeDocument().items().size(), std::size_t(1));
    QVERIFY(both.plain->document().isEmpty());
    QCOMPARE(both.pastCaches->document().items().size(), std::size_t(1));

    // Another answer past the caches is another document.
    QVERIFY(QCoro::waitFor(server.sync(shareId, ShareServer::syncBody(created->key, std::vector{message})))
                .has_value());
    const Probe differing = QCoro::waitFor(askBoth(server, shareId, {}));
    QVERIFY(differing.plain && differing.pastCaches);
    QCOMPARE(differing.plain->document().items().size(), std::size_t(1));
    QCOMPARE(differing.pastCaches->document().items().size(), std::size_t(2));
    QVERIFY(differing.plain->digest() != differing.pastCaches->digest());
}

void TestShareServer::asksPastCaches()
{
    LoopbackShareServer remote(Generation::June2026);
    remote.setCacheSeconds(60);
    HttpClient http(fast());
    ShareServer server(remote.origin(), http);
    const auto created = QCoro::waitFor(server.create(sessionId));
    QVERIFY(created.has_value());
    QVERIFY(QCoro::waitFor(server.sync(shareId, ShareServer::syncBody(created->key, std::vector{session})))
                .has_value());
    QCOMPARE(QCoro::waitFor(server.data(shareId, false))->document().items().size(), std::size_t(1));
    QVERIFY(QCoro::waitFor(server.sync(shareId, ShareServer::syncBody(created->key, std::vector{message})))
                .has_value());
    QCOMPARE(QCoro::waitFor(server.data(shareId, false))->document().items().size(), std::size_t(1));
    QCOMPARE(QCoro::waitFor(server.data(shareId, true))->document().items().size(), std::size_t(2));
    QCOMPARE(QCoro::waitFor(server.data(shareId, true))->document().items().size(), std::size_t(2));
    const std::vector<demo::SeenRequest> requests = remote.requests();
    const QByteArray one = requests.at(requests.size() - 1).path;
    const QByteArray other = requests.at(requests.size() - 2).path;
    QVERIFY(one.startsWith("/api/share/12345678/data?sharelock="));
    QVERIFY(one != other);
}

void TestShareServer::mapsFaults_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("refuse") << Fault::Refuse << ErrorCode::ServerUnreachable;
    QTest::newRow("reset") << Fault::Reset << ErrorCode::ServerUnreachable;
    QTest::newRow("slow") << Fault::Slow << ErrorCode::ServerTimeout;
    QTest::newRow("500") << Fault::Status500 << ErrorCode::ServerFailed;
    QTest::newRow("429") << Fault::Status429 << ErrorCode::ServerBusy;
    QTest::newRow("413") << Fault::Status413 << ErrorCode::ServerTooLarge;
    QTest::newRow("truncated") << Fault::Truncated << ErrorCode::ServerUnreachable;
    QTest::newRow("wrong JSON") << Fault::WrongJson << ErrorCode::ServerBadAnswer;
}

void TestShareServer::mapsFaults()
{
    QFETCH(Fault, fault);
    QFETCH(ErrorCode, code);
    LoopbackShareServer remote(Generation::June2026);
    HttpClient http(fast());
    ShareServer server(remote.origin(), http);
    const auto created = QCoro::waitFor(server.create(sessionId));
    QVERIFY(created.has_value());
    const QByteArray body = ShareServer::syncBody(created->key, std::vector{session});

    remote.inject(fault, "/data", 20);
    const auto data = QCoro::waitFor(server.data(shareId, false));
    QVERIFY(!data.has_value());
    QCOMPARE(data.error().code, code);
    QCOMPARE(data.error().subject, remote.origin().toString());

    remote.inject(fault, "POST /api/share", 20);
    const auto create = QCoro::waitFor(server.create(QStringLiteral("ses_87654321")));
    QVERIFY(!create.has_value());
    QCOMPARE(create.error().code, code);

    // Any 2xx says that the server accepted it: the answer's body is not looked at.
    const auto synced = QCoro::waitFor(server.sync(shareId, body));
    QCOMPARE(synced.has_value(), fault == Fault::WrongJson);
    if (!synced)
        QCOMPARE(synced.error().code, code);
}

void TestShareServer::neverQuotesAnAnswer()
{
    LoopbackShareServer remote(Generation::June2026);
    HttpClient http(fast());
    ShareServer server(remote.origin(), http);
    // The server echoes this body, secret and all.
    const auto synced = QCoro::waitFor(server.sync(shareId, "{\"secret\":\"hush-hush\",\"data\":7}"));
    QVERIFY(!synced.has_value());
    QCOMPARE(synced.error().code, ErrorCode::ServerRefused);
    QVERIFY(!synced.error().detail.contains(QLatin1String("hush")));
    QVERIFY(!synced.error().subject.contains(QLatin1String("hush")));
    QVERIFY(!caption(synced.error()).contains(QLatin1String("hush")));
    QVERIFY(!synced.error().detail.contains(shareId));
}

void TestShareServer::believesNoWrongCreateAnswer_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto answer = [](const QByteArray& id, const QByteArray& url,
                           const QByteArray& secret) -> QByteArray {
        return "{\"id\":" + id + ",\"url\":" + url + ",\"secret\":" + secret + '}';
    };
    const QByteArray id = "\"abcdefgh\"";
    const QByteArray url = "\"https://example.com/share/abcdefgh\"";
    const QByteArray secret = "\"hush\"";
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("cut") << answer(id, url, secret).chopped(3);
    QTest::newRow("invalid UTF-8") << answer("\"a\xff\"", url, secret);
    QTest::newRow("no ID") << answer("null", url, secret);
    QTest::newRow("empty ID") << answer("\"\"", url, secret);
    QTest::newRow("path as ID") << answer("\"../x\"", url, secret);
    QTest::newRow("line break in ID") << answer("\"abc\\n\"", url, secret);
    QTest::newRow("endless ID") << answer('"' + QByteArray(65, 'a') + '"', url, secret);
    QTest::newRow("no URL") << answer(id, "{}", secret);
    QTest::newRow("no host") << answer(id, "\"https:///share\"", secret);
    QTest::newRow("script") << answer(id, "\"javascript:alert(1)\"", secret);
    QTest::newRow("file") << answer(id, "\"file:///etc/passwd\"", secret);
    QTest::newRow("empty secret") << answer(id, url, "\"\"");
    QTest::newRow("number as secret") << answer(id, url, "7");
}

void TestShareServer::believesNoWrongCreateAnswer()
{
    QFETCH(QByteArray, body);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, body));
    HttpClient http(fast());
    ShareServer server(peer.url(), http);
    const auto created = QCoro::waitFor(server.create(sessionId));
    QVERIFY(!created.has_value());
    QCOMPARE(created.error().code, ErrorCode::ServerBadAnswer);
    QVERIFY(!created.error().detail.contains(QLatin1String("hush")));
}

void TestShareServer::believesNoWrongDataAnswer_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<ErrorCode>("code");
    const auto ok = [](const QByteArray& body) { return httpReply(200, body).bytes; };
    const QByteArray deep = QByteArray(3000, '[') + QByteArray(3000, ']');
    QTest::newRow("empty") << ok("") << ErrorCode::ServerBadAnswer;
    QTest::newRow("no content") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n")
                                << ErrorCode::ServerBadAnswer;
    QTest::newRow("object") << ok("{}") << ErrorCode::ServerBadAnswer;
    QTest::newRow("null") << ok("null") << ErrorCode::ServerBadAnswer;
    QTest::newRow("page") << ok("<!doctype html>") << ErrorCode::ServerBadAnswer;
    QTest::newRow("cut array") << ok("[") << ErrorCode::ServerBadAnswer;
    QTest::newRow("array of numbers") << ok("[1,2]") << ErrorCode::ServerBadAnswer;
    QTest::newRow("deep") << ok(deep) << ErrorCode::ServerBadAnswer;
    QTest::newRow("invalid UTF-8") << ok("[\"\xff\"]") << ErrorCode::ServerBadAnswer;
    QTest::newRow("401") << httpReply(401, "{}").bytes << ErrorCode::ServerRefused;
    QTest::newRow("410") << httpReply(410, "[]").bytes << ErrorCode::ServerRefused;
    QTest::newRow("500") << httpReply(500, "[]").bytes << ErrorCode::ServerFailed;
    QTest::newRow("302") << httpReply(302, "[]", {{"Location", "http://127.0.0.1:9/"}}).bytes
                         << ErrorCode::ServerRedirected;
}

void TestShareServer::believesNoWrongDataAnswer()
{
    QFETCH(QByteArray, reply);
    QFETCH(ErrorCode, code);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say({reply});
    HttpClient http(fast());
    ShareServer server(peer.url(), http);
    const auto data = QCoro::waitFor(server.data(shareId, false));
    QVERIFY(!data.has_value());
    QCOMPARE(data.error().code, code);
}

void TestShareServer::sendsKeysToTheOriginOnly()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    ScriptedPeer other;
    QVERIFY(other.listen());
    other.say(httpReply(200));
    const QByteArray away = other.url(QStringLiteral("/share/abcdefgh")).toEncoded();
    peer.say(httpReply(200, "{\"id\":\"abcdefgh\",\"url\":\"" + away + "\",\"secret\":\"hush\"}"));
    peer.say(httpReply(307, "{}", {{"Location", away}}));
    HttpClient http(fast());
    // A path, a query or credentials of the configured address are no part of the origin.
    ShareServer server(QUrl(peer.url(QStringLiteral("/base/?a=b#c")).toString()), http);
    const auto created = QCoro::waitFor(server.create(sessionId));
    QVERIFY(created.has_value());
    QCOMPARE(created->id.origin, originOf(peer.url()));
    QCOMPARE(created->url, QUrl(QString::fromUtf8(away)));

    const auto removed = QCoro::waitFor(server.remove(created->id.shareId, created->key));
    QVERIFY(!removed.has_value());
    QCOMPARE(removed.error().code, ErrorCode::ServerRedirected);
    QVERIFY(other.requests().empty());
    QCOMPARE(peer.requests().at(0).target, QByteArray("/api/share"));
    QCOMPARE(peer.requests().at(1).verb, QByteArray("DELETE"));
    QCOMPARE(peer.requests().at(1).target, QByteArray("/api/share/abcdefgh"));
    QCOMPARE(peer.requests().at(1).body, QByteArray("{\"secret\":\"hush\"}"));
}

void TestShareServer::refusesHostileShareIds()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, "[]"));
    HttpClient http(fast());
    ShareServer server(peer.url(), http);
    for (const char* id : {"", "../../x", "a/b", "a?b", "a b", "%2e%2e", "\xc3\xa9", "a\n"}) {
        const QString hostile = QString::fromUtf8(id);
        const auto data = QCoro::waitFor(server.data(hostile, false));
        QVERIFY(!data.has_value());
        QCOMPARE(data.error().code, ErrorCode::LinkNotFound);
        QVERIFY(!QCoro::waitFor(server.sync(hostile, "{}")).has_value());
        QVERIFY(!QCoro::waitFor(server.remove(hostile, Secret("hush"))).has_value());
    }
    QVERIFY(peer.requests().empty());
}

void TestShareServer::stopsWhenAsked()
{
    LoopbackShareServer remote(Generation::June2026);
    HttpClient http(fast());
    ShareServer server(remote.origin(), http);
    std::stop_source source;
    source.request_stop();
    const auto data = QCoro::waitFor(server.data(shareId, false, source.get_token()));
    QVERIFY(!data.has_value());
    QCOMPARE(data.error().code, ErrorCode::Cancelled);
    QVERIFY(remote.requests().empty());
}

void TestShareServer::reportsProgress()
{
    LoopbackShareServer remote(Generation::June2026);
    HttpClient http(fast());
    ShareServer server(remote.origin(), http);
    const auto created = QCoro::waitFor(server.create(sessionId));
    QVERIFY(created.has_value());
    const std::string text(2'000'000, 'x');
    const std::string data =
        "{\"id\":\"prt_1\",\"messageID\":\"msg_1\",\"type\":\"text\",\"text\":\"" + text + "\"}";
    const QByteArray body = ShareServer::syncBody(
        created->key, std::vector{item(ItemType::Part, "part/msg_1/prt_1", data.c_str())});
    qint64 last = 0;
    bool isMonotonic = true;
    const auto onProgress = [&](qint64 sent, qint64 total) {
        isMonotonic = isMonotonic && sent >= last && total == body.size();
        last = sent;
    };
    QVERIFY(QCoro::waitFor(server.sync(shareId, body, onProgress)).has_value());
    QVERIFY(isMonotonic);
    QCOMPARE(last, body.size());
}

void TestShareServer::namesStates()
{
    for (int i = 0; i <= static_cast<int>(LinkState::Unknown); ++i) {
        const auto state = static_cast<LinkState>(i);
        QCOMPARE(linkState(stateName(state)), std::optional(state));
        QVERIFY(!stateCaption(state).isEmpty());
        QCOMPARE(mayBePublic(state), state != LinkState::Removed);
    }
    QCOMPARE(stateName(LinkState::StillServed), QStringLiteral("still-served"));
    QCOMPARE(stateName(LinkState::OrphanLost), QStringLiteral("orphan-lost"));
    QCOMPARE(linkState(QStringLiteral("Live")), std::nullopt);
    for (int i = 0; i <= static_cast<int>(LinkStep::TakedownDone); ++i)
        QCOMPARE(linkStep(stepName(static_cast<LinkStep>(i))), std::optional(static_cast<LinkStep>(i)));
    QCOMPARE(linkKind(kindName(LinkKind::Snapshot)), std::optional(LinkKind::Snapshot));
    QCOMPARE(linkKind(kindName(LinkKind::Live)), std::optional(LinkKind::Live));
}

QTEST_GUILESS_MAIN(TestShareServer)
#include "test_share_server.moc"
