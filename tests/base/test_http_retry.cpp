// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_client.h"
#include "support/scripted_peer.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

using namespace sharelock;
using namespace sharelock::tests;
using namespace std::chrono_literals;

namespace {

HttpPolicy patient(int tries)
{
    HttpPolicy policy;
    policy.tries = tries;
    policy.firstPause = 5ms;
    policy.longestPause = 20ms;
    return policy;
}

HttpRequest request(const QByteArray& verb, const QUrl& url)
{
    HttpRequest result;
    result.verb = verb;
    result.url = url;
    if (verb != "GET")
        result.body = "{\"secret\":\"k\"}";
    return result;
}

Expected<HttpAnswer> send(HttpClient& client, const HttpRequest& what)
{
    return QCoro::waitFor(client.send(what));
}

PeerReply gone(PeerReply::Then then, const QByteArray& bytes = {})
{
    PeerReply reply;
    reply.bytes = bytes;
    reply.then = then;
    return reply;
}

} // namespace

class TestHttpRetry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFaultOfItsOwnIsTriedOnce();
    void passingFaultIsTriedAgain_data();
    void passingFaultIsTriedAgain();
    void lastPassingStatusIsAnAnswer();
    void busyToTheEnd();
    void retryAfterIsHonoured();
    void retryAfterIsBounded();
    void retryAfterIsForAllRequests();
    void refusedThenUp();
    void refusedToTheEnd();
    void brokenConnectionIsTriedAgain_data();
    void brokenConnectionIsTriedAgain();
    void oneTryIsOneRequest_data();
    void oneTryIsOneRequest();
    void onceIsOneRequest_data();
    void onceIsOneRequest();
    void staleConnectionIsTriedAgain();
    void silenceIsTriedAgain();
    void nothingIsHeldDuringAPause();
    void clientErrorsAreNotTriedAgain();
};

void TestHttpRetry::aFaultOfItsOwnIsTriedOnce()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(500, "Internal Server Error"));
    HttpClient client(patient(4));
    const auto answer = send(client, request("DELETE", peer.url()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 500);
    QCOMPARE(peer.requests().size(), 1U);
}

void TestHttpRetry::passingFaultIsTriedAgain_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {429, 502, 503, 504})
        QTest::addRow("%d", status) << status;
}

void TestHttpRetry::passingFaultIsTriedAgain()
{
    QFETCH(const int, status);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(status));
    peer.say(httpReply(status));
    peer.say(httpReply(200, "[]"));
    HttpClient client(patient(4));
    const auto answer = send(client, request("POST", peer.url()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(peer.requests().size(), 3U);
    for (const SeenRequest& seen : peer.requests())
        QCOMPARE(seen.body, QByteArrayLiteral("{\"secret\":\"k\"}"));
}

void TestHttpRetry::lastPassingStatusIsAnAnswer()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(503, "{\"why\":1}"));
    HttpClient client(patient(3));
    const auto answer = send(client, request("GET", peer.url()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 503);
    QCOMPARE(answer->body, QByteArrayLiteral("{\"why\":1}"));
    QCOMPARE(peer.requests().size(), 3U);
}

void TestHttpRetry::busyToTheEnd()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(429, "{\"secret\":\"echoed\"}"));
    HttpClient client(patient(3));
    const auto answer = send(client, request("GET", peer.url()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerBusy);
    QCOMPARE(answer.error().subject, originOf(peer.url()).toString());
    QVERIFY(!answer.error().detail.contains(QStringLiteral("echoed")));
    QCOMPARE(peer.requests().size(), 3U);
}

void TestHttpRetry::retryAfterIsHonoured()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(429, "{}", {{"Retry-After", "1"}}));
    peer.say(httpReply(200));
    HttpPolicy policy = patient(2);
    policy.longestPause = 5s;
    HttpClient client(policy);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(send(client, request("GET", peer.url())));
    QVERIFY2(timer.elapsed() >= 950, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(peer.requests().size(), 2U);
}

void TestHttpRetry::retryAfterIsBounded()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(503, "{}", {{"Retry-After", "86400"}}));
    peer.say(httpReply(503, "{}", {{"Retry-After", "Fri, 31 Dec 2100 23:59:59 GMT"}}));
    peer.say(httpReply(200));
    HttpClient client(patient(3));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(send(client, request("GET", peer.url())));
    QVERIFY(timer.elapsed() < 5000);
}

void TestHttpRetry::refusedThenUp()
{
    quint16 port = 0;
    {
        ScriptedPeer before;
        QVERIFY(before.listen());
        port = static_cast<quint16>(before.url().port());
    }
    ScriptedPeer peer;
    peer.say(httpReply(200));
    QUrl url(QStringLiteral("http://127.0.0.1/"));
    url.setPort(port);
    QTimer::singleShot(60, &peer, [&peer, port] { QVERIFY(peer.listen(port)); });
    HttpClient client(patient(100));
    const auto answer = send(client, request("POST", url));
    QVERIFY(answer);
    QCOMPARE(peer.requests().size(), 1U);
}

void TestHttpRetry::refusedToTheEnd()
{
    QUrl url;
    {
        ScriptedPeer before;
        QVERIFY(before.listen());
        url = before.url();
    }
    HttpClient client(patient(3));
    const auto answer = send(client, request("POST", url));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
    QVERIFY(!answer.error().detail.isEmpty());
}

void TestHttpRetry::brokenConnectionIsTriedAgain_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("reset");
    const QByteArray part = QByteArrayLiteral("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1");
    QTest::newRow("closed without a word") << QByteArray() << false;
    QTest::newRow("reset without a word") << QByteArray() << true;
    QTest::newRow("closed in the middle") << part << false;
    QTest::newRow("reset in the middle") << part << true;
}

void TestHttpRetry::brokenConnectionIsTriedAgain()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, reset);
    const auto then = reset ? PeerReply::Then::Reset : PeerReply::Then::Close;
    for (const QByteArray verb : {"GET", "POST", "DELETE"}) {
        ScriptedPeer peer;
        QVERIFY(peer.listen());
        peer.say(gone(then, bytes));
        peer.say(httpReply(200, "[]"));
        HttpClient client(patient(2));
        const auto answer = send(client, request(verb, peer.url()));
        QVERIFY2(answer, verb.constData());
        QCOMPARE(answer->body, QByteArrayLiteral("[]"));
        QCOMPARE(peer.requests().size(), 2U);
    }
}

void TestHttpRetry::oneTryIsOneRequest_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<bool>("reset");
    for (const char* verb : {"POST", "DELETE"}) {
        QTest::addRow("%s, closed", verb) << QByteArray(verb) << false;
        QTest::addRow("%s, reset", verb) << QByteArray(verb) << true;
    }
}

// The network library repeats a request by itself when a connection breaks before the answer. A create that
// is repeated behind our back would make a second link.
void TestHttpRetry::oneTryIsOneRequest()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const bool, reset);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200)); // So that the next one goes over a connection that was used before.
    peer.say(gone(reset ? PeerReply::Then::Reset : PeerReply::Then::Close));
    HttpClient client(patient(1));
    QVERIFY(send(client, request(verb, peer.url())));
    HttpRequest empty = request(verb, peer.url());
    empty.body.clear();
    for (const HttpRequest& what : {request(verb, peer.url()), empty}) {
        const std::size_t before = peer.requests().size();
        const auto answer = send(client, what);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
        QCOMPARE(peer.requests().size(), before + 1);
    }
}

void TestHttpRetry::onceIsOneRequest_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("broken off") << 0;
    for (const int status : {429, 502, 503, 504})
        QTest::addRow("%d", status) << status;
}

void TestHttpRetry::onceIsOneRequest()
{
    QFETCH(const int, status);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(status == 0 ? gone(PeerReply::Then::Reset) : httpReply(status));
    HttpClient client(patient(4));
    HttpRequest single = request("POST", peer.url());
    single.once = true;
    const auto answer = send(client, single);
    QCOMPARE(peer.requests().size(), 1U);
    if (status == 0)
        QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
    else if (status == 429)
        QCOMPARE(answer.error().code, ErrorCode::ServerBusy);
    else
        QCOMPARE(answer->status, status);
}

void TestHttpRetry::staleConnectionIsTriedAgain()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    PeerReply last = httpReply(200);
    last.then = PeerReply::Then::Close; // Without saying so in the head.
    peer.say(last);
    HttpClient client(patient(2));
    for (int i = 0; i < 10; ++i)
        QVERIFY(send(client, request("POST", peer.url())));
    QVERIFY(peer.requests().size() <= 20U);
}

void TestHttpRetry::silenceIsTriedAgain()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(PeerReply());
    peer.say(httpReply(200));
    HttpPolicy policy = patient(2);
    policy.idleTimeout = 2s; // Long enough for the second answer on a busy machine.
    HttpClient client(policy);
    QVERIFY(send(client, request("GET", peer.url())));
    QCOMPARE(peer.requests().size(), 2U);
}

void TestHttpRetry::nothingIsHeldDuringAPause()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(PeerReply());
    HttpPolicy policy = patient(2);
    policy.idleTimeout = 100ms;
    policy.firstPause = policy.longestPause = 10min;
    HttpClient client(policy);
    std::stop_source stop;
    auto task = client.send(request("GET", peer.url()), stop.get_token());
    QTRY_COMPARE(peer.requests().size(), 1U);
    QTRY_COMPARE(peer.open(), 0);
    QVERIFY(!task.isReady());
    stop.request_stop();
    QVERIFY(!QCoro::waitFor(task));
}

// A host that asks one request for quiet is not to be bothered by the others meanwhile.
void TestHttpRetry::retryAfterIsForAllRequests()
{
    ScriptedPeer peer;
    ScriptedPeer other;
    QVERIFY(peer.listen());
    QVERIFY(other.listen());
    PeerReply busy = httpReply(429, "{}", {{"Retry-After", "2"}});
    busy.then = PeerReply::Then::Close;
    peer.say(busy);
    peer.say(httpReply(200, "[]"));
    other.say(httpReply(200, "[]"));
    HttpPolicy policy = patient(4);
    policy.longestPause = 10s;
    HttpClient client(policy);
    auto first = client.send(request("GET", peer.url()));
    // It has been answered; and after a way to another host and back the answer has been told, and it waits.
    QTRY_COMPARE(peer.requests().size(), 1U);
    QTRY_COMPARE(peer.open(), 0);
    QVERIFY(send(client, request("GET", other.url())));
    QElapsedTimer timer;
    timer.start();
    auto second = client.send(request("GET", peer.url()));
    QVERIFY(send(client, request("GET", other.url()))); // Another host did not ask for anything.
    QCOMPARE(peer.requests().size(), 1U);
    QVERIFY(QCoro::waitFor(second));
    QVERIFY2(timer.elapsed() >= 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(QCoro::waitFor(first));
    QCOMPARE(peer.requests().size(), 3U);
}

void TestHttpRetry::clientErrorsAreNotTriedAgain()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(413, "{\"secret\":\"echoed\"}"));
    HttpClient client(patient(4));
    const auto answer = send(client, request("POST", peer.url()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 413);
    QCOMPARE(peer.requests().size(), 1U);
}

QTEST_GUILESS_MAIN(TestHttpRetry)
#include "test_http_retry.moc"
