// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "quick_http.h"
#include "support/scripted_peer.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;
using namespace std::chrono_literals;

class TestHttpClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void origin_data();
    void origin();
    void bodiesAndHeaders_data();
    void bodiesAndHeaders();
    void onlyWhatIsNeededIsSent();
    void callersHeadersWin();
    void anyStatusIsAnAnswer_data();
    void anyStatusIsAnAnswer();
    void redirectIsNotFollowed_data();
    void redirectIsNotFollowed();
    void cookiesAreForgotten();
    void notAWebAddress_data();
    void notAWebAddress();
    void unknownHost();
    void largeUploadReportsProgress();
    void keepsTheConnection();
    void atMostSoManyPerHost();
};

void TestHttpClient::origin_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* url, const char* expected) {
        QTest::newRow(url) << QUrl(QString::fromLatin1(url)) << QString::fromLatin1(expected);
    };
    row("https://opncd.ai/share/abc?x=1#y", "https://opncd.ai");
    row("https://user:word@opncd.ai:8443/share", "https://opncd.ai:8443");
    row("HTTP://ExAmple.ORG", "http://example.org");
    row("http://[::1]:80/", "http://[::1]:80");
    row("", "");
}

void TestHttpClient::origin()
{
    QFETCH(const QUrl, url);
    QFETCH(const QString, expected);
    QCOMPARE(originOf(url).toString(), expected);
}

void TestHttpClient::bodiesAndHeaders_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("GET") << QByteArrayLiteral("GET") << QByteArray();
    QTest::newRow("POST") << QByteArrayLiteral("POST") << QByteArrayLiteral("{\"a\":\"\xc3\xbc\"}");
    QTest::newRow("POST, empty") << QByteArrayLiteral("POST") << QByteArray();
    QTest::newRow("DELETE with a body")
        << QByteArrayLiteral("DELETE") << QByteArrayLiteral("{\"secret\":\"k\"}");
    QTest::newRow("DELETE, empty") << QByteArrayLiteral("DELETE") << QByteArray();
    QTest::newRow("zero bytes") << QByteArrayLiteral("POST") << QByteArray(70'000, '\0');
}

void TestHttpClient::bodiesAndHeaders()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QByteArray, body);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, "{\"ok\":true}"));
    HttpClient client(quick());
    const auto answer = send(client, request(verb, peer.url(QStringLiteral("/api/share")), body));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, QByteArrayLiteral("{\"ok\":true}"));
    QCOMPARE(answer->contentType, QByteArrayLiteral("application/json"));

    QCOMPARE(peer.requests().size(), 1U);
    const SeenRequest& seen = peer.requests().front();
    QCOMPARE(seen.verb, verb);
    QCOMPARE(seen.target, QByteArrayLiteral("/api/share"));
    QCOMPARE(seen.body, body);
    QCOMPARE(seen.headers.value("accept"), QByteArrayLiteral("application/json"));
    QCOMPARE(seen.headers.value("user-agent"), QByteArrayLiteral("sharelock/" SHARELOCK_VERSION));
    if (verb != "GET") {
        QCOMPARE(seen.headers.value("content-type"), QByteArrayLiteral("application/json"));
        QCOMPARE(seen.headers.value("content-length"), QByteArray::number(body.size()));
    }
}

void TestHttpClient::onlyWhatIsNeededIsSent()
{
    qputenv("LANG", "de_DE.UTF-8");
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    HttpClient client(quick());
    QVERIFY(send(client, request("GET", peer.url())));
    const auto& headers = peer.requests().front().headers;
    QCOMPARE(headers.value("accept-encoding"), QByteArrayLiteral("identity"));
    for (const char* name : {"cookie", "referer", "origin", "upgrade", "http2-settings", "authorization",
                             "range", "if-none-match", "if-modified-since"})
        QVERIFY2(!headers.contains(name), name);
    // The person's language is nobody's business.
    QVERIFY2(!headers.value("accept-language").contains("de"), headers.value("accept-language").constData());
}

void TestHttpClient::callersHeadersWin()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    HttpClient client(quick());
    HttpRequest own = request("GET", peer.url());
    own.headers = {{"Authorization", "Basic eDp5"}, {"Accept", "text/html"}, {"Cache-Control", "no-cache"}};
    QVERIFY(send(client, own));
    const auto& headers = peer.requests().front().headers;
    QCOMPARE(headers.value("authorization"), QByteArrayLiteral("Basic eDp5"));
    QCOMPARE(headers.value("accept"), QByteArrayLiteral("text/html"));
    QCOMPARE(headers.value("cache-control"), QByteArrayLiteral("no-cache"));
}

void TestHttpClient::anyStatusIsAnAnswer_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 201, 400, 401, 403, 404, 409, 410, 413, 418, 500, 501, 502, 503, 504, 599})
        QTest::addRow("%d", status) << status;
}

void TestHttpClient::anyStatusIsAnAnswer()
{
    QFETCH(const int, status);
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(status, "{\"error\":\"why\"}"));
    HttpClient client(quick());
    const auto answer = send(client, request("POST", peer.url(), "{}"));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->body, QByteArrayLiteral("{\"error\":\"why\"}"));
    QCOMPARE(peer.requests().size(), 1U);
}

void TestHttpClient::redirectIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestHttpClient::redirectIsNotFollowed()
{
    QFETCH(const int, status);
    ScriptedPeer thief;
    QVERIFY(thief.listen());
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(status, "moved", {{"Location", thief.url().toEncoded()}}));
    HttpPolicy patient = quick();
    patient.tries = 3;
    HttpClient client(patient);
    for (const QByteArray verb : {"GET", "POST", "DELETE"}) {
        const auto answer =
            send(client, request(verb, peer.url(), verb == "GET" ? "" : "{\"secret\":\"k\"}"));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::ServerRedirected);
        QCOMPARE(answer.error().subject, originOf(peer.url()).toString());
    }
    QCOMPARE(peer.requests().size(), 3U);
    QCOMPARE(thief.connections(), 0);
}

void TestHttpClient::cookiesAreForgotten()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, "{}",
                       {{"Set-Cookie", "track=1"}, {"Cache-Control", "max-age=9999"}, {"ETag", "\"e\""}}));
    HttpClient client(quick());
    QVERIFY(send(client, request("GET", peer.url())));
    QVERIFY(send(client, request("GET", peer.url())));
    QCOMPARE(peer.requests().size(), 2U);
    QVERIFY(!peer.requests().back().headers.contains("cookie"));
    QVERIFY(!peer.requests().back().headers.contains("if-none-match"));
}

void TestHttpClient::notAWebAddress_data()
{
    QTest::addColumn<QString>("url");
    for (const char* url :
         {"", "file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x", "qrc:/x", "http:///x",
          "opncd.ai/share", "//opncd.ai/", "javascript:alert(1)", "http://a b/"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void TestHttpClient::notAWebAddress()
{
    QFETCH(const QString, url);
    HttpClient client(quick());
    const auto answer = send(client, request("GET", QUrl(url)));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
}

void TestHttpClient::unknownHost()
{
    HttpClient client(quick());
    const auto answer = send(client, request("GET", QUrl(QStringLiteral("http://nowhere.invalid/"))));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
    QCOMPARE(answer.error().subject, QStringLiteral("http://nowhere.invalid"));
}

void TestHttpClient::largeUploadReportsProgress()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    HttpClient client(quick());
    QByteArray body(20 * 1024 * 1024, 'x');
    for (qsizetype i = 0; i < body.size(); i += 4096)
        body[i] = static_cast<char>('a' + i / 4096 % 26);
    HttpRequest large = request("POST", peer.url(), body);
    std::vector<std::pair<qint64, qint64>> seen;
    large.onProgress = [&seen](qint64 sent, qint64 total) { seen.emplace_back(sent, total); };
    QVERIFY(send(client, large));
    QVERIFY(peer.requests().front().body == body);
    QVERIFY(!seen.empty());
    QCOMPARE(seen.back(), std::make_pair(qint64(body.size()), qint64(body.size())));
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
}

void TestHttpClient::keepsTheConnection()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    HttpClient client(quick());
    for (int i = 0; i < 5; ++i)
        QVERIFY(send(client, request("POST", peer.url(), "{}")));
    QCOMPARE(peer.connections(), 1);
}

void TestHttpClient::atMostSoManyPerHost()
{
    ScriptedPeer one;
    ScriptedPeer two;
    QVERIFY(one.listen() && two.listen());
    PeerReply slow = httpReply(200);
    slow.after = 20ms;
    one.say(slow);
    two.say(slow);
    HttpPolicy narrow = quick();
    narrow.perHost = 3;
    HttpClient client(narrow);
    std::vector<QCoro::Task<Expected<HttpAnswer>>> tasks;
    for (int i = 0; i < 12; ++i) {
        tasks.push_back(client.send(request("GET", one.url(QStringLiteral("/%1").arg(i)))));
        tasks.push_back(client.send(request("GET", two.url())));
    }
    for (auto& task : tasks)
        QVERIFY(QCoro::waitFor(task));
    QCOMPARE(one.requests().size(), 12U);
    QCOMPARE(one.busiest(), 3);
    QCOMPARE(two.busiest(), 3);
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "test_http_client.moc"
