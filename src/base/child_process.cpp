// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/child_process.h"

#include "base/child_watch.h"
#include "base/thread_guard.h"

#include <QCoroSignal>

#include <QProcess>

#ifdef Q_OS_UNIX
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace sharelock {

namespace {

constexpr int killMs = 2000;

//! In the child, between fork and exec: only what is safe there.
void becomeChildOf([[maybe_unused]] qint64 parent)
{
#ifdef Q_OS_UNIX
    ::setpgid(0, 0); // a group of its own, so that its helpers can be ended with it
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != static_cast<pid_t>(parent)) {
        ::_exit(1); // we died before the line above
    }
#endif
#endif
}

//! Some programs end before all that they wrote has passed a pipe of the usual 64 KB.
void widenOutput()
{
#ifdef Q_OS_LINUX
    constexpr int mostWithoutPrivilege = 1024 * 1024;
    ::fcntl(STDOUT_FILENO, F_SETPIPE_SZ, mostWithoutPrivilege);
#endif
}

void killGroup(QProcess& process)
{
    const qint64 id = process.processId();
    process.kill();
    process.waitForFinished(killMs);
    endHelpersOf(id);
}

} // namespace

void endWithThisProcess(QProcess& process)
{
#ifdef Q_OS_UNIX
    process.setChildProcessModifier([parent = qint64(::getpid())] { becomeChildOf(parent); });
#else
    Q_UNUSED(process)
#endif
}

void endHelpersOf(qint64 processId)
{
#ifdef Q_OS_UNIX
    if (processId > 0) {
        ::kill(static_cast<pid_t>(-processId), SIGKILL);
    }
#else
    Q_UNUSED(processId)
#endif
}

QCoro::Task<ChildEnd> runChild(ChildProgram program, std::stop_token stop)
{
    assertOffGuiThread("running a program");
    QProcess process;
    process.setProgram(program.program);
    process.setArguments(program.arguments);
    process.setProcessEnvironment(program.variables);
    process.setWorkingDirectory(program.directory);
    process.setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
    process.setChildProcessModifier([parent = qint64(::getpid())] {
        becomeChildOf(parent);
        widenOutput();
    });
#endif
    ChildWatch watch(process, program.maxOutput, stop);
    process.start(QIODevice::ReadOnly);
    if (!watch.isSettled()) {
        co_await qCoro(&watch, &ChildWatch::settled, program.timeout);
    }
    ChildEnd end;
    end.how = watch.how();
    if (process.state() != QProcess::NotRunning) {
        killGroup(process);
    }
    if (end.how == ChildEnd::How::Ended) {
        end.status = process.exitCode();
        end.output = watch.takeOutput();
        end.errors = process.readAllStandardError().left(64 * 1024);
    }
    co_return end;
}

} // namespace sharelock
