// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string_view>

namespace sharelock::redaction {

//! \brief `user_name`, `ForgotPassword`, `api-key-v2`: words that are joined, with a short number at most.
[[nodiscard]] bool isJoinedWords(std::string_view value);

//! \brief `ed25519.PrivateKey`, `projects/12/secrets/3`, `ENV=name:latest`: words that signs join, with
//! numbers.
[[nodiscard]] bool isNames(std::string_view value, std::string_view joints);

//! \brief `hunter42`: people make passwords like that of words, and seldom anything else.
[[nodiscard]] bool isWordWithNumber(std::string_view value);

//! \brief `copper-walnut-lantern-rocket`, also with blanks, dots or `_` between: words drawn by lot, none of
//! which is one of programs and forms, or of those that make a sentence.
[[nodiscard]] bool isPassphrase(std::string_view value);

} // namespace sharelock::redaction
