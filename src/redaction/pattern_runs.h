// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <string_view>

namespace sharelock::redaction {

//! \brief How many random characters stand in one run of word characters (`word_marks.h`) in whatever a
//! pattern matches, at least. Characters count that may be any digit; fixed ones only hold a run together.
struct LeastRuns
{
    std::size_t atBegin = 0; //!< In the run that the match begins with.
    std::size_t longest = 0;
};

//! \brief `ghp_[A-Za-z0-9]{36}` has 36 of both. Zero where nothing is sure.
[[nodiscard]] LeastRuns leastRandomRuns(std::string_view pattern);

} // namespace sharelock::redaction
