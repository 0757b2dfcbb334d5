// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/error.h"
#include "opencode/effective_config.h"

#include <QCoroTask>

#include <stop_token>

namespace sharelock::opencode {

//! \brief What the installed opencode itself takes for the share mode of a directory: `opencode debug
//! config`, which takes some seconds and knows nothing of a running opencode that goes on with an older file.
//!
//! It runs without plug-ins, accounts and network, and on a database in memory. So it knows neither an
//! organisation's configuration nor the flags OPENCODE_AUTO_SHARE and OPENCODE_DISABLE_SHARE. As on any
//! start, opencode adds a `$schema` to the config files of that directory that have none: read them anew
//! afterwards. Not on the GUI thread. Errors: OpencodeMissing, OpencodeStartFailed (also when it refuses the
//! configuration), OpencodeTimeout (60 s), Cancelled.
[[nodiscard]] QCoro::Task<Expected<ShareMode>> modeOfOpencode(Environment environment, QString directory,
                                                              std::stop_token stop = {});

//! \brief The share mode in a resolved configuration as opencode prints it; nothing when \p json is none. One
//! without a mode means manual.
[[nodiscard]] std::optional<ShareMode> modeInConfig(const QByteArray& json);

} // namespace sharelock::opencode
