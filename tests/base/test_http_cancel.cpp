// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_call.h"
#include "base/http_client.h"
#include "base/http_network.h"
#include "support/scripted_peer.h"

#include <QCoroTask>
#include <QTest>

#include <functional>
#include <memory>
#include <semaphore>
#include <thread>
#include <vector>

using namespace sharelock;
using namespace sharelock::tests;
using namespace std::chrono_literals;

namespace {

using Task = QCoro::Task<Expected<HttpAnswer>>;

HttpRequest request(const QUrl& url, const QByteArray& body = "{}")
{
    HttpRequest result;
    result.verb = "POST";
    result.url = url;
    result.body = body;
    return result;
}

ErrorCode codeOf(Task& task)
{
    const auto answer = QCoro::waitFor(task);
    return answer ? ErrorCode::Internal : answer.error().code;
}

//! \brief Does something before each queued call of what it watches.
class OnCall : public QObject
{
    Q_OBJECT
public:
    explicit OnCall(std::function<void()> action)
        : m_action(std::move(action))
    {
    }
    [[nodiscard]] int calls() const { return m_calls; }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::MetaCall) {
            ++m_calls;
            m_action();
        }
        return false;
    }

private:
    std::function<void()> m_action;
    int m_calls = 0;
};

} // namespace

class TestHttpCancel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beforeItStarts();
    void inTheQueue();
    void stoppedButNotYetTold();
    void whileConnecting();
    void whileSending();
    void whileWaitingForTheAnswer();
    void whileReading();
    void inAPause();
    void aWholeAnswerIsKept();
    void fromAnotherThread();
    void whileAnswersCome();
    void afterTheEnd();
    void othersGoOn();
    void clientGoesFirst();
    void taskIsDropped();
};

void TestHttpCancel::beforeItStarts()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpClient client;
    std::stop_source stop;
    stop.request_stop();
    Task task = client.send(request(peer.url()), stop.get_token());
    QCOMPARE(codeOf(task), ErrorCode::Cancelled);
    QCOMPARE(peer.connections(), 0);
}

void TestHttpCancel::inTheQueue()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpPolicy policy;
    policy.perHost = 1;
    HttpClient client(policy);
    std::stop_source stopFirst;
    std::stop_source stopSecond;
    Task first = client.send(request(peer.url()), stopFirst.get_token());
    Task second = client.send(request(peer.url()), stopSecond.get_token());
    QTRY_COMPARE(peer.requests().size(), 1U);
    stopSecond.request_stop();
    QCOMPARE(codeOf(second), ErrorCode::Cancelled);
    QVERIFY(!first.isReady());
    stopFirst.request_stop();
    QCOMPARE(codeOf(first), ErrorCode::Cancelled);
    QCOMPARE(peer.requests().size(), 1U);
}

void TestHttpCancel::stoppedButNotYetTold()
{
    // Many are stopped at once, and told one after the other: the place of the first one is not for the next.
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    QVERIFY(curlLibrary());
    HttpPolicy policy;
    policy.perHost = 1;
    HttpNetwork network(*curlLibrary(), policy);
    std::stop_source stop;
    std::vector<std::shared_ptr<HttpCall>> calls;
    for (int i = 0; i < 3; ++i) {
        calls.push_back(std::make_shared<HttpCall>(*curlLibrary(), request(peer.url()), QString(), policy,
                                                   stop.get_token()));
        network.start(calls.back());
    }
    QTRY_COMPARE(peer.requests().size(), 1U);
    stop.request_stop();
    network.stop(calls[0]);
    for (const auto& call : calls) {
        QTRY_VERIFY(call->isTold());
        QCOMPARE(call->takeAnswer().error().code, ErrorCode::Cancelled);
    }
    // Nobody keeps the place.
    const auto next = std::make_shared<HttpCall>(*curlLibrary(), request(peer.url()), QString(), policy);
    peer.say(httpReply(200));
    network.start(next);
    QTRY_VERIFY(next->isTold());
    QVERIFY(next->takeAnswer());
    QCOMPARE(peer.requests().size(), 2U);
}

void TestHttpCancel::whileConnecting()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpClient client;
    std::stop_source stop;
    Task task = client.send(request(peer.url()), stop.get_token());
    stop.request_stop();
    QCOMPARE(codeOf(task), ErrorCode::Cancelled);
    QTRY_COMPARE(peer.open(), 0);
}

void TestHttpCancel::whileSending()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpClient client;
    std::stop_source stop;
    HttpRequest large = request(peer.url(), QByteArray(64 * 1024 * 1024, ' '));
    large.onProgress = [&](qint64 sent, qint64 total) {
        if (sent < total)
            stop.request_stop();
    };
    peer.stopReading();
    Task task = client.send(large, stop.get_token());
    QCOMPARE(codeOf(task), ErrorCode::Cancelled);
    QVERIFY(peer.requests().empty());
}

void TestHttpCancel::whileWaitingForTheAnswer()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpClient client;
    std::stop_source stop;
    Task task = client.send(request(peer.url()), stop.get_token());
    QTRY_COMPARE(peer.requests().size(), 1U);
    stop.request_stop();
    QCOMPARE(codeOf(task), ErrorCode::Cancelled);
    QTRY_COMPARE(peer.open(), 0);
}

void TestHttpCancel::whileReading()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    PeerReply slow;
    slow.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[";
    slow.then = PeerReply::Then::Drip;
    slow.chunk = " ";
    slow.every = 1ms;
    peer.say(slow);
    HttpClient client;
    std::stop_source stop;
    Task task = client.send(request(peer.url()), stop.get_token());
    QTRY_COMPARE(peer.requests().size(), 1U);
    stop.request_stop();
    QCOMPARE(codeOf(task), ErrorCode::Cancelled);
    QTRY_COMPARE(peer.open(), 0);
}

void TestHttpCancel::inAPause()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(503, "{}", {{"Retry-After", "600"}}));
    HttpPolicy policy;
    policy.longestPause = 10min;
    HttpClient client(policy);
    std::stop_source stop;
    Task task = client.send(request(peer.url()), stop.get_token());
    QTRY_COMPARE(peer.requests().size(), 1U);
    stop.request_stop();
    QCOMPARE(codeOf(task), ErrorCode::Cancelled);
    QCOMPARE(peer.requests().size(), 1U);
}

void TestHttpCancel::aWholeAnswerIsKept()
{
    // An answer may hold the only copy of a key, so a stop that comes right after it is too late.
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, "{\"secret\":\"only copy\"}"));
    QVERIFY(curlLibrary());
    HttpNetwork network(*curlLibrary(), HttpPolicy());
    const auto call =
        std::make_shared<HttpCall>(*curlLibrary(), request(peer.url()), QString(), HttpPolicy());
    // Before the end is told, and after it came.
    OnCall filter([&] { network.stop(call); });
    network.installEventFilter(&filter);
    network.start(call);
    QTRY_VERIFY(call->isTold());
    QVERIFY(filter.calls() > 0);
    const Expected<HttpAnswer> answer = call->takeAnswer();
    QVERIFY(answer);
    QCOMPARE(answer->body, QByteArrayLiteral("{\"secret\":\"only copy\"}"));
}

void TestHttpCancel::fromAnotherThread()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpClient client;
    for (int i = 0; i < 20; ++i) {
        std::stop_source stop;
        Task task = client.send(request(peer.url()), stop.get_token());
        std::thread other([&stop] { stop.request_stop(); });
        QCOMPARE(codeOf(task), ErrorCode::Cancelled);
        other.join();
    }
}

void TestHttpCancel::whileAnswersCome()
{
    // Stops from a thread of their own cross answers on their way, one for each request that arrives: each
    // ends once, with one or the other, and what comes after it still works.
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200, "{\"a\":1}"));
    std::counting_semaphore<> arrivals(0);
    peer.onRequest([&](const SeenRequest&) { arrivals.release(); });
    HttpClient client;
    constexpr std::size_t many = 200;
    std::vector<std::stop_source> stops(many);
    std::vector<Task> tasks;
    for (const std::stop_source& stop : stops)
        tasks.push_back(client.send(request(peer.url()), stop.get_token()));
    // Every other one, so that some get their answer.
    std::thread other([&] {
        for (std::size_t i = 0; i < many; i += 2) {
            arrivals.acquire();
            stops[i].request_stop();
        }
    });
    std::size_t answered = 0;
    for (Task& task : tasks) {
        const auto answer = QCoro::waitFor(task);
        QVERIFY(answer ? answer->body == "{\"a\":1}" : answer.error().code == ErrorCode::Cancelled);
        answered += answer ? 1 : 0;
    }
    QVERIFY(answered >= many / 2);
    other.join();
    Task next = client.send(request(peer.url()));
    QVERIFY(QCoro::waitFor(next));
}

void TestHttpCancel::afterTheEnd()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(httpReply(200));
    std::stop_source stop;
    {
        HttpClient client;
        Task task = client.send(request(peer.url()), stop.get_token());
        QVERIFY(QCoro::waitFor(task));
    }
    stop.request_stop();
    QCoreApplication::processEvents();
}

void TestHttpCancel::othersGoOn()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    peer.say(PeerReply());
    peer.say(httpReply(200));
    HttpPolicy policy;
    policy.perHost = 1;
    HttpClient client(policy);
    std::stop_source stop;
    Task first = client.send(request(peer.url()), stop.get_token());
    Task second = client.send(request(peer.url()));
    QTRY_COMPARE(peer.requests().size(), 1U);
    stop.request_stop();
    QVERIFY(QCoro::waitFor(second));
    QCOMPARE(codeOf(first), ErrorCode::Cancelled);
}

void TestHttpCancel::clientGoesFirst()
{
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    HttpPolicy policy;
    policy.perHost = 1;
    auto client = std::make_unique<HttpClient>(policy);
    Task waiting = client->send(request(peer.url()));
    Task queued = client->send(request(peer.url()));
    QTRY_COMPARE(peer.requests().size(), 1U);
    client.reset();
    QCOMPARE(codeOf(waiting), ErrorCode::Cancelled);
    QCOMPARE(codeOf(queued), ErrorCode::Cancelled);
    QCOMPARE(peer.requests().size(), 1U);
    QTRY_COMPARE(peer.open(), 0);
}

void TestHttpCancel::taskIsDropped()
{
    // A task that nobody waits for runs to its end all the same.
    ScriptedPeer peer;
    QVERIFY(peer.listen());
    PeerReply slow = httpReply(200);
    slow.after = 20ms;
    peer.say(slow);
    HttpClient client;
    {
        const Task dropped = client.send(request(peer.url()));
    }
    QTRY_COMPARE(peer.requests().size(), 1U);
    Task next = client.send(request(peer.url()));
    QVERIFY(QCoro::waitFor(next));
}

QTEST_GUILESS_MAIN(TestHttpCancel)
#include "test_http_cancel.moc"
