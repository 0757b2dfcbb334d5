// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sharelock::document {

//! \brief Where a decoded text stands in a JSON value.
struct TextPlace
{
    std::string_view pointer; //!< RFC 6901, from the root of the value. Valid during the call only.
    bool isKey = false;       //!< The text is the member's name (the pointer's last token), not its value.
};

using TextVisitor = std::function<void(const TextPlace&, std::string_view text)>;
//! \brief Returns the new text, or nothing to keep the old one byte by byte.
using TextMapper = std::function<std::optional<std::string>(const TextPlace&, std::string_view text)>;

//! \brief Calls \p visit with every string value and every member name of \p json, decoded to UTF-8, in
//! order. Escapes of lone surrogates (`\ud800`) decode to U+FFFD. Errors: InvalidJson, also beyond 512
//! levels. Linear time. Not on the GUI thread.
[[nodiscard]] Expected<void> forEachText(std::string_view json, const TextVisitor& visit);

//! \brief As above for the places of some texts alone: \p ordinals are their numbers, in order, as
//! forEachText() comes to them, and \p visit gets the index in that list. Faster: values are not decoded, nor
//! their escapes checked.
using PlaceVisitor = std::function<void(std::size_t index, const TextPlace&)>;
[[nodiscard]] Expected<void> visitTextPlaces(std::string_view json, std::span<const std::size_t> ordinals,
                                             const PlaceVisitor& visit);

//! \brief The same JSON with texts replaced; everything else (numbers, order, white space outside of
//! replaced texts may be normalised) keeps its value exactly. Two members that end up with one name get a
//! distinguishing suffix. Errors as above.
[[nodiscard]] Expected<std::string> mapTexts(std::string_view json, const TextMapper& map);

//! \brief \p text as a JSON string literal with its quotes. Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string quoted(std::string_view text);
//! \brief Appends the same to \p out.
void appendQuoted(std::string& out, std::string_view text);

} // namespace sharelock::document
