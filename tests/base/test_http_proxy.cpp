// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/system_proxy.h"
#include "quick_http.h"
#include "support/scripted_peer.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;

namespace {

const QUrl plain(QStringLiteral("http://share.example.invalid/api/share/abc/data"));
const QUrl secured(QStringLiteral("https://share.example.invalid/api/share/abc/data"));

} // namespace

class TestHttpProxy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void noneSet();
    void addresses_data();
    void addresses();
    void plainGoesToIt();
    void securedNeedsATunnel();
    void neverForThisMachine();
    void notForWhatIsExcepted();

private:
    void use(const QByteArray& address);
    [[nodiscard]] QByteArray peerAddress(const QByteArray& user = {}) const;

    std::unique_ptr<ScriptedPeer> m_peer;
};

void TestHttpProxy::init()
{
    m_peer = std::make_unique<ScriptedPeer>();
    QVERIFY(m_peer->listen());
}

void TestHttpProxy::cleanup()
{
    for (const char* name : {"http_proxy", "https_proxy", "no_proxy"})
        qunsetenv(name);
}

void TestHttpProxy::use(const QByteArray& address)
{
    qputenv("http_proxy", address);
    qputenv("https_proxy", address);
}

QByteArray TestHttpProxy::peerAddress(const QByteArray& user) const
{
    return "http://" + user + "127.0.0.1:" + QByteArray::number(m_peer->url().port());
}

void TestHttpProxy::noneSet()
{
    QCOMPARE(systemProxyFor(plain), QByteArray());
}

void TestHttpProxy::addresses_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("taken");
    QTest::newRow("plain") << QByteArray("http://proxy.example:3128")
                           << QByteArray("http://proxy.example:3128");
    QTest::newRow("password") << QByteArray("http://me:p%40ss%2Fw@proxy.example:3128")
                              << QByteArray("http://me:p%40ss%2Fw@proxy.example:3128");
    QTest::newRow("socks") << QByteArray("socks5://proxy.example:1080")
                           << QByteArray("socks5h://proxy.example:1080");
}

void TestHttpProxy::addresses()
{
    QFETCH(const QByteArray, given);
    use(given);
    QTEST(systemProxyFor(plain), "taken");
    QTEST(systemProxyFor(secured), "taken");
}

void TestHttpProxy::plainGoesToIt()
{
    use(peerAddress("me:word@"));
    m_peer->say(httpReply(407, "{}", {{"Proxy-Authenticate", "Basic realm=\"x\""}, {"ETag", "\"proxy's\""}}));
    m_peer->say(httpReply(200, "[1]", {{"ETag", "\"server's\""}}));
    HttpClient client(quick());
    const auto answer = send(client, request("GET", plain));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(answer->body, QByteArrayLiteral("[1]"));
    QCOMPARE(answer->etag, QByteArrayLiteral("\"server's\""));
    const SeenRequest& seen = m_peer->requests().back();
    QCOMPARE(seen.target, plain.toEncoded());
    QCOMPARE(seen.headers.value("proxy-authorization"),
             QByteArray("Basic " + QByteArray("me:word").toBase64()));
    QVERIFY(!seen.headers.contains("authorization"));
}

void TestHttpProxy::securedNeedsATunnel()
{
    use(peerAddress());
    m_peer->say(httpReply(403, "{\"from\":\"proxy\"}"));
    HttpClient client(quick());
    const auto answer = send(client, request("POST", secured, "{\"secret\":\"k\"}"));
    // What the proxy says is not what the server said.
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
    QCOMPARE(m_peer->requests().size(), 1U);
    QCOMPARE(m_peer->requests().front().verb, QByteArrayLiteral("CONNECT"));
    QCOMPARE(m_peer->requests().front().target, QByteArrayLiteral("share.example.invalid:443"));
    QCOMPARE(m_peer->requests().front().body, QByteArray());
}

void TestHttpProxy::neverForThisMachine()
{
    use("http://proxy.example.invalid:3128");
    m_peer->say(httpReply(200));
    HttpClient client(quick());
    QVERIFY(send(client, request("GET", m_peer->url())));
    QCOMPARE(systemProxyFor(QUrl(QStringLiteral("http://localhost:4096/"))), QByteArray());
    QCOMPARE(systemProxyFor(QUrl(QStringLiteral("http://[::1]:4096/"))), QByteArray());
}

void TestHttpProxy::notForWhatIsExcepted()
{
    use("http://proxy.example:3128");
    qputenv("no_proxy", "share.example.invalid");
    QCOMPARE(systemProxyFor(secured), QByteArray());
}

QTEST_GUILESS_MAIN(TestHttpProxy)
#include "test_http_proxy.moc"
