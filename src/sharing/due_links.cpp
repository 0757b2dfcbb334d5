// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/due_links.h"

namespace sharelock::sharing {

std::optional<Timestamp> dueAt(const Link& link)
{
    switch (link.step) {
    case LinkStep::TakedownRequested:
        return Timestamp::min();
    case LinkStep::TakedownDone:
        return link.nextProbeAt;
    case LinkStep::Published:
        return mayBePublic(link.state) ? link.expiresAt : std::nullopt;
    case LinkStep::Reserved:
    case LinkStep::Sealed:
        break;
    }
    return std::nullopt;
}

} // namespace sharelock::sharing
