// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_audit.h"
#include "sharing/takedown.h"
#include "sharing_world.h"
#include "support/scripted_peer.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;
using tests::httpReply;
using tests::PeerReply;
using tests::ScriptedPeer;

namespace {

const QByteArray key = QByteArrayLiteral("the-key-that-must-stay-home");
[[maybe_unused]] constexpr qint64 mostMemory = 64 * 1024 * 1024;

HttpPolicy tight()
{
    HttpPolicy policy;
    policy.idleTimeout = 400ms;
    policy.totalTimeout = 1500ms;
    policy.maxAnswerBytes = 4 * 1024 * 1024;
    policy.tries = 2;
    policy.firstPause = 5ms;
    policy.longestPause = 20ms;
    return policy;
}

//! The most memory that this process ever had, in bytes.
qint64 peakMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').front().toLongLong() * 1024;
    }
    return 0;
}

PeerReply raw(const QByteArray& bytes, PeerReply::Then then)
{
    PeerReply reply;
    reply.bytes = bytes;
    reply.then = then;
    return reply;
}

PeerReply drip(const QByteArray& head, const QByteArray& chunk, std::chrono::milliseconds every)
{
    PeerReply reply = raw(head, PeerReply::Then::Drip);
    reply.chunk = chunk;
    reply.every = every;
    return reply;
}

LinkId known(SharingWorld& world, const ScriptedPeer& peer, bool isFirst = false)
{
    Link link;
    link.id = {originOf(peer.url()), QStringLiteral("GhIjKlMn")};
    link.url = peer.url(isFirst ? QStringLiteral("/s/GhIjKlMn") : QStringLiteral("/share/GhIjKlMn"));
    link.sessionId = QStringLiteral("ses_5f1c2d3e4a5bAbCdEfGhIjKlMn");
    link.state = LinkState::Live;
    link.hasKey = true;
    const auto sealed =
        world.vault.seal(link.id, Secret(std::string_view(key.constData(), std::size_t(key.size()))));
    if (!sealed || !world.ledger->saveWithKey(link, *sealed))
        qFatal("save");
    return link.id;
}

bool holdsKey(const ScriptedPeer& peer)
{
    for (const tests::SeenRequest& request : peer.requests()) {
        if (request.body.contains(key) || request.target.contains(key))
            return true;
        for (const QByteArray& value : request.headers) {
            if (value.contains(key))
                return true;
        }
    }
    return false;
}

} // namespace

Q_DECLARE_METATYPE(sharelock::tests::PeerReply)

//! A share server that means harm: time and memory are bounded, nothing is believed, no key goes elsewhere.
class TestTakedownHostile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers_data();
    void answers();
    void answersOfTheFirst_data();
    void answersOfTheFirst();
    void redirects_data();
    void redirects();

private:
    //! That nothing is believed, and how long and how much it takes.
    static void judge(const PeerReply& reply, bool isFirst);
};

void TestTakedownHostile::answers_data()
{
    QTest::addColumn<PeerReply>("reply");
    const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const QByteArray block(64 * 1024, 'x');
    QTest::newRow("1 GB announced") << drip(ok + "Content-Length: 1073741824\r\n\r\n[\"", block, 0ms);
    QTest::newRow("endless stream") << drip(ok + "\r\n[\"", block, 0ms);
    QTest::newRow("endless chunks") << drip(ok + "Transfer-Encoding: chunked\r\n\r\n",
                                            "1000\r\n" + QByteArray(4096, ' ') + "\r\n", 0ms);
    QTest::newRow("HTML") << httpReply(200, "<!doctype html><p>[]</p>", {{"Content-Type", "text/html"}});
    QTest::newRow("empty") << httpReply(200, "");
    QTest::newRow("null") << httpReply(200, "null");
    QTest::newRow("deep") << httpReply(200, QByteArray(100'000, '['));
    QTest::newRow("slow bytes") << drip(ok + "Content-Length: 100000\r\n\r\n", "[", 50ms);
    QTest::newRow("slow head") << drip("HTTP/1.1 200 OK\r\nX: ", "x", 50ms);
    QTest::newRow("endless header") << drip("HTTP/1.1 200 OK\r\nX: ", block, 0ms);
    QTest::newRow("endless headers") << drip("HTTP/1.1 200 OK\r\n", QByteArray("X: y\r\n").repeated(8000),
                                             0ms);
    QTest::newRow("endless interim answers")
        << drip("", QByteArray("HTTP/1.1 102 Processing\r\n\r\n").repeated(2000), 0ms);
    QTest::newRow("gateway's 404") << httpReply(404, "<h1>404</h1>");
    QTest::newRow("404 with its path")
        << httpReply(404, R"({"message":"Cannot GET /api/share/GhIjKlMn/data","error":"Not Found"})");
    // What is gone in one protocol is a wrong answer in the other.
    QTest::newRow("gone in the first protocol") << httpReply(200, R"({"messages":{}})");
}

void TestTakedownHostile::answersOfTheFirst_data()
{
    QTest::addColumn<PeerReply>("reply");
    const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const QByteArray block(64 * 1024, 'x');
    QTest::newRow("endless stream") << drip(ok + "\r\n{\"messages\":{\"", block, 0ms);
    QTest::newRow("unknown path") << httpReply(200, "Not Found", {{"Content-Type", "text/plain"}});
    QTest::newRow("empty") << httpReply(200, "");
    QTest::newRow("null") << httpReply(200, "null");
    QTest::newRow("deep") << httpReply(200, "{\"messages\":" + QByteArray(100'000, '['));
    QTest::newRow("deep objects") << httpReply(200, QByteArray("{\"messages\":").repeated(100'000));
    QTest::newRow("slow bytes") << drip(ok + "Content-Length: 100000\r\n\r\n", "{", 50ms);
    QTest::newRow("gone, and an error") << httpReply(200, R"({"messages":{},"error":"busy"})");
    QTest::newRow("gone in today's protocol") << httpReply(200, "[]");
    QTest::newRow("404 of today's protocol") << httpReply(404, R"({"error":"Share not found: GhIjKlMn"})");
}

void TestTakedownHostile::answersOfTheFirst()
{
    QFETCH(const PeerReply, reply);
    judge(reply, true);
}

void TestTakedownHostile::answers()
{
    QFETCH(const PeerReply, reply);
    judge(reply, false);
}

void TestTakedownHostile::judge(const PeerReply& reply, bool isFirst)
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(reply);
    SharingWorld world(tight());
    const LinkId id = known(world, peer, isFirst);
    const qint64 before = peakMemory();
    QElapsedTimer timer;
    timer.start();
    LinkAudit audit(*world.ledger, world.http);
    const auto probed = QCoro::waitFor(audit.probe(id));
    QVERIFY(probed);
    QCOMPARE(probed->state, LinkState::Unreachable);
    Takedown takedown(*world.ledger, world.vault, world.http);
    const auto link = QCoro::waitFor(takedown.run(id));
    QVERIFY(link);
    QVERIFY(link->state != LinkState::Removed);
    QVERIFY(link->hasKey);
    QVERIFY2(timer.elapsed() < 25'000, qPrintable(QString::number(timer.elapsed())));
    const qint64 grown = peakMemory() - before;
#ifdef SHARELOCK_SANITIZED
    Q_UNUSED(grown) // A sanitizer keeps what was given back.
#else
    QVERIFY2(grown < mostMemory, qPrintable(QString::number(grown)));
#endif
    QVERIFY(!world.receiptsText().contains(QString::fromLatin1(key)));
}

void TestTakedownHostile::redirects_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

// The link's own origin is asked, and nobody that it names.
void TestTakedownHostile::redirects()
{
    QFETCH(const int, status);
    ScriptedPeer elsewhere;
    QVERIFY(elsewhere.listen());
    elsewhere.say(httpReply(200, "[]"));
    for (const QByteArray& place : {elsewhere.url(QStringLiteral("/api/share/GhIjKlMn")).toEncoded(),
                                    QByteArray("http://169.254.169.254/latest/meta-data"),
                                    QByteArray("//localhost/x"), QByteArray("file:///etc/passwd")}) {
        ScriptedPeer peer;
        QVERIFY(peer.listen());
        peer.say(httpReply(200, R"([{"type":"session","data":{"id":"ses_1","title":"Hello"}}])"));
        peer.say(httpReply(status, "{}", {{"Location", place}}));
        SharingWorld world(tight());
        const LinkId id = known(world, peer);
        Takedown takedown(*world.ledger, world.vault, world.http);
        const auto link = QCoro::waitFor(takedown.run(id));
        QVERIFY(link);
        QVERIFY(link->state != LinkState::Removed);
        // It was told to go elsewhere with the key, and did not.
        QVERIFY(holdsKey(peer));
        QCOMPARE(elsewhere.connections(), 0);
    }
}

QTEST_GUILESS_MAIN(TestTakedownHostile)
#include "test_takedown_hostile.moc"
