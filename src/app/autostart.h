// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/error.h"

namespace sharelock::app {

//! \brief Whether the desktop starts `sharelock watch` when the person logs in: a file in
//! `~/.config/autostart`. Not on the GUI thread.
[[nodiscard]] bool startsAtLogin(const Environment& environment);
//! \brief Writes or removes it. \param program absolute path. Errors: FileFailed.
[[nodiscard]] Expected<void> setStartsAtLogin(const Environment& environment, bool on,
                                              const QString& program);

} // namespace sharelock::app
