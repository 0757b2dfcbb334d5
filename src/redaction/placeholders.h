// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string_view>

namespace sharelock::redaction {

//! \brief Whether all of \p value only stands for a secret: `<token>`, `${TOKEN}`, `%s`, `xxxx`, `ghp_****`,
//! `YOUR_API_KEY`, `changeme`. A placeholder's word inside a random value makes it none.
[[nodiscard]] bool isPlaceholder(std::string_view value);

//! \brief Whether \p value is a mask (`ghp_xxxxxxxx`, `sk-…`, `abc***`) or ends as the providers' own
//! documentation marks its samples (`…EXAMPLE`). Holds for values of every format.
[[nodiscard]] bool isMasked(std::string_view value);

//! \brief A single word that programs write where a password would stand: `required`, `string`, `token`.
//! ASCII case does not count.
[[nodiscard]] bool isHarmlessWord(std::string_view value);

} // namespace sharelock::redaction
