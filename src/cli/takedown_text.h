// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/command.h"

namespace sharelock::cli {

// What `unshare` and `replace` have in common.

[[nodiscard]] QString stageText(sharing::TakedownStage stage);

//! \brief What a takedown that ended so means for the exit status.
[[nodiscard]] int statusOf(const Expected<sharing::Link>& result);

//! \brief The worst of all results decides: still public beats "cannot tell" beats gone.
[[nodiscard]] int combined(int status, int other);

//! \brief State, proof and error of a link that was asked to go.
[[nodiscard]] QJsonObject resultJson(const sharing::Link& asked, const Expected<sharing::Link>& result);

} // namespace sharelock::cli
