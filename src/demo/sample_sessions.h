// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/time.h"

#include <QString>

namespace sharelock::demo {

//! \brief Writes an opencode.db with varied sample conversations and fake secrets, in opencode 1.18.33's
//! schema. Everything in it is invented; tokens have the right shape and open nothing. \p home and \p user
//! appear in paths and texts. \param path must not exist. Errors: FileFailed.
[[nodiscard]] Expected<void> writeSampleSessions(const QString& path, const QString& home,
                                                 const QString& user, Timestamp newest);

} // namespace sharelock::demo
