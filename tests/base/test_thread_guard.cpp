// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"
#include "base/thread_guard.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sharelock;

namespace {

// Runs it in a child process. \returns the signal that ended the child, 0 for none.
int signalOf(const std::function<void()>& work)
{
    const pid_t child = fork();
    if (child == 0) {
        const rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        std::signal(SIGABRT, SIG_DFL);
        // What it says when it dies would read like a failure of the test.
        qInstallMessageHandler(nullptr);
        close(STDOUT_FILENO);
        close(STDERR_FILENO);
        work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

} // namespace

class TestThreadGuard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commandLineMayWork();
    void guiThreadMayNot();
    void sqliteIsGuarded();
};

void TestThreadGuard::commandLineMayWork()
{
    QCOMPARE(signalOf([] { assertOffGuiThread("work"); }), 0);
}

void TestThreadGuard::guiThreadMayNot()
{
    QCOMPARE(signalOf([] {
                 markGuiThread();
                 assertOffGuiThread("work");
             }),
             SIGABRT);
}

void TestThreadGuard::sqliteIsGuarded()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.db"));
    auto connection = sqlite::Connection::open(path, sqlite::Mode::ReadWrite);
    QVERIFY(connection);
    auto statement = connection->prepare("SELECT 1");
    QVERIFY(statement);
    QCOMPARE(signalOf([&] { QVERIFY(statement->step()); }), 0);
    QCOMPARE(signalOf([&] {
                 markGuiThread();
                 static_cast<void>(statement->step());
             }),
             SIGABRT);
    QCOMPARE(signalOf([&] {
                 markGuiThread();
                 static_cast<void>(sqlite::Connection::open(path, sqlite::Mode::ReadOnly));
             }),
             SIGABRT);
}

QTEST_GUILESS_MAIN(TestThreadGuard)
#include "test_thread_guard.moc"
