// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"

namespace sharelock::opencode {

//! \brief Shares new sessions, sub-agents' excepted, although the mode is manual.
inline const QString autoShareVariable = QStringLiteral("OPENCODE_AUTO_SHARE");
//! \brief Lets nobody share.
inline const QString disableShareVariable = QStringLiteral("OPENCODE_DISABLE_SHARE");
//! \brief No file of a project counts.
inline const QString noProjectVariable = QStringLiteral("OPENCODE_DISABLE_PROJECT_CONFIG");

//! \brief Whether a variable is one of opencode's words for yes, which differ from flag to flag: `TRUE` does
//! not disable sharing.
[[nodiscard]] bool isFlagSet(const Environment& environment, const QString& name);

} // namespace sharelock::opencode
