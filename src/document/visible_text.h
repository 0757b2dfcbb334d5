// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sharelock::document {

//! \brief How much of a body is shown.
struct TextCap
{
    std::size_t bytes = 4000;
    std::size_t lines = 40;
    std::size_t tokenBytes = 400; //!< Longer runs without white space are broken; 0 leaves them whole.
};

//! \brief The start of a text as a person may see it, and how long all of it is.
struct VisibleText
{
    std::string text;
    std::size_t lines = 0;
    std::size_t bytes = 0;
    std::size_t shownBytes = 0; //!< Of the text that was given: what of it text shows.
    bool truncated = false;
};

//! \brief Foreign text made safe to draw: escape sequences and other control characters become their
//! pictures, marks that turn the direction of text vanish, CRLF becomes LF.
[[nodiscard]] VisibleText visibleText(std::string_view text, const TextCap& cap);

//! \brief As above on one line, for titles: line ends become spaces, cut with an ellipsis.
[[nodiscard]] std::string oneLine(std::string_view text, std::size_t bytes = 300);

} // namespace sharelock::document
