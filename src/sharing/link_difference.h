// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "document/share_document.h"

#include <cstddef>

namespace sharelock::sharing {

//! \brief How what is public differs from its session as it is now, in numbers of messages.
struct LinkDifference
{
    std::size_t newer = 0;   //!< Not public: said after the last public one.
    std::size_t missing = 0; //!< Not public, although later ones are: they never arrived there.
    std::size_t changed = 0; //!< Public otherwise than they are here, parts included.
    std::size_t extra = 0;   //!< Public, and no longer in the session. Our own blanks do not count.
    std::size_t same = 0;

    bool operator==(const LinkDifference&) const = default;
    [[nodiscard]] bool isNone() const { return newer + missing + changed + extra == 0; }
};

//! \brief Compares messages with their parts; both under the same IDs. Not on the GUI thread. Errors:
//! InvalidJson.
[[nodiscard]] Expected<LinkDifference> compare(const document::ShareDocument& isPublic,
                                               const document::ShareDocument& local);

} // namespace sharelock::sharing
