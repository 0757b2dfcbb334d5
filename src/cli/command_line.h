// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace sharelock::cli {

//! \brief Whether \p arguments (without the program's name) name a command, or ask for help or the version;
//! otherwise the window is meant.
[[nodiscard]] bool isCommandLine(const QStringList& arguments);

//! \brief Runs one command to its end. Makes the QCoreApplication; needs no display.
//! \returns the exit status.
[[nodiscard]] int runCommandLine(int& argc, char** argv);

} // namespace sharelock::cli
