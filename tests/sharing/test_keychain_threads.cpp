// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "sharing/keyring_rig.h"
#include "sharing/sharing_samples.h"

#include <QGuiApplication>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace sharelock;
using namespace sharelock::sharing;

//! \brief The keyring as a window uses it: from a thread of its own, beside one that draws.
class TestKeychainThreads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void worksOnAThreadBesideTheWindow();
};

namespace {

enum class Verdict
{
    None,
    Passed,
    Failed
};

QCoro::Task<> useKeyring(QString account, std::atomic<Verdict>* verdict)
{
    const Secret key = KeyVault::freshMasterKey();
    const auto store = keychainStore(account);
    const auto written = co_await store->write(key);
    const auto read = co_await store->read();
    const auto erased = co_await store->erase();
    const auto gone = co_await store->read();
    const bool good = written && read && *read == key && erased && gone && gone->isEmpty();
    *verdict = good ? Verdict::Passed : Verdict::Failed;
}

} // namespace

void TestKeychainThreads::worksOnAThreadBesideTheWindow()
{
    QVERIFY(qobject_cast<QGuiApplication*>(QCoreApplication::instance()) != nullptr);
    markGuiThread();
    // Several, one after another: QtKeychain's jobs hang when the thread of the first one has ended.
    for (int i = 0; i < 3; ++i) {
        std::atomic<Verdict> verdict = Verdict::None;
        QThread thread;
        auto* context = new QObject;
        context->moveToThread(&thread);
        connect(&thread, &QThread::finished, context, &QObject::deleteLater);
        thread.start();
        const QString account = QStringLiteral("thread %1").arg(i);
        QMetaObject::invokeMethod(context, [account, &verdict] { useKeyring(account, &verdict); });
        QTRY_VERIFY_WITH_TIMEOUT(verdict != Verdict::None, 20'000);
        thread.quit();
        QVERIFY(thread.wait());
        QVERIFY(verdict == Verdict::Passed);
    }
}

QTEST_MAIN(TestKeychainThreads)
#include "test_keychain_threads.moc"
