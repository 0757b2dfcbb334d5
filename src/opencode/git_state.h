// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/error.h"

#include <QCoroTask>

#include <stop_token>

namespace sharelock::opencode {

//! \brief Whether a file reaches a team through git.
enum class GitState
{
    NoGit,      //!< git is not installed.
    NoWorkTree, //!< The file is in no git work tree.
    Untracked,
    Ignored,
    Changed,  //!< Tracked, but not committed as it is now.
    Committed //!< As it is now; whether it was pushed, git alone does not know.
};

//! \brief Asks `git` about one file, which need not exist; of a symbolic link, about what it points to.
//!
//! No program runs that the repository names: git is only asked for hashes, and they are compared here. A
//! file that git would convert in other ways than its line ends counts as Changed. Not on the GUI thread.
//! Errors: GitFailed (subject: the file), Cancelled.
[[nodiscard]] QCoro::Task<Expected<GitState>> gitState(Environment environment, QString file,
                                                       std::stop_token stop = {});

//! \brief The commands that commit \p file alone with \p message, as one line for a POSIX shell. Empty when
//! it can't be pasted safely, or there is nothing to commit.
[[nodiscard]] QString gitCommitCommand(const QString& file, const QString& message, GitState state);

} // namespace sharelock::opencode
