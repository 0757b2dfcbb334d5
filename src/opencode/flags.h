// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"

namespace sharelock::opencode {

//! \brief Whether a variable is one of opencode's words for yes.
[[nodiscard]] bool isFlagSet(const Environment& environment, const QString& name);

} // namespace sharelock::opencode
