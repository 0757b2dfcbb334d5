// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <QCoroTask>

#include <chrono>
#include <stop_token>

class QProcess;

namespace sharelock {

//! \brief A program to run to its end, without a shell.
struct ChildProgram
{
    QString program; //!< Absolute.
    QStringList arguments;
    QProcessEnvironment variables;
    QString directory; //!< Where it runs; must exist.
    std::chrono::milliseconds timeout{30'000};
    qsizetype maxOutput = 4 * 1024 * 1024; //!< In bytes.
};

//! \brief How a program ended, and what it wrote.
struct ChildEnd
{
    enum class How
    {
        Ended,      //!< By itself; \c status says how.
        NotStarted, //!< Or killed by a signal that was not ours.
        TimedOut,
        TooMuch, //!< It wrote more than is taken.
        Stopped  //!< As asked.
    };
    How how = How::NotStarted;
    int status = -1;
    QByteArray output;
    QByteArray
        errors; //!< The first 64 KB. Foreign, and may quote anything: to look for words in, not to keep.
};

//! \brief Runs it; when it is not done in time, or a stop is asked for, it and its helpers are killed. They
//! die with us, too (Linux). Its input is empty. Not on the GUI thread.
[[nodiscard]] QCoro::Task<ChildEnd> runChild(ChildProgram program, std::stop_token stop = {});

//! \brief Before a process starts: a group of its own, and it is killed when this process dies (Linux).
void endWithThisProcess(QProcess& process);

//! \brief Kills what is left of the group of a process that endWithThisProcess() prepared.
void endHelpersOf(qint64 processId);

} // namespace sharelock
