// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/share_calls.h"

#include "demo/loopback_share_server.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>
#include <QThread>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

using namespace sharelock;
using namespace sharelock::demo;
using sharelock::tests::ShareCalls;

Q_DECLARE_METATYPE(sharelock::demo::Fault)

namespace {

const QByteArray sessionId = "ses_aaaaaaaaaaaa12345678";
const QString shareId = QStringLiteral("12345678");
const QByteArray session = R"({"type":"session","data":{"id":"ses_aaaaaaaaaaaa12345678","title":"First"}})";
const QByteArray message = R"({"type":"message","data":{"id":"msg_1","role":"user"}})";

} // namespace

class TestLoopbackShareServerFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void failsAsTold_data();
    void failsAsTold();
    void faultsHitOnlyWhatMatches();
    void carriesOutBeforeReset();
    void slowEndsWithStop();
    void cachesPlainRequests();
    void restartsOnTheSamePort();
    void callsHooksAroundTheWork();
    void stopsWhileAHookBlocks();
    void stopsFromAHook();
    void servesManyAtOnce();
    void survivesHostileBodies();
    void saysWhenThePortIsTaken();
};

void TestLoopbackShareServerFaults::failsAsTold_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("status"); // 0: no answer.
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<bool>("carriedOut");
    QTest::newRow("refuse") << Fault::Refuse << 0 << ErrorCode::ServerUnreachable << false;
    QTest::newRow("500") << Fault::Status500 << 500 << ErrorCode::Internal << false;
    QTest::newRow("429") << Fault::Status429 << 0 << ErrorCode::ServerBusy << false;
    QTest::newRow("413") << Fault::Status413 << 413 << ErrorCode::Internal << false;
    QTest::newRow("reset") << Fault::Reset << 0 << ErrorCode::ServerUnreachable << true;
    QTest::newRow("slow") << Fault::Slow << 200 << ErrorCode::Internal << true;
    QTest::newRow("truncated") << Fault::Truncated << 0 << ErrorCode::ServerUnreachable << true;
    QTest::newRow("wrong JSON") << Fault::WrongJson << 200 << ErrorCode::Internal << true;
}

void TestLoopbackShareServerFaults::failsAsTold()
{
    QFETCH(Fault, fault);
    QFETCH(int, status);
    QFETCH(ErrorCode, code);
    QFETCH(bool, carriedOut);
    LoopbackShareServer server(Generation::June2026);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    server.inject(fault, "/sync");
    const QString path = QStringLiteral("/api/share/%1/sync").arg(shareId);
    const QByteArray body = "{\"secret\":\"" + secret + "\",\"data\":[" + session + "]}";
    const auto answer = calls.send("POST", path, body);
    QCOMPARE(answer.has_value(), status != 0);
    if (answer)
        QCOMPARE(answer->status, status);
    else
        QCOMPARE(answer.error().code, code);
    QCOMPARE(server.dataOf(shareId), carriedOut ? '[' + session + ']' : QByteArray("[]"));
    // Once only.
    QCOMPARE(calls.sync(shareId, secret, '[' + message + ']'), 200);
}

void TestLoopbackShareServerFaults::faultsHitOnlyWhatMatches()
{
    LoopbackShareServer server(Generation::June2026);
    ShareCalls calls(server.origin());
    server.inject(Fault::Status500, "DELETE /api/share/12345678", 2);
    const QByteArray secret = calls.create(sessionId);
    QCOMPARE(calls.sync(shareId, secret, "[]"), 200);
    QCOMPARE(calls.remove(shareId, secret), 500);
    QCOMPARE(calls.remove(shareId, secret), 500);
    QCOMPARE(calls.remove(shareId, secret), 200);
}

void TestLoopbackShareServerFaults::carriesOutBeforeReset()
{
    LoopbackShareServer server(Generation::June2026);
    ShareCalls calls(server.origin());
    server.inject(Fault::Reset, "POST /api/share");
    server.inject(Fault::Refuse, "POST /api/share", 1);
    QVERIFY(calls.create(sessionId).isEmpty()); // Reset: the share is there, its secret is lost.
    QVERIFY(calls.create("ses_bbbb87654321").isEmpty());
    QVERIFY(calls.create(sessionId).isEmpty());
    QVERIFY(!calls.create("ses_bbbb87654321").isEmpty()); // Refuse: nothing had happened.
}

void TestLoopbackShareServerFaults::slowEndsWithStop()
{
    LoopbackShareServer server(Generation::June2026);
    HttpPolicy policy = ShareCalls::onceOnly();
    policy.idleTimeout = std::chrono::milliseconds(200);
    ShareCalls calls(server.origin(), policy);
    server.inject(Fault::Slow, "/data");
    QElapsedTimer timer;
    timer.start();
    const auto answer = calls.data(shareId);
    QVERIFY(!answer.has_value());
    QCOMPARE(answer.error().code, ErrorCode::ServerTimeout);
    server.stop();
    QVERIFY2(timer.elapsed() < 2500, "stop() waited for a slow answer");
}

void TestLoopbackShareServerFaults::cachesPlainRequests()
{
    LoopbackShareServer server(Generation::June2026);
    server.setCacheSeconds(60);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    QCOMPARE(calls.sync(shareId, secret, '[' + session + ']'), 200);
    QCOMPARE(calls.data(shareId)->body, '[' + session + ']');
    QCOMPARE(calls.sync(shareId, secret, '[' + message + ']'), 200);
    QCOMPARE(calls.data(shareId)->body, '[' + session + ']');
    const QByteArray fresh = '[' + message + ',' + session + ']';
    QCOMPARE(calls.data(shareId, QStringLiteral("?sharelock=1"))->body, fresh);
    QCOMPARE(calls.data(shareId)->body, '[' + session + ']');
    server.setCacheSeconds(0);
    QCOMPARE(calls.data(shareId)->body, fresh);
}

void TestLoopbackShareServerFaults::restartsOnTheSamePort()
{
    LoopbackShareServer server(Generation::June2026);
    const QUrl origin = server.origin();
    ShareCalls calls(origin);
    const QByteArray secret = calls.create(sessionId);
    for (int i = 0; i < 20; ++i) {
        server.stop();
        QVERIFY(!server.isListening());
        const auto answer = calls.data(shareId);
        QVERIFY(!answer.has_value());
        QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
        server.start();
        QVERIFY(server.isListening());
        QCOMPARE(server.origin(), origin);
        QCOMPARE(calls.sync(shareId, secret, '[' + session + ']'), 200);
    }
}

void TestLoopbackShareServerFaults::callsHooksAroundTheWork()
{
    LoopbackShareServer server(Generation::June2026);
    ShareCalls calls(server.origin());
    std::mutex mutex;
    QByteArray before;
    QByteArray after;
    QByteArray path;
    const QByteArray secret = calls.create(sessionId);
    server.onRequest([&](const SeenRequest& request) {
        const std::lock_guard lock(mutex);
        path = request.verb + ' ' + request.path;
        before = server.dataOf(shareId);
    });
    server.onCarriedOut([&](const SeenRequest&) {
        const std::lock_guard lock(mutex);
        after = server.dataOf(shareId);
    });
    QCOMPARE(calls.sync(shareId, secret, '[' + session + ']'), 200);
    QCOMPARE(path, QByteArray("POST /api/share/12345678/sync"));
    QCOMPARE(before, QByteArray("[]"));
    QCOMPARE(after, '[' + session + ']');
    const std::vector<SeenRequest> requests = server.requests();
    QCOMPARE(requests.size(), std::size_t(2));
    QVERIFY(requests.back().body.contains(secret));
}

void TestLoopbackShareServerFaults::stopsWhileAHookBlocks()
{
    std::mutex mutex;
    std::condition_variable changed;
    bool entered = false;
    bool released = false;
    bool left = false;
    {
        LoopbackShareServer server(Generation::June2026);
        server.onRequest([&](const SeenRequest&) {
            std::unique_lock lock(mutex);
            entered = true;
            changed.notify_all();
            changed.wait(lock, [&] { return released; });
            left = true;
            changed.notify_all();
        });
        HttpPolicy policy = ShareCalls::onceOnly();
        policy.idleTimeout = std::chrono::milliseconds(300);
        ShareCalls hasty(server.origin(), policy);
        QVERIFY(hasty.create(sessionId).isEmpty());
        {
            const std::lock_guard lock(mutex);
            QVERIFY(entered);
        }
        server.stop();
        server.onRequest({});
        server.start();
        ShareCalls calls(server.origin());
        QVERIFY(!calls.create(sessionId).isEmpty()); // The blocked request was not carried out.
    }
    std::unique_lock lock(mutex);
    released = true;
    changed.notify_all();
    QVERIFY(changed.wait_for(lock, std::chrono::seconds(10), [&] { return left; }));
}

void TestLoopbackShareServerFaults::stopsFromAHook()
{
    LoopbackShareServer server(Generation::June2026);
    ShareCalls calls(server.origin());
    // As a machine that goes down after it did the work and before it answered.
    server.onCarriedOut([&](const SeenRequest&) { server.stop(); });
    QVERIFY(calls.create(sessionId).isEmpty());
    server.onCarriedOut({});
    QVERIFY(!server.isListening());
    server.start();
    QVERIFY(server.isListening());
    ShareCalls again(server.origin());
    const QByteArray body = "{\"sessionID\":\"" + sessionId + "\"}";
    QCOMPARE(again.status("POST", QStringLiteral("/api/share"), body), 500);
}

void TestLoopbackShareServerFaults::servesManyAtOnce()
{
    LoopbackShareServer server(Generation::June2026);
    ShareCalls calls(server.origin());
    const QByteArray secret = calls.create(sessionId);
    std::vector<std::unique_ptr<QThread>> threads;
    std::atomic<int> done = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back(QThread::create([&, i] {
            ShareCalls own(server.origin());
            for (int j = 0; j < 20; ++j) {
                const QByteArray id = QByteArray::number(i) + '_' + QByteArray::number(j);
                const QByteArray item = R"([{"type":"message","data":{"id":"ID"}}])";
                if (own.sync(shareId, secret, QByteArray(item).replace("ID", id)) == 200)
                    ++done;
            }
        }));
        threads.back()->start();
    }
    for (const auto& thread : threads)
        QVERIFY(thread->wait(60'000));
    QCOMPARE(done.load(), 160);
    QCOMPARE(QJsonDocument::fromJson(server.dataOf(shareId)).array().size(), 160);
}

void TestLoopbackShareServerFaults::survivesHostileBodies()
{
    LoopbackShareServer server(Generation::Next);
    ShareCalls calls(server.origin());
    const QByteArray deep = QByteArray(100'000, '[') + QByteArray(100'000, ']');
    const QList<QByteArray> bodies{
        "\xff\xfe", "null", "[]", "\"\"", deep, R"({"sessionID":""})", R"({"sessionID":"\u0000\ud800"})"};
    for (const QByteArray& body : bodies) {
        QVERIFY(calls.status("POST", QStringLiteral("/api/share"), body) != 0);
        QVERIFY(calls.status("POST", QStringLiteral("/api/share/x/sync"), body) >= 400);
        QVERIFY(calls.status("DELETE", QStringLiteral("/api/share/x"), body) >= 400);
    }
    QCOMPARE(calls.status("GET", QStringLiteral("/api/share//data")), 404);
    QCOMPARE(calls.status("GET", QStringLiteral("/../../etc/passwd")), 404);
    QCOMPARE(calls.status("GET", QStringLiteral("/share/%00%3Cb%3E")), 200);
    QVERIFY(!calls.create(sessionId).isEmpty());
}

void TestLoopbackShareServerFaults::saysWhenThePortIsTaken()
{
    LoopbackShareServer first(Generation::Next);
    LoopbackShareServer second(Generation::Next, first.origin().port());
    QVERIFY(first.isListening());
    QVERIFY(!second.isListening());
}

QTEST_GUILESS_MAIN(TestLoopbackShareServerFaults)
#include "test_loopback_share_server_faults.moc"
