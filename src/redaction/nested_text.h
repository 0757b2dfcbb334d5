// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief Bytes [begin, end) of a text.
struct TextRun
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

//! \brief A piece of text with one layer of encoding taken off. Reused, so that decoding does not allocate.
struct DecodedText
{
    std::string text;
    //! \brief Where each byte of the text begins in the piece, and one more for the end.
    std::vector<std::uint32_t> origins;
    bool sharesBytes = false; //!< A byte of the piece may belong to two of the text, as in base64.

    //! \brief Where [\p begin, \p end) of the text stands in the piece.
    [[nodiscard]] TextRun origin(std::size_t begin, std::size_t end) const;
    void clear();
    void add(char c, std::size_t origin);
    //! \brief Bytes that stand in the piece as they are.
    void addPlain(std::string_view piece, std::size_t origin);
};

//! \brief Takes off one layer of backslash escapes (`\"`, `\n`, `\/`, `\u0022`); what is none stays as it is.
//! \returns whether there was any. Precondition for all: the piece is shorter than 4 GB.
bool decodeEscapes(std::string_view piece, DecodedText& decoded);
//! \brief Takes off one layer of percent-encoding. \returns whether there was any.
bool decodePercent(std::string_view piece, DecodedText& decoded);
//! \brief Base64, standard or URL-safe. \returns whether it is base64 of a text.
bool decodeBase64(std::string_view piece, DecodedText& decoded);

//! \brief The characters around \p at that a percent-encoded text consists of.
[[nodiscard]] TextRun percentRun(std::string_view text, std::size_t at);

//! \brief The run of base64 characters around \p word, which consists of such; not before \p from.
[[nodiscard]] TextRun base64Run(std::string_view text, TextRun word, std::size_t from);
//! \brief Whether \p run begins as the base64 of a text does. Cheap: most words do not.
[[nodiscard]] bool startsAsBase64Text(std::string_view run);

} // namespace sharelock::redaction
