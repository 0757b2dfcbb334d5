// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/when_done.h"

#include <QSignalSpy>
#include <QThread>

#include <QCoroTimer>

#include <atomic>
#include <semaphore>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;
using namespace std::chrono_literals;

namespace {

//! \brief Ends with the stop, and counts that it did.
QCoro::Task<int> untilStopped(std::stop_token stop, std::shared_ptr<std::atomic<int>> ended)
{
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(1h);
    const std::stop_callback fire(stop, [&timer] { timer.start(0ms); });
    co_await timer;
    ++*ended;
    co_return 7;
}

QCoro::Task<QString> soon(QString text)
{
    QTimer timer;
    timer.start(1);
    co_await timer;
    co_return text;
}

} // namespace

class TestCoreThread : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void callsRunThere();
    void coroutinesRunThere();
    void manyAtOnce();
    void cancelEndsOne();
    void theEndWaitsForAll();
    void anotherCoreTakesOver();
    void noCoreNoAnswer();
    void failedSetup();
    void lateResultOfAGoneObject();
};

void TestCoreThread::callsRunThere()
{
    const AppWorld world;
    CoreThread core;
    const QSignalSpy started(&core, &CoreThread::started);
    core.run(world.setup());
    const auto future = core.call(
        [](sharing::ShareManager& manager) { return QThread::currentThread() == manager.thread(); });
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result(), true);
    QTRY_COMPARE(started.size(), 1);
    QCOMPARE(core.environment().home, world.home());
}

void TestCoreThread::coroutinesRunThere()
{
    const AppWorld world;
    CoreThread core;
    core.run(world.setup());
    // What the functor holds must outlive the call: the coroutine goes on long after.
    const auto text = std::make_shared<const QString>(QStringLiteral("held"));
    const auto future = core.start([text](sharing::ShareManager&, std::stop_token) { return soon(*text); });
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result(), QStringLiteral("held"));
}

void TestCoreThread::manyAtOnce()
{
    const AppWorld world;
    CoreThread core;
    core.run(world.setup());
    QList<QFuture<QString>> futures;
    for (int i = 0; i < 50; ++i) {
        futures.append(
            core.start([i](sharing::ShareManager&, std::stop_token) { return soon(QString::number(i)); }));
    }
    for (int i = 0; i < 50; ++i) {
        QTRY_VERIFY(futures[i].isFinished());
        QCOMPARE(futures[i].result(), QString::number(i));
    }
}

void TestCoreThread::cancelEndsOne()
{
    const AppWorld world;
    CoreThread core;
    core.run(world.setup());
    const auto ended = std::make_shared<std::atomic<int>>(0);
    const auto work = [ended](sharing::ShareManager&, std::stop_token stop) {
        return untilStopped(stop, ended);
    };
    const std::stop_source first;
    const std::stop_source second;
    const auto one = core.start(work, first);
    const auto other = core.start(work, second);
    core.cancel(first);
    QTRY_VERIFY(one.isFinished());
    QCOMPARE(one.result(), 7);
    QCOMPARE(ended->load(), 1);
    QVERIFY(!other.isFinished());
}

void TestCoreThread::theEndWaitsForAll()
{
    const AppWorld world;
    const auto ended = std::make_shared<std::atomic<int>>(0);
    QFuture<int> future;
    {
        CoreThread core;
        core.run(world.setup());
        const auto work = [ended](sharing::ShareManager&, std::stop_token stop) {
            return untilStopped(stop, ended);
        };
        for (int i = 0; i < 10; ++i)
            future = core.start(work);
        const auto reached = core.call([](sharing::ShareManager&) { return true; });
        QTRY_VERIFY(reached.isFinished());
    }
    QCOMPARE(ended->load(), 10);
    QVERIFY(future.isFinished());
}

void TestCoreThread::anotherCoreTakesOver()
{
    const AppWorld first;
    const AppWorld second;
    CoreThread core;
    const QSignalSpy started(&core, &CoreThread::started);
    auto held = std::make_shared<int>(0);
    const std::weak_ptr<int> worldOfFirst = held;
    core.run([setup = first.setup(), held = std::move(held)]() mutable -> Expected<CoreSetup> {
        auto result = setup();
        result->world = std::move(held);
        return result;
    });
    const auto ended = std::make_shared<std::atomic<int>>(0);
    const auto running = core.start(
        [ended](sharing::ShareManager&, std::stop_token stop) { return untilStopped(stop, ended); });
    QTRY_COMPARE(started.size(), 1);
    core.run(second.setup());
    const auto future = core.call([](sharing::ShareManager&) { return 1; });
    QTRY_VERIFY(future.isFinished());
    QTRY_COMPARE(core.environment().home, second.home());
    QTRY_VERIFY(running.isFinished());
    QTRY_VERIFY(worldOfFirst.expired());
}

void TestCoreThread::noCoreNoAnswer()
{
    CoreThread core;
    const auto future = core.call([](sharing::ShareManager&) { return 1; });
    QVERIFY(future.isCanceled());
    QVERIFY(future.isFinished());
}

void TestCoreThread::failedSetup()
{
    CoreThread core;
    const QSignalSpy failed(&core, &CoreThread::setupFailed);
    core.run([]() -> Expected<CoreSetup> { return fail(ErrorCode::DiskFull); });
    bool answered = false;
    const auto future = core.call([](sharing::ShareManager&) { return 1; });
    whenDone(future, this, [&answered](int) { answered = true; });
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, ErrorCode::DiskFull);
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.isCanceled());
    QVERIFY(!answered);
}

void TestCoreThread::lateResultOfAGoneObject()
{
    const AppWorld world;
    CoreThread core;
    core.run(world.setup());
    const auto gate = std::make_shared<std::binary_semaphore>(0);
    const auto future = core.call([gate](sharing::ShareManager&) {
        gate->acquire();
        return 1;
    });
    bool answered = false;
    {
        QObject listener;
        whenDone(future, &listener, [&answered](int) { answered = true; });
    }
    gate->release();
    const auto after = core.call([](sharing::ShareManager&) { return 1; });
    QTRY_VERIFY(after.isFinished());
    QCoreApplication::processEvents();
    QVERIFY(!answered);
}

int main(int argc, char** argv)
{
    return runGuiTest<TestCoreThread>(argc, argv);
}
#include "test_core_thread.moc"
