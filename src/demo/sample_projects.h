// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/time.h"

namespace sharelock::demo {

//! \brief Folders with configuration of their own below \p folder, which opencode knows: one where sharing is
//! disabled, one where a second file switches it to auto, one that says nothing. The sample sessions' own
//! folders are invented paths, at which nothing may be written. Errors: FileFailed.
[[nodiscard]] Expected<void> writeProjects(const QString& folder, const QString& database, Timestamp at);

} // namespace sharelock::demo
