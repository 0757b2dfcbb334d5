// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"

#include <array>
#include <cstdint>

namespace sharelock::document {

//! \brief What makes a snapshot's IDs: the same rewriting gives the same IDs, so an update meets its own
//! items again. Random per snapshot, kept in the ledger. Not a key: it opens nothing.
struct IdRewriting
{
    std::array<std::uint8_t, 32> seed{}; //!< For the random-looking tail of each ID.
    std::uint64_t shift = 0;             //!< Taken from the 48-bit time prefix, so that order is kept.
    std::string sessionId;               //!< The new `ses_…`, fresh and random.

    bool operator==(const IdRewriting&) const = default;
};

//! \brief Fresh random values that fit \p document (the shift never reaches its smallest ID).
[[nodiscard]] Expected<IdRewriting> randomRewriting(const ShareDocument& document);

//! \brief Replaces every opencode ID (session, message, part; also inside texts, keys and item keys, also of
//! other sessions), the project and workspace ID, by new ones: equal IDs stay equal, different ones
//! different, order within a kind is kept, also among IDs that were not there when \p rewriting was made.
//! Drops the session's `share` (it holds the URL of another link) and
//! `parentID`.
[[nodiscard]] Expected<ShareDocument> withNewIds(const ShareDocument& document, const IdRewriting& rewriting);

} // namespace sharelock::document
