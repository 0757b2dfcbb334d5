// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/output.h"
#include "sharing/share_modes.h"

namespace sharelock::cli {

//! \brief `{"directory","mode","layers":[{"layer","file","line","value","wins","editable"}],"warnings"}`; the
//! mode is null, and "error" says why, where opencode would not start.
[[nodiscard]] QJsonObject modeJson(const opencode::ModeReport& report);
//! \brief As modeJson(), with name, links and sessions.
[[nodiscard]] QJsonObject projectModeJson(const sharing::ProjectMode& project);
//! \brief `PATH:LINE`, a variable, or `default`: what decides.
[[nodiscard]] QString decidedBy(const opencode::ModeReport& report);
//! \brief All layers as a table, and the warnings.
void printWhy(const opencode::ModeReport& report, Output& out);
//! \brief The file and its lines, as diff has them.
void printChange(const sharing::ShareModes& modes, const opencode::ModeChange& change, Output& out);
[[nodiscard]] QJsonObject changeJson(const sharing::ShareModes& modes, const opencode::ModeChange& change);

} // namespace sharelock::cli
