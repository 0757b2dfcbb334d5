// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/process.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif
#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace sharelock {

void keepOutOfCoreFiles()
{
#ifndef SHARELOCK_SANITIZED
#ifdef Q_OS_UNIX
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
#ifdef Q_OS_LINUX
    // A core_pattern that pipes to a program ignores the limit; an undumpable process is left alone.
    prctl(PR_SET_DUMPABLE, 0);
#endif
#endif
}

} // namespace sharelock
