// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/time.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <optional>
#include <vector>

namespace sharelock::opencode {

//! \brief An opencode that the person runs: its window, a server, or a command.
struct OpencodeProcess
{
    qint64 pid = 0;
    Timestamp startedAt; //!< To a hundredth of a second.
    QString directory;   //!< Where it was started. A server may work in others, too.
};

//! \brief All of the person's own, oldest first. Those that an opencode or a Sharelock started count with it,
//! and \p except and what it started are left out. Not on the GUI thread. Linux only: elsewhere empty.
[[nodiscard]] std::vector<OpencodeProcess>
runningOpencode(qint64 except = QCoreApplication::applicationPid());

//! \brief What of `/proc/PID/stat` is of use.
struct ProcessStat
{
    QByteArray name;      //!< Of the program's file, cut to 15 bytes.
    qint64 parent = 0;    //!< Its process ID.
    qint64 startTick = 0; //!< Ticks of the clock after the start of the system.
};

//! \brief Nothing when it is something else. The name may hold blanks and parentheses.
[[nodiscard]] std::optional<ProcessStat> parseProcessStat(const QByteArray& line);

} // namespace sharelock::opencode
