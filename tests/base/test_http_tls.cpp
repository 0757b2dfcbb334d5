// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "quick_http.h"
#include "support/scripted_peer.h"

#include <QFile>
#include <QProcess>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;

namespace {

//! \brief A fresh certificate that signs itself, with its key, in two files.
struct Identity
{
    QString certificate;
    QString key;
};

} // namespace

class TestHttpTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void unknownCertificate();
    void knownCertificate();
    void certificateOfAnotherName();
    void brokenListOfCertificates();
    void cutShort();

private:
    Identity make(const QString& name, const QString& subjects);
    static std::unique_ptr<QTcpServer> serverOf(const Identity& identity);
    static QUrl secure(const ScriptedPeer& peer);

    QTemporaryDir m_folder;
    Identity m_here;
    Identity m_elsewhere;
};

Identity TestHttpTls::make(const QString& name, const QString& subjects)
{
    const Identity made{m_folder.filePath(name + QStringLiteral(".pem")),
                        m_folder.filePath(name + QStringLiteral(".key"))};
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"),
                   QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=") + name,
                   QStringLiteral("-addext"), QStringLiteral("subjectAltName=") + subjects,
                   QStringLiteral("-keyout"), made.key, QStringLiteral("-out"), made.certificate});
    if (!openssl.waitForFinished(60'000) || openssl.exitCode() != 0)
        qFatal("openssl: %s", openssl.readAllStandardError().constData());
    return made;
}

void TestHttpTls::initTestCase()
{
    m_here = make(QStringLiteral("here"), QStringLiteral("DNS:localhost,IP:127.0.0.1"));
    m_elsewhere = make(QStringLiteral("elsewhere"), QStringLiteral("DNS:elsewhere.example"));
}

void TestHttpTls::cleanup()
{
    qunsetenv("SSL_CERT_FILE");
}

std::unique_ptr<QTcpServer> TestHttpTls::serverOf(const Identity& identity)
{
    QFile key(identity.key);
    if (!key.open(QIODevice::ReadOnly))
        qFatal("key");
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate::fromPath(identity.certificate).value(0));
    configuration.setPrivateKey(QSslKey(&key, QSsl::Rsa));
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

QUrl TestHttpTls::secure(const ScriptedPeer& peer)
{
    QUrl url = peer.url();
    url.setScheme(QStringLiteral("https"));
    return url;
}

void TestHttpTls::unknownCertificate()
{
    ScriptedPeer peer(serverOf(m_here));
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    HttpPolicy persistent = quick();
    persistent.tries = 3;
    HttpClient client(persistent);
    const auto answer = send(client, request("POST", secure(peer), "{\"secret\":\"k\"}"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::TlsFailed);
    QVERIFY(!answer.error().detail.isEmpty());
    QVERIFY(peer.requests().empty());
}

void TestHttpTls::knownCertificate()
{
    qputenv("SSL_CERT_FILE", QFile::encodeName(m_here.certificate));
    ScriptedPeer peer(serverOf(m_here));
    QVERIFY(peer.listen());
    peer.say(httpReply(200, QByteArray(500'000, ' ')));
    HttpClient client(quick());
    for (int number = 0; number < 3; ++number) {
        const auto answer = send(client, request("POST", secure(peer), QByteArray(300'000, 'x')));
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
        QCOMPARE(answer->body.size(), 500'000);
    }
    QCOMPARE(peer.requests().size(), 3U);
    QCOMPARE(peer.requests().back().body.size(), 300'000);
    QCOMPARE(peer.connections(), 1);
}

void TestHttpTls::certificateOfAnotherName()
{
    qputenv("SSL_CERT_FILE", QFile::encodeName(m_elsewhere.certificate));
    ScriptedPeer peer(serverOf(m_elsewhere));
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    HttpClient client(quick());
    const auto answer = send(client, request("POST", secure(peer), "{\"secret\":\"k\"}"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::TlsFailed);
    QVERIFY(peer.requests().empty());
}

void TestHttpTls::brokenListOfCertificates()
{
    qputenv("SSL_CERT_FILE", QFile::encodeName(m_folder.filePath(QStringLiteral("missing.pem"))));
    ScriptedPeer peer(serverOf(m_here));
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    HttpClient client(quick());
    const auto answer = send(client, request("GET", secure(peer)));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::TlsFailed);
    QVERIFY(peer.requests().empty());
}

void TestHttpTls::cutShort()
{
    qputenv("SSL_CERT_FILE", QFile::encodeName(m_here.certificate));
    ScriptedPeer peer(serverOf(m_here));
    QVERIFY(peer.listen());
    PeerReply reply;
    reply.bytes = "HTTP/1.1 200 OK\r\n\r\n[1,2]"; // Looks whole, but TLS was broken off.
    reply.then = PeerReply::Then::Reset;
    peer.say(reply);
    HttpClient client(quick());
    const auto answer = send(client, request("GET", secure(peer)));
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
}

QTEST_GUILESS_MAIN(TestHttpTls)
#include "test_http_tls.moc"
