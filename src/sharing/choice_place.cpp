// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/choice_place.h"

namespace sharelock::sharing {

ChoicePlace choicePlace(const opencode::SessionSummary& session)
{
    // All that is in no project of its own shares one with everything else; its folder is what ties it
    // together.
    const bool isGlobal = session.worktree.isEmpty() || session.worktree == u"/";
    return {session.id, isGlobal ? session.directory : session.projectId};
}

} // namespace sharelock::sharing
