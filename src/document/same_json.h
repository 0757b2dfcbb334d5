// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string_view>

namespace sharelock::document {

//! \brief Whether two JSON texts say the same: a server that reads and writes them anew may change spaces,
//! escapes, the spelling of numbers, and the order of members. False when either does not parse and they
//! differ. Not on the GUI thread.
[[nodiscard]] bool sameJson(std::string_view a, std::string_view b);

} // namespace sharelock::document
