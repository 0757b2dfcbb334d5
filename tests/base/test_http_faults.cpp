// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "quick_http.h"
#include "support/scripted_peer.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;
using namespace std::chrono_literals;

namespace {

PeerReply raw(const QByteArray& bytes, PeerReply::Then then)
{
    PeerReply reply;
    reply.bytes = bytes;
    reply.then = then;
    return reply;
}

PeerReply flood(const QByteArray& begin, const QByteArray& chunk)
{
    PeerReply reply = raw(begin, PeerReply::Then::Drip);
    reply.chunk = chunk;
    return reply;
}

// What must happen, however busy the machine is.
constexpr int inTheEnd = 60'000;

} // namespace

class TestHttpFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cutShort_data();
    void cutShort();
    void rubbish_data();
    void rubbish();
    void closedInTheLastLine();
    void answerUntilClosed();
    void hintsAreNotTheAnswer();
    void endlessAnswerIsBounded();
    void announcedTooLarge();
    void endlessHeadIsBounded_data();
    void endlessHeadIsBounded();
    void floodHoldsUpNobodyElse();
    void answerOfExactlyTheBound();
    void slowAnswerMeetsTheTotalLimit();
    void silenceMeetsTheIdleLimit();
    void stuckUploadMeetsTheIdleLimit();
    void slowButSteadyIsNotIdle();
    void plainAnswerOnTlsPort();
};

void TestHttpFaults::cutShort_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray ok = QByteArrayLiteral("HTTP/1.1 200 OK\r\n");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("in the head") << QByteArrayLiteral("HTTP/1.1 200 OK\r\nContent-Le");
    QTest::newRow("after the head") << ok + "Content-Length: 10\r\n\r\n";
    QTest::newRow("in the body") << ok + "Content-Length: 100\r\n\r\n[{\"type\":\"session\"}]";
    QTest::newRow("in a chunk") << ok + "Transfer-Encoding: chunked\r\n\r\n10\r\n[1,2,3";
    QTest::newRow("between chunks") << ok + "Transfer-Encoding: chunked\r\n\r\n3\r\n[1,\r\n";
    QTest::newRow("without any length") << ok + "\r\n[{\"a\":\"]\"},";
}

void TestHttpFaults::cutShort()
{
    QFETCH(const QByteArray, bytes);
    for (const auto then : {PeerReply::Then::Close, PeerReply::Then::Reset}) {
        for (const QByteArray verb : {"GET", "POST"}) {
            ScriptedPeer peer;
            QVERIFY(peer.listen());
            peer.say(raw(bytes, then));
            HttpClient client(quick());
            const auto answer = send(client, request(verb, peer.url(), verb == "GET" ? "" : "{}"));
            QVERIFY2(!answer, verb.constData());
            QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
            QCOMPARE(answer.error().subject, originOf(peer.url()).toString());
        }
    }
}

void TestHttpFaults::rubbish_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no HTTP") << QByteArrayLiteral("220 mail.example.org ESMTP secret-in-banner\r\n");
    QTest::newRow("binary") << QByteArray(2000, '\xff');
    QTest::newRow("no status") << QByteArrayLiteral("HTTP/1.1 secret-in-banner\r\n\r\n");
    QTest::newRow("bad length") << QByteArrayLiteral(
        "HTTP/1.1 200 secret-in-banner\r\nContent-Length: -5\r\n\r\n[]");
    QTest::newRow("bad chunk") << QByteArrayLiteral(
        "HTTP/1.1 200 secret-in-banner\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]");
    QTest::newRow("endless head") << QByteArrayLiteral("HTTP/1.1 200 OK\r\nX: ") + QByteArray(200'000, 'x');
}

void TestHttpFaults::rubbish()
{
    QFETCH(const QByteArray, bytes);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(raw(bytes, PeerReply::Then::Close));
    HttpPolicy hasty = quick();
    hasty.totalTimeout = 3s;
    HttpClient client(hasty);
    const auto answer = send(client, request("POST", peer.url(), "{}"));
    // Whatever it is taken for, it comes to an end and what the server said stays out of the words.
    if (!answer)
        QVERIFY2(!answer.error().detail.contains(QStringLiteral("secret-in-banner")),
                 qPrintable(answer.error().detail));
    else
        QVERIFY(answer->body.size() <= 2);
}

void TestHttpFaults::closedInTheLastLine()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(
        raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n", PeerReply::Then::Close));
    HttpPolicy hasty = quick();
    hasty.idleTimeout = 200ms;
    HttpClient client(hasty);
    QVERIFY(!send(client, request("GET", peer.url())));
}

void TestHttpFaults::answerUntilClosed()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(raw("HTTP/1.1 200 OK\r\n\r\n[{\"a\":\"[\"}]\n", PeerReply::Then::Close));
    peer.say(raw("HTTP/1.1 200 OK\r\n\r\n<html>", PeerReply::Then::Close));
    HttpClient client(quick());
    const auto json = send(client, request("GET", peer.url()));
    QVERIFY(json);
    QCOMPARE(json->body, QByteArrayLiteral("[{\"a\":\"[\"}]\n"));
    const auto page = send(client, request("GET", peer.url()));
    QVERIFY(page);
    QCOMPARE(page->body, QByteArrayLiteral("<html>"));
}

void TestHttpFaults::hintsAreNotTheAnswer()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(raw("HTTP/1.1 103 Early Hints\r\nETag: \"hint\"\r\nTransfer-Encoding: chunked\r\n\r\n"
                 "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[1,",
                 PeerReply::Then::Close));
    peer.say(raw("HTTP/1.1 103 Early Hints\r\nETag: \"hint\"\r\n\r\n"
                 "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
                 PeerReply::Then::KeepAlive));
    HttpClient client(quick());
    QVERIFY(!send(client, request("GET", peer.url()))); // Cut short, whatever the hint said of chunks.
    const auto answer = send(client, request("GET", peer.url()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, QByteArrayLiteral("[]"));
    QCOMPARE(answer->etag, QByteArray());
}

void TestHttpFaults::endlessAnswerIsBounded()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    PeerReply endless =
        raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[", PeerReply::Then::Drip);
    endless.chunk = QByteArray(64 * 1024, ' ');
    peer.say(endless);
    HttpPolicy bounded = quick();
    bounded.maxAnswerBytes = 1024 * 1024;
    bounded.tries = 3;
    HttpClient client(bounded);
    const auto answer = send(client, request("GET", peer.url()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::AnswerTooLarge);
    QCOMPARE(peer.requests().size(), 1U);
    QTRY_COMPARE_WITH_TIMEOUT(peer.open(), 0, inTheEnd); // Hung up, not merely ignored.
}

void TestHttpFaults::announcedTooLarge()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(raw("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n[", PeerReply::Then::KeepAlive));
    HttpClient client(quick());
    const auto answer = send(client, request("GET", peer.url()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::AnswerTooLarge);
    QTRY_COMPARE_WITH_TIMEOUT(peer.open(), 0, inTheEnd);
}

void TestHttpFaults::endlessHeadIsBounded_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("chunk");
    const QByteArray ok = QByteArrayLiteral("HTTP/1.1 200 OK\r\n");
    QTest::newRow("one line") << ok + "X: " << QByteArray(64 * 1024, 'x');
    QTest::newRow("many lines") << ok << QByteArray("X: secret-in-head\r\n").repeated(4'000);
    QTest::newRow("many trailers") << ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n"
                                   << QByteArray("X: secret-in-head\r\n").repeated(4'000);
    QTest::newRow("many heads") << QByteArray()
                                << QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(4'000);
}

void TestHttpFaults::endlessHeadIsBounded()
{
    QFETCH(const QByteArray, begin);
    QFETCH(const QByteArray, chunk);
    HttpPolicy persistent = quick();
    persistent.tries = 3;
    HttpClient client(persistent);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(flood(begin, chunk));
    const auto answer = send(client, request("GET", peer.url()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerBadAnswer);
    QVERIFY(!answer.error().detail.contains(QStringLiteral("secret-in-head")));
    QCOMPARE(peer.requests().size(), 1U);
    QTRY_COMPARE_WITH_TIMEOUT(peer.open(), 0, inTheEnd);
}

void TestHttpFaults::floodHoldsUpNobodyElse()
{
    HttpPolicy patient = quick();
    patient.maxAnswerBytes = 1024 * 1024 * 1024;
    patient.idleTimeout = std::chrono::milliseconds(inTheEnd);
    patient.totalTimeout = 2 * patient.idleTimeout;
    HttpClient client(patient);
    ScriptedPeer endless;
    QVERIFY(endless.listen());
    endless.say(flood("HTTP/1.1 200 OK\r\n\r\n", QByteArray(64 * 1024, ' ')));
    ScriptedPeer other;
    QVERIFY(other.listen());
    other.say(httpReply(200));
    std::stop_source stop;
    const auto flooded = client.send(request("GET", endless.url()), stop.get_token());
    QTRY_VERIFY_WITH_TIMEOUT(endless.bytesSent() > 0, inTheEnd);
    for (int number = 0; number < 10; ++number)
        QVERIFY(send(client, request("GET", other.url())));
    QCOMPARE(endless.open(), 1);
    QVERIFY(!flooded.isReady());
    stop.request_stop();
    const auto answer = QCoro::waitFor(flooded);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Cancelled);
}

void TestHttpFaults::answerOfExactlyTheBound()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, QByteArray(5000, ' ')));
    peer.say(httpReply(200, QByteArray(5001, ' ')));
    HttpPolicy bounded = quick();
    bounded.maxAnswerBytes = 5000;
    HttpClient client(bounded);
    QVERIFY(send(client, request("GET", peer.url())));
    const auto answer = send(client, request("GET", peer.url()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::AnswerTooLarge);
}

void TestHttpFaults::slowAnswerMeetsTheTotalLimit()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    PeerReply slow = raw("HTTP/1.1 200 OK\r\n\r\n", PeerReply::Then::Drip);
    slow.chunk = " ";
    slow.every = 10ms;
    peer.say(slow);
    HttpPolicy hasty = quick();
    hasty.totalTimeout = 150ms;
    HttpClient client(hasty);
    const auto answer = send(client, request("GET", peer.url()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerTimeout);
    QTRY_COMPARE_WITH_TIMEOUT(peer.open(), 0, inTheEnd);
}

void TestHttpFaults::silenceMeetsTheIdleLimit()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpPolicy hasty = quick();
    hasty.idleTimeout = 2s; // Long enough for the request to come through.
    HttpClient client(hasty);
    const auto answer = send(client, request("POST", peer.url(), "{}"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerTimeout);
    QCOMPARE(peer.requests().size(), 1U);
}

void TestHttpFaults::stuckUploadMeetsTheIdleLimit()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.stopReading();
    HttpPolicy hasty = quick();
    hasty.idleTimeout = 300ms;
    HttpClient client(hasty);
    const auto answer = send(client, request("POST", peer.url(), QByteArray(50 * 1024 * 1024, ' ')));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerTimeout);
}

void TestHttpFaults::slowButSteadyIsNotIdle()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    PeerReply slow = raw("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n", PeerReply::Then::Drip);
    slow.chunk = " ";
    slow.every = 200ms;
    peer.say(slow);
    HttpPolicy hasty = quick();
    hasty.idleTimeout = 3s; // The whole answer takes four seconds.
    HttpClient client(hasty);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(send(client, request("GET", peer.url())));
    QVERIFY(clock.elapsed() > 3'000);
}

void TestHttpFaults::plainAnswerOnTlsPort()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    // A TLS greeting is no HTTP request, so the peer never answers; the next one would be in clear.
    QUrl url = peer.url();
    url.setScheme(QStringLiteral("https"));
    HttpPolicy hasty = quick();
    hasty.idleTimeout = 300ms;
    HttpClient client(hasty);
    const auto answer = send(client, request("POST", url, "{\"secret\":\"k\"}"));
    QVERIFY(!answer);
    QVERIFY(peer.requests().empty());
}

QTEST_GUILESS_MAIN(TestHttpFaults)
#include "test_http_faults.moc"
