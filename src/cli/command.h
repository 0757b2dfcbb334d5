// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/output.h"
#include "sharing/share_manager.h"

#include <QCommandLineParser>

#include <QCoroTask>

#include <stop_token>
#include <vector>

namespace sharelock::cli {

//! \brief Exit status of every command; documented in the manual page.
enum ExitStatus
{
    Done = 0,       //!< All that was asked was done.
    NotDone = 1,    //!< Refused, failed, not found, or still public.
    Usage = 2,      //!< The words were wrong, or an act was not confirmed.
    CannotTell = 3, //!< A server did not answer, or a database can't be read, so nobody knows.
};

//! \brief What one run of a command works with. Outlives the command's coroutine.
struct Invocation
{
    sharing::ShareManager& manager;
    const QCommandLineParser& options;
    QStringList names; //!< Positional arguments after the command.
    Output& out;
    std::stop_token stop; //!< Ctrl+C.
};

//! \brief One command: a name, what `--help` says, its options, and its coroutine.
struct Command
{
    const char* name;
    const char* arguments; //!< `SESSION`, for the usage line.
    const char* summary;
    void (*addOptions)(QCommandLineParser& parser);
    QCoro::Task<int> (*run)(const Invocation& invocation);
};

// One per file: command_NAME.cpp.
[[nodiscard]] Command sessionsCommand();
[[nodiscard]] Command showCommand();
[[nodiscard]] Command scanCommand();
[[nodiscard]] Command redactCommand();
[[nodiscard]] Command publishCommand();
[[nodiscard]] Command linksCommand();
[[nodiscard]] Command unshareCommand();
[[nodiscard]] Command updateCommand();
[[nodiscard]] Command expireCommand();
[[nodiscard]] Command sweepCommand();
[[nodiscard]] Command receiptsCommand();
[[nodiscard]] Command recoverCommand();
[[nodiscard]] Command replaceCommand();
[[nodiscard]] Command watchCommand();
[[nodiscard]] Command modeCommand();
[[nodiscard]] Command wordsCommand();

[[nodiscard]] const std::vector<Command>& commands();

//! \brief Exit status for a command that ended with \p error.
[[nodiscard]] int statusFor(const Error& error);

//! \brief Of a command about all links, where opencode's database can't be read: links that nobody has taken
//! in yet may stand there. Without any database there are none.
[[nodiscard]] int statusOfInventory(const Error& error);

} // namespace sharelock::cli
