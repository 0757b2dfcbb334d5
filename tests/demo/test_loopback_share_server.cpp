// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/share_calls.h"

#include "demo/loopback_share_server.h"

#include <QJsonArray>
#include <QTest>

using namespace sharelock;
using namespace sharelock::demo;
using sharelock::tests::ShareCalls;

Q_DECLARE_METATYPE(sharelock::demo::Generation)

namespace {

const QByteArray sessionId = "ses_aaaaaaaaaaaa12345678";
const QString shareId = QStringLiteral("12345678");
const QByteArray session = R"({"type":"session","data":{"id":"ses_aaaaaaaaaaaa12345678","title":"First"}})";
const QByteArray message = R"({"type":"message","data":{"id":"msg_1","role":"user"}})";
const QByteArray part =
    R"({"type":"part","data":{"id":"prt_1","messageID":"msg_1","type":"text","text":"hi"}})";

void addGenerations()
{
    QTest::addColumn<Generation>("generation");
    QTest::newRow("2026-03") << Generation::March2026;
    QTest::newRow("2026-06") << Generation::June2026;
    QTest::newRow("next") << Generation::Next;
}

} // namespace

class TestLoopbackShareServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasSynced_data() { addGenerations(); }
    void keepsWhatWasSynced();
    void refusesTakenIds_data() { addGenerations(); }
    void refusesTakenIds();
    void refusesWrongSecretsWithoutReason_data() { addGenerations(); }
    void refusesWrongSecretsWithoutReason();
    void echoesWhatItCannotRead_data() { addGenerations(); }
    void echoesWhatItCannotRead();
    void takesMessageBatchesInNextOnly_data() { addGenerations(); }
    void takesMessageBatchesInNextOnly();
    void takesLargeSyncs_data() { addGenerations(); }
    void takesLargeSyncs();
    void answersForUnknownIds_data() { addGenerations(); }
    void answersForUnknownIds();
    void deletesAsItsGeneration_data() { addGenerations(); }
    void deletesAsItsGeneration();
    void createsAgainAsItsGeneration_data() { addGenerations(); }
    void createsAgainAsItsGeneration();
    void overwritesButNeverRemoves();
    void bringsBackWhatWasThere_data() { addGenerations(); }
    void bringsBackWhatWasThere();
    void showsThePageAlways_data() { addGenerations(); }
    void showsThePageAlways();
    void pageEscapesEverything();
    void pageShowsToolsAndBatches();
};

void TestLoopbackShareServer::keepsWhatWasSynced()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    QCOMPARE(secret.size(), 36);
    QCOMPARE(calls.sync(shareId, secret, '[' + part + ',' + session + ']'), 200);
    QCOMPARE(calls.sync(shareId, secret, '[' + message + ']'), 200);
    const auto data = calls.data(shareId);
    QVERIFY(data.has_value());
    QCOMPARE(data->status, 200);
    // In the order of the keys, whatever the order of arrival.
    QCOMPARE(data->body, '[' + message + ',' + part + ',' + session + ']');
    QCOMPARE(server.dataOf(shareId), data->body);
    QCOMPARE(server.shareIds(), std::vector<QString>{shareId});
}

void TestLoopbackShareServer::refusesTakenIds()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    QVERIFY(!calls.create(sessionId).isEmpty());
    const auto again =
        calls.send("POST", QStringLiteral("/api/share"), R"({"sessionID":"ses_other12345678"})");
    QVERIFY(again.has_value());
    QCOMPARE(again->status, 500);
    QVERIFY(again->body.contains("Internal Server Error"));
}

void TestLoopbackShareServer::refusesWrongSecretsWithoutReason()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    QCOMPARE(calls.sync(shareId, "wrong", '[' + session + ']'), 500);
    QCOMPARE(calls.sync(QStringLiteral("unknown1"), secret, '[' + session + ']'), 500);
    QCOMPARE(calls.remove(shareId, "wrong"), 500);
    QCOMPARE(calls.remove(QStringLiteral("unknown1"), secret), 500);
    QCOMPARE(calls.remove(shareId, secret), 200);
    QCOMPARE(calls.remove(shareId, secret), 500);
    QCOMPARE(calls.sync(shareId, secret, '[' + session + ']'), 500);
}

void TestLoopbackShareServer::echoesWhatItCannotRead()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    const QString path = QStringLiteral("/api/share/%1/sync").arg(shareId);
    const QByteArray start = "{\"secret\":\"" + secret + "\",";
    const QList<QByteArray> bodies{start, start + "\"data\":{}}",
                                   start + R"("data":[{"type":"secrets","data":{}}]})"};
    for (const QByteArray& body : bodies) {
        const auto answer = calls.send("POST", path, body);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->status, 400);
        QVERIFY(answer->body.contains(secret));
        QVERIFY(!QJsonDocument::fromJson(answer->body).isNull());
    }
    QCOMPARE(calls.status("DELETE", QStringLiteral("/api/share/") + shareId, "{}"), 400);
    QCOMPARE(calls.status("POST", QStringLiteral("/api/share"), R"({"sessionID":7})"), 400);
}

void TestLoopbackShareServer::takesMessageBatchesInNextOnly()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    const QByteArray batch = R"([{"type":"messages","data":{"sessionID":"s","messages":[]}}])";
    QCOMPARE(calls.sync(shareId, secret, batch), generation == Generation::Next ? 200 : 400);
}

void TestLoopbackShareServer::takesLargeSyncs()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    const QByteArray text(20'000'000, 'x');
    const QByteArray item = R"([{"type":"part","data":{"id":"p","messageID":"m","text":")" + text + R"("}}])";
    QCOMPARE(calls.sync(shareId, secret, item), 200);
    QCOMPARE(server.dataOf(shareId).size(), item.size());
}

void TestLoopbackShareServer::answersForUnknownIds()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const auto data = calls.data(QStringLiteral("unknown1"));
    QVERIFY(data.has_value());
    QCOMPARE(data->status, generation == Generation::Next ? 404 : 200);
    QCOMPARE(data->body, generation == Generation::Next
                             ? QByteArray(R"({"error":"Share not found: unknown1"})")
                             : QByteArray("[]"));
}

void TestLoopbackShareServer::deletesAsItsGeneration()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    QCOMPARE(calls.sync(shareId, secret, '[' + session + ']'), 200);
    QCOMPARE(calls.remove(shareId, secret), 200);
    const auto data = calls.data(shareId);
    QVERIFY(data.has_value());
    if (generation == Generation::Next) {
        QCOMPARE(data->status, 404);
        QVERIFY(server.shareIds().empty());
    } else {
        QCOMPARE(data->status, 200);
        QCOMPARE(data->body, '[' + session + ']');
    }
}

void TestLoopbackShareServer::createsAgainAsItsGeneration()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const QByteArray first = calls.create(sessionId);
    QCOMPARE(calls.sync(shareId, first, '[' + session + ']'), 200);
    QCOMPARE(calls.remove(shareId, first), 200);
    const QByteArray second = calls.create(sessionId);
    QVERIFY(!second.isEmpty());
    QVERIFY(second != first);
    const auto data = calls.data(shareId);
    QVERIFY(data.has_value());
    QCOMPARE(data->status, 200);
    QCOMPARE(data->body, generation == Generation::March2026 ? '[' + session + ']' : QByteArray("[]"));
    QCOMPARE(calls.remove(shareId, first), 500);
    QCOMPARE(calls.remove(shareId, second), 200);
}

void TestLoopbackShareServer::overwritesButNeverRemoves()
{
    LoopbackShareServer server(Generation::June2026);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    const QByteArray blank = R"({"type":"part","data":{"id":"prt_1","messageID":"msg_1"}})";
    QCOMPARE(calls.sync(shareId, secret, '[' + part + ',' + session + ']'), 200);
    QCOMPARE(calls.sync(shareId, secret, '[' + blank + ']'), 200);
    QCOMPARE(calls.sync(shareId, secret, "[]"), 200);
    QCOMPARE(server.dataOf(shareId), '[' + blank + ',' + session + ']');
}

void TestLoopbackShareServer::bringsBackWhatWasThere()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    QCOMPARE(calls.sync(shareId, secret, '[' + session + ']'), 200);
    const auto bringBack = server.remember();
    for (int time = 0; time < 2; ++time) {
        QCOMPARE(calls.remove(shareId, secret), 200);
        QVERIFY(!calls.create("ses_aaaaaaaaaaaa87654321").isEmpty());
        QVERIFY(calls.remove(shareId, secret) != 200);
        bringBack();
        // Content, record and key are there, and what came later is not.
        QCOMPARE(server.dataOf(shareId), '[' + session + ']');
    }
    QCOMPARE(calls.remove(shareId, secret), 200);
}

void TestLoopbackShareServer::showsThePageAlways()
{
    QFETCH(Generation, generation);
    LoopbackShareServer server(generation);
    ShareCalls calls(server.origin());
    auto page = calls.send("GET", QStringLiteral("/share/") + shareId);
    QVERIFY(page.has_value());
    QCOMPARE(page->status, 200);
    QVERIFY(page->body.contains("Not Found"));
    const QByteArray secret = calls.create(sessionId);
    QCOMPARE(calls.sync(shareId, secret, '[' + session + ']'), 200);
    page = calls.send("GET", QStringLiteral("/share/") + shareId);
    QVERIFY(page.has_value());
    QCOMPARE(page->status, 200);
    QVERIFY(page->body.contains("First"));
    QVERIFY(!page->body.contains("Not Found"));
}

void TestLoopbackShareServer::pageEscapesEverything()
{
    LoopbackShareServer server(Generation::Next);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    const QByteArray hostile = R"(<img src=\"http://127.0.0.1:9/x.png\" onerror='x'>\u202e\u001b[31m&)";
    const QByteArray items = R"([{"type":"session","data":{"id":"s","title":"HOSTILE"}},
        {"type":"message","data":{"id":"m","role":"assistant","modelID":"HOSTILE"}},
        {"type":"part","data":{"id":"a","messageID":"m","type":"text","text":"HOSTILE"}},
        {"type":"part","data":{"id":"b","messageID":"m","type":"tool","tool":"HOSTILE","state":
            {"status":"error","input":{"command":"HOSTILE"},"error":"HOSTILE"}}},
        {"type":"part","data":{"id":"c","messageID":"m","type":"file","filename":"HOSTILE","mime":"HOSTILE",
            "url":"data:image/png;base64,HOSTILE"}},
        {"type":"part","data":{"id":"d","messageID":"m","type":"HOSTILE"}},
        {"type":"part","data":{"id":"e","messageID":"m","type":"reasoning","text":"HOSTILE"}},
        {"type":"session_diff","data":[{"file":"HOSTILE","patch":"HOSTILE"}]}])";
    QCOMPARE(calls.sync(shareId, secret, QByteArray(items).replace("HOSTILE", hostile)), 200);
    const auto page = calls.send("GET", QStringLiteral("/share/") + shareId);
    QVERIFY(page.has_value());
    QCOMPARE(page->body.count("&lt;img src="), 16);
    QVERIFY(!page->body.contains("<img src=\"http"));
    QVERIFY(!page->body.contains("onerror='"));
    QVERIFY(!page->body.contains('\x1b'));
    QVERIFY(!page->body.contains("\xE2\x80\xAE"));
    QVERIFY(!page->body.contains("<script"));
}

void TestLoopbackShareServer::pageShowsToolsAndBatches()
{
    LoopbackShareServer server(Generation::Next);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    const QByteArray items =
        R"([{"type":"session","data":{"id":"s","title":"T","time":{"created":1790000000000}}},
        {"type":"message","data":{"id":"m1","role":"user","time":{"created":1790000000000}}},
        {"type":"part","data":{"id":"a","messageID":"m1","type":"text","text":"please look"}},
        {"type":"messages","data":{"sessionID":"s","messages":[{"info":{"id":"m2","role":"assistant"},
            "parts":[{"id":"b","type":"tool","tool":"bash","state":{"status":"completed",
            "input":{"command":"ls -l"},"output":"total 12"}}]}]}}])";
    QCOMPARE(calls.sync(shareId, secret, items), 200);
    const auto page = calls.send("GET", QStringLiteral("/share/") + shareId);
    QVERIFY(page.has_value());
    for (const char* text :
         {"2 messages", "2026-09-21", "You", "please look", "Assistant", "bash", "ls -l", "total 12"})
        QVERIFY2(page->body.contains(text), text);
    QVERIFY(page->body.indexOf("please look") < page->body.indexOf("total 12"));
}

QTEST_GUILESS_MAIN(TestLoopbackShareServer)
#include "test_loopback_share_server.moc"
