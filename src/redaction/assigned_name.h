// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/nested_text.h"

#include <string_view>

namespace sharelock::redaction {

//! \brief The identifier around a name's literal: all of `DB_PASSWORD`, `"dbPassword"` without its quotes,
//! `--password` without its dashes.
struct AssignedName
{
    TextRun literal;
    TextRun run;         //!< Empty if the literal is only a part of another word (`monkey`, `tokenizer`).
    bool isFlag = false; //!< Dashes stand before it: its value may follow a space.
};

//! \brief Reads the identifier around \p literal in \p text. Looks at no more than 64 bytes on each side.
[[nodiscard]] AssignedName assignedName(std::string_view text, TextRun literal);

// The rest is asked only where a value was found.

//! \brief Nothing but blanks, `export` and the like stands before \p name on its line.
[[nodiscard]] bool startsLine(std::string_view text, const AssignedName& name);
//! \brief No lower-case letter is in it.
[[nodiscard]] bool isUpperCase(std::string_view text, const AssignedName& name);
//! \brief `setPassword`, `withToken`: its value may stand in parentheses.
[[nodiscard]] bool isSetter(std::string_view text, const AssignedName& name);
//! \brief The name says that it holds no secret: `password_file`, `max_tokens`, `publicKey`. With \p isWeak,
//! also those that are usual for keys and tokens of other kinds: `primaryKey`, `next_page_token`.
[[nodiscard]] bool isHarmlessName(std::string_view text, const AssignedName& name, bool isWeak);
//! \brief `password of the user id`, `secret (1.0) sha256`: what follows has a name of its own, as in a line
//! of a log or a list of checksums.
[[nodiscard]] bool endsInFieldName(std::string_view phrase);

} // namespace sharelock::redaction
