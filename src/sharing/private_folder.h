// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

namespace sharelock::sharing {

//! \brief Creates \p path and what is missing above it, with mode 0700, synced to disk. A folder that exists
//! keeps its mode: it may be one that the person set up and shares. Errors: FileFailed, DiskFull.
[[nodiscard]] Expected<void> makePrivateFolder(const QString& path);

//! \brief Makes the names in folder \p path durable. Errors: FileFailed.
[[nodiscard]] Expected<void> syncFolder(const QString& path);

//! \brief The Error of a failed system call on \p path, from `errno`.
[[nodiscard]] tl::unexpected<Error> systemFailure(const QString& path, int systemError);

} // namespace sharelock::sharing
