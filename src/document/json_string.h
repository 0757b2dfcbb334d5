// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string>
#include <string_view>

namespace sharelock::document {

//! \brief Whether each backslash in \p body, the inside of a JSON string literal, starts an escape that JSON
//! knows.
[[nodiscard]] bool hasValidEscapes(std::string_view body);

//! \brief \p body without its escapes: \p body itself when it has none, else a view of \p buffer.
//! Lone surrogates become U+FFFD. Precondition: hasValidEscapes().
[[nodiscard]] std::string_view unescaped(std::string_view body, std::string& buffer);

//! \brief Writes \p body without its escapes to \p out, which has room for its size, and checks them as
//! hasValidEscapes() does. \returns the end of what was written; null if an escape is wrong.
[[nodiscard]] char* unescapedTo(std::string_view body, char* out);

//! \brief Appends \p codePoint as UTF-8; surrogates and values beyond Unicode become U+FFFD.
void appendUtf8(char32_t codePoint, std::string& out);

} // namespace sharelock::document
