// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/child_process.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace sharelock;
using How = ChildEnd::How;

class TestChildProcess : public QObject
{
    Q_OBJECT

private:
    //! A script is a program like any other; what we prove is that no shell is ours.
    [[nodiscard]] ChildProgram script(const QByteArray& text) const
    {
        ChildProgram program;
        program.program = QStringLiteral("/bin/sh");
        program.arguments = {QStringLiteral("-c"), QString::fromUtf8(text)};
        program.variables.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        program.directory = m_folder.path();
        return program;
    }

    static ChildEnd run(const ChildProgram& program, std::stop_token stop = {})
    {
        return QCoro::waitFor(runChild(program, std::move(stop)));
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void ends()
    {
        ChildProgram program = script("pwd; echo \"$GREETING\"; echo oh >&2; cat; exit 3");
        program.variables.insert(QStringLiteral("GREETING"), QStringLiteral("a  b"));
        const ChildEnd end = run(program);
        QCOMPARE(end.how, How::Ended);
        QCOMPARE(end.status, 3);
        QCOMPARE(end.output, QFile::encodeName(m_folder.path()) + "\na  b\n");
        QCOMPARE(end.errors, "oh\n");
    }

    void noShell()
    {
        ChildProgram program = script({});
        program.program = QStringLiteral("/bin/echo");
        program.arguments = {QStringLiteral("$(id)"), QStringLiteral("; id")};
        QCOMPARE(run(program).output, "$(id) ; id\n");
    }

    void doesNotStart()
    {
        ChildProgram program = script("true");
        program.program = m_folder.filePath(QStringLiteral("none"));
        QCOMPARE(run(program).how, How::NotStarted);
        program = script("true");
        program.directory = m_folder.filePath(QStringLiteral("gone"));
        QCOMPARE(run(program).how, How::NotStarted);
        QCOMPARE(run(script("kill -9 $$")).how, How::NotStarted);
    }

    void longOutputPassesWhole()
    {
        const ChildEnd end = run(script("head -c 3000000 /dev/zero"));
        QCOMPARE(end.how, How::Ended);
        QCOMPARE(end.output.size(), 3'000'000);
    }

    void boundedOutput()
    {
        ChildProgram program = script("while :; do echo 0123456789; done");
        program.maxOutput = 100'000;
        const ChildEnd end = run(program);
        QCOMPARE(end.how, How::TooMuch);
        QCOMPARE(end.output, QByteArray());
    }

    void timeOutTakesTheHelpersToo()
    {
        ChildProgram program = script("sleep 300 & echo $! > helper; wait");
        program.timeout = std::chrono::seconds(2);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(run(program).how, How::TimedOut);
        QVERIFY(timer.elapsed() < 60'000);
        QFile file(m_folder.filePath(QStringLiteral("helper")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const pid_t helper = file.readAll().trimmed().toInt();
        QVERIFY(helper > 0);
        // Killed; init, or who stands in for it here, has yet to bury it.
        const auto isGone = [helper] {
            QFile status(QStringLiteral("/proc/%1/stat").arg(helper));
            return ::kill(helper, 0) != 0 ||
                   (status.open(QIODevice::ReadOnly) && status.readAll().contains(") Z "));
        };
        QTRY_VERIFY_WITH_TIMEOUT(isGone(), 30'000);
    }

    void stops()
    {
        std::stop_source source;
        QTimer::singleShot(200, this, [&source] { source.request_stop(); });
        QCOMPARE(run(script("sleep 300"), source.get_token()).how, How::Stopped);
        QCOMPARE(run(script("sleep 300"), source.get_token()).how, How::Stopped); // asked for before
    }
};

QTEST_GUILESS_MAIN(TestChildProcess)
#include "test_child_process.moc"
