// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string_view>

namespace sharelock::redaction {

//! \brief A value that says where to look for one: interpolation, environment, calls and members of objects
//! in the spellings of many languages, places of vaults, text of manual pages. Precondition: not empty.
//! Linear time.
[[nodiscard]] bool isReference(std::string_view value);

//! \brief `args.password`, `self._key`: members of what is usually called so.
[[nodiscard]] bool isMember(std::string_view value);

} // namespace sharelock::redaction
