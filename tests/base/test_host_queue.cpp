// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/host_queue.h"
#include "base/stop_notice.h"

#include <QCoroTask>
#include <QTest>

#include <thread>

using namespace sharelock;
using namespace std::chrono_literals;

namespace {

using Queue = std::shared_ptr<HostQueue>;
using Task = QCoro::Task<HostQueue::Place>;

Task enter(const Queue& queue, const char* host, std::stop_token stop = {})
{
    return queue->enter(QString::fromLatin1(host), std::move(stop));
}

// Runs what stands in the event loop: a place is called through it.
void settle()
{
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
}

} // namespace

class TestHostQueue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void boundHolds();
    void firstComeFirstServed();
    void hostsAreApart();
    void stopLeavesTheLine();
    void stopTogetherWithTheCallLosesNoPlace();
    void stoppedBeforehand();
    void stopFromAnotherThread();
    void pauses();
};

void TestHostQueue::boundHolds()
{
    const auto queue = std::make_shared<HostQueue>(2);
    Task first = enter(queue, "a");
    Task second = enter(queue, "a");
    Task third = enter(queue, "a");
    QVERIFY(first.isReady() && second.isReady());
    settle();
    QVERIFY(!third.isReady());
    {
        const HostQueue::Place place = QCoro::waitFor(first);
        QVERIFY(place);
    }
    settle();
    QVERIFY(third.isReady());
    // A bound of nothing would stop everything.
    QVERIFY(enter(std::make_shared<HostQueue>(0), "a").isReady());
}

void TestHostQueue::firstComeFirstServed()
{
    const auto queue = std::make_shared<HostQueue>(1);
    std::vector<Task> tasks;
    for (int i = 0; i < 4; ++i)
        tasks.push_back(enter(queue, "a"));
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        settle();
        for (std::size_t j = 0; j < tasks.size(); ++j)
            QCOMPARE(tasks[j].isReady(), j <= i);
        const HostQueue::Place place = QCoro::waitFor(tasks[i]);
        QVERIFY(place);
        // Somebody who comes now stands at the end.
        Task late = enter(queue, "a");
        QVERIFY(!late.isReady());
        if (i + 1 == tasks.size())
            break;
        tasks.push_back(std::move(late));
        if (tasks.size() > 6)
            break;
    }
}

void TestHostQueue::hostsAreApart()
{
    const auto queue = std::make_shared<HostQueue>(1);
    Task one = enter(queue, "a");
    QVERIFY(enter(queue, "b").isReady());
    QVERIFY(!enter(queue, "a").isReady());
}

void TestHostQueue::stopLeavesTheLine()
{
    const auto queue = std::make_shared<HostQueue>(1);
    Task first = enter(queue, "a");
    std::stop_source stop;
    Task stopped = enter(queue, "a", stop.get_token());
    Task next = enter(queue, "a");
    stop.request_stop();
    QVERIFY(!QCoro::waitFor(stopped));
    settle();
    QVERIFY(!next.isReady());
    {
        const HostQueue::Place place = QCoro::waitFor(first);
    }
    settle();
    QVERIFY(next.isReady());
}

void TestHostQueue::stopTogetherWithTheCallLosesNoPlace()
{
    const auto queue = std::make_shared<HostQueue>(1);
    Task first = enter(queue, "a");
    std::stop_source stop;
    Task second = enter(queue, "a", stop.get_token());
    {
        const HostQueue::Place place = QCoro::waitFor(first);
    }
    stop.request_stop();
    {
        const HostQueue::Place place = QCoro::waitFor(second);
    }
    QVERIFY(enter(queue, "a").isReady());
}

void TestHostQueue::stoppedBeforehand()
{
    const auto queue = std::make_shared<HostQueue>(1);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!QCoro::waitFor(enter(queue, "a", stop.get_token())));
    QVERIFY(QCoro::waitFor(enter(queue, "a")));
}

void TestHostQueue::stopFromAnotherThread()
{
    const auto queue = std::make_shared<HostQueue>(1);
    Task first = enter(queue, "a");
    std::stop_source stop;
    Task second = enter(queue, "a", stop.get_token());
    std::thread other([&stop] { stop.request_stop(); });
    QVERIFY(!QCoro::waitFor(second));
    other.join();
}

void TestHostQueue::pauses()
{
    QVERIFY(QCoro::waitFor(pauseFor(1ms, {})));
    std::stop_source stop;
    QCoro::Task<bool> longPause = pauseFor(10min, stop.get_token());
    settle();
    QVERIFY(!longPause.isReady());
    stop.request_stop();
    QVERIFY(!QCoro::waitFor(longPause));
    QVERIFY(!QCoro::waitFor(pauseFor(10min, stop.get_token())));
}

QTEST_GUILESS_MAIN(TestHostQueue)
#include "test_host_queue.moc"
