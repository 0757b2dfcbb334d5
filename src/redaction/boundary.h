// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <string_view>

namespace sharelock::redaction {

//! \brief Whether a match may begin at \p at: no ASCII letter, digit, `_` or `-` stands before, or what
//! stands there is the end of an escape (`\n`, `\u0022`, `%3D`, a terminal's colour) or the `-` of a diff's
//! line. Letters of other scripts stand beside values without a space, so they count as boundaries.
[[nodiscard]] bool boundaryBefore(std::string_view text, std::size_t at);
//! \brief Whether a match may end before \p at.
[[nodiscard]] bool boundaryAfter(std::string_view text, std::size_t at);

//! \brief Whether the character before \p at is the last one of an escape such as `\n` or `\u000a`.
[[nodiscard]] bool endsEscape(std::string_view text, std::size_t at);

//! \brief Size of a line's number in front of the line: `00012| `, `12: `, `12` and a tab; 0 if there is
//! none.
[[nodiscard]] std::size_t lineNumberSize(std::string_view line);

} // namespace sharelock::redaction
