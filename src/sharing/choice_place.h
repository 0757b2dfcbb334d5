// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/session_store.h"

namespace sharelock::sharing {

//! \brief Where a choice of the person's holds: a session, its project, or everywhere.
struct ChoicePlace
{
    QString sessionId;
    QString project; //!< What tells it from others; not its name.
};

[[nodiscard]] ChoicePlace choicePlace(const opencode::SessionSummary& session);

} // namespace sharelock::sharing
