// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/nested_text.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sharelock::redaction {

//! \brief The text with each printable ASCII character that it writes as `\\uXXXX` written as itself (quotes
//! and backslashes: escaped), which a JSON reader takes for the same. Only for texts that escape a backslash
//! so: there an escape may itself be spelled in escapes, `\\u005c\\u0075…`, which no pattern of characters
//! covers. Nothing for any other text. Linear time.
[[nodiscard]] std::optional<std::string> withPlainEscapes(std::string_view text);

//! \brief What an escaped sign begins or ends with: many JSON encoders write `&`, `<`, `>`, `'`, `=` and `+`
//! as `\u0026`, for the sake of HTML, or `/` as `\/`. The latter has two backslashes at least, or closes an
//! element: else it stands in many a program, and rules know it.
constexpr std::array<std::string_view, 6> signEscapeMarks{"\\u002",  "\\u003", "\\u0040",
                                                          "\\u0060", "\\\\/",  "<\\/"};

//! \brief A part of a text with escaped signs.
struct SignEscapes
{
    TextRun run;
    std::size_t settledEnd = 0; //!< What such signs up to there belong to stands in the run.
};

//! \brief Where the signs that are escaped around the mark at \p at have to be read as themselves: as far as
//! others of them stand near, and a bit beyond. Not outside of \p within, and bounded. Linear for all marks
//! of a text, if those are left out that are settled.
[[nodiscard]] SignEscapes signEscapesAround(std::string_view text, std::size_t at, TextRun within);

//! \brief The piece with its escaped signs as themselves, at any depth of JSON inside of JSON. All else stays
//! as it is, quotes of that depth and line ends too, so that the text reads as if its encoder had not
//! bothered. \returns whether there was any. Precondition: the piece is shorter than 4 GB.
bool decodeSigns(std::string_view piece, DecodedText& decoded);

//! \brief Whether an escaped sign stands at \p at.
[[nodiscard]] bool startsEscapedSign(std::string_view text, std::size_t at);
//! \brief Whether a part of an escaped sign stands in [\p run.begin, \p run.end).
[[nodiscard]] bool hasEscapedSign(std::string_view text, TextRun run);

} // namespace sharelock::redaction
