// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_record.h"

namespace sharelock::sharing {

Expected<Link> recordLink(LinkLedger& ledger, const LinkId& id, const std::function<void(Link&)>& change,
                          const std::function<std::optional<Receipt>(const Link&)>& receipt,
                          Durability durability)
{
    Link recorded;
    const auto work = [&]() -> Expected<void> {
        const auto known = ledger.link(id);
        if (!known)
            return tl::unexpected(known.error());
        if (!*known)
            return fail(ErrorCode::LinkNotFound, id.shareId);
        recorded = **known;
        change(recorded);
        if (recorded != **known) {
            const auto saved = ledger.save(recorded);
            if (!saved)
                return saved;
        }
        const std::optional<Receipt> line = receipt ? receipt(recorded) : std::nullopt;
        return line ? ledger.append(*line) : Expected<void>();
    };
    const auto done = ledger.together(work, durability);
    if (!done)
        return tl::unexpected(done.error());
    return recorded;
}

} // namespace sharelock::sharing
