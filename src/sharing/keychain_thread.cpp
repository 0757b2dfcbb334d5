// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/keychain_thread.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QPromise>
#include <QThread>

#include <QCoroSignal>

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace sharelock::sharing {

namespace {

struct Request
{
    KeychainWork work;
    QPromise<KeychainAnswer> promise;
    std::atomic_bool givenUp = false;
};

//! \brief Lives in the keychain thread and does one request after another.
class Worker : public QObject
{
public:
    void enqueue(std::shared_ptr<Request> request)
    {
        m_waiting.push_back(std::move(request));
        if (!m_busy)
            doNext();
    }

private:
    void doNext()
    {
        while (!m_waiting.empty() && m_waiting.front()->givenUp)
            m_waiting.pop_front();
        m_busy = !m_waiting.empty();
        if (!m_busy)
            return;
        std::shared_ptr<Request> request = std::move(m_waiting.front());
        m_waiting.pop_front();
        perform(this, std::move(request));
    }

    static QCoro::Task<> perform(Worker* self, std::shared_ptr<Request> request)
    {
        const KeychainAnswer answer = co_await request->work();
        request->promise.addResult(answer);
        request->promise.finish();
        // From the event loop: a long queue must not become a deep stack.
        QMetaObject::invokeMethod(
            self, [self] { self->doNext(); }, Qt::QueuedConnection);
    }

    std::deque<std::shared_ptr<Request>> m_waiting;
    bool m_busy = false;
};

class KeychainThread
{
public:
    static KeychainThread& instance()
    {
        static KeychainThread thread;
        return thread;
    }

    void post(std::shared_ptr<Request> request)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_thread == nullptr)
            start();
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker, request = std::move(request)] { worker->enqueue(request); },
            Qt::QueuedConnection);
    }

private:
    void start()
    {
        m_thread = new QThread;
        m_thread->setObjectName(QStringLiteral("keychain"));
        m_worker = new Worker;
        m_worker->moveToThread(m_thread);
        QObject::connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        m_thread->start();
        // Before the application object goes: D-Bus and the event loop need it.
        qAddPostRoutine([] { instance().stop(); });
    }

    void stop()
    {
        constexpr unsigned long patienceMs = 2'000;
        const std::scoped_lock lock(m_mutex);
        if (m_thread == nullptr)
            return;
        m_thread->quit();
        // A thread that hangs in a foreign library is left to the end of the process.
        if (m_thread->wait(patienceMs))
            delete m_thread;
        m_thread = nullptr;
        m_worker = nullptr;
    }

    std::mutex m_mutex;
    QThread* m_thread = nullptr;
    Worker* m_worker = nullptr;
};

} // namespace

QCoro::Task<KeychainAnswer> onKeychainThread(KeychainWork work, std::chrono::milliseconds patience)
{
    const auto request = std::make_shared<Request>();
    request->work = std::move(work);
    request->promise.start();
    QFutureWatcher<KeychainAnswer> watcher;
    watcher.setFuture(request->promise.future());
    KeychainThread::instance().post(request);
    co_await qCoro(&watcher, &QFutureWatcher<KeychainAnswer>::finished, patience);
    // Without a result, the program is ending.
    if (!watcher.isFinished() || watcher.future().resultCount() == 0) {
        request->givenUp = true;
        co_return fail(ErrorCode::KeyringLocked, {}, QStringLiteral("no answer in time"));
    }
    const KeychainAnswer answer = watcher.result();
    co_return answer;
}

} // namespace sharelock::sharing
