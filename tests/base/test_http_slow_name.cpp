// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// A name server that does not answer holds up nothing: neither a stop nor a time limit waits for it.

#include "quick_http.h"

#include <QSemaphore>
#include <QTest>

#include <netdb.h>

using namespace sharelock;
using namespace sharelock::tests;
using namespace std::chrono_literals;

namespace {

QSemaphore asked;
QSemaphore mayAnswer;

const QUrl slow(QStringLiteral("http://slow.example.invalid/"));

} // namespace

// The system's own, to everything that is loaded into this program.
extern "C" int getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**)
{
    asked.release();
    mayAnswer.acquire();
    return EAI_AGAIN;
}

class TestHttpSlowName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void stopped();
    void tooLate();
    void clientGoes();
    void answersInTheEnd();
};

// The look-up that was begun is let go of, whatever became of the request.
void TestHttpSlowName::cleanup()
{
    asked.acquire(asked.available());
    mayAnswer.release();
}

void TestHttpSlowName::stopped()
{
    HttpClient client(quick());
    std::stop_source stop;
    const auto task = client.send(request("GET", slow), stop.get_token());
    QTRY_VERIFY(asked.available() == 1);
    stop.request_stop();
    const auto answer = QCoro::waitFor(task);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Cancelled);
}

void TestHttpSlowName::tooLate()
{
    HttpPolicy hasty = quick();
    hasty.idleTimeout = 200ms;
    HttpClient client(hasty);
    const auto answer = send(client, request("GET", slow));
    QCOMPARE(asked.available(), 1);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerTimeout);
}

void TestHttpSlowName::clientGoes()
{
    auto client = std::make_unique<HttpClient>(quick());
    const auto task = client->send(request("GET", slow));
    QTRY_VERIFY(asked.available() == 1);
    client.reset();
    const auto answer = QCoro::waitFor(task);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Cancelled);
}

void TestHttpSlowName::answersInTheEnd()
{
    HttpClient client(quick());
    const auto task = client.send(request("GET", slow));
    QTRY_VERIFY(asked.available() == 1);
    mayAnswer.release();
    const auto answer = QCoro::waitFor(task);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::ServerUnreachable);
}

QTEST_GUILESS_MAIN(TestHttpSlowName)
#include "test_http_slow_name.moc"
