// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/assigned_name.h"
#include "redaction/rule.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sharelock::redaction {

//! \brief How a value is tied to its name: decides what a bare word there may be.
enum class AssignmentStyle
{
    Quoted,
    Environment, //!< `NAME=value` on a line of its own.
    Plain,       //!< Unquoted after `:` or `=`: configuration, prose, or a reference in program text.
    Flag,        //!< `--name value`
    Element,     //!< `<name>value</name>`
    Prose,       //!< "the name is value"
    Bare,        //!< "the name value"
    Member       //!< All of a JSON member.
};

struct AssignedValue
{
    TextRun run;       //!< In the text, without quotes.
    std::string value; //!< Its escapes decoded.
    AssignmentStyle style = AssignmentStyle::Plain;
    bool isSetting = false; //!< Quoted where nothing but a value is: any word may be one.
};

//! \brief A member of a JSON object as one text, `"name":"value"` with both decoded: there the value is known
//! to be all from \p begin to \p end.
struct MemberValue
{
    std::size_t begin = std::string_view::npos;
    std::size_t end = std::string_view::npos;
};

//! \brief Reads what is assigned to \p name, in one bounded pass: `name = value`, `"name": "value"`,
//! `--name value`, `<name>value</name>`, `name="NAME" value="…"`, "the name is value", in any depth of
//! escaped quotes. Nothing if nothing is. \p parsed grows by the bytes looked at.
[[nodiscard]] std::optional<AssignedValue> assignedValue(std::string_view text, const AssignedName& name,
                                                         const MemberValue& member, std::size_t& parsed);

//! \brief `abcd efgh ijkl mnop`, as mail services give them to programs.
[[nodiscard]] bool isMailPassword(std::string_view value);

//! \brief Digits as people choose them; a time in seconds or milliseconds is none.
[[nodiscard]] bool isLongNumber(std::string_view value);

//! \brief Longer words are no values.
constexpr std::size_t longestAssignedWord = 256;

//! \brief Whether so many characters follow at \p begin, none of which could end a value, that there is none.
//! \p endless is what is known of the text already, so that names in a long row are looked at once.
[[nodiscard]] bool isTooLongForValue(std::string_view text, std::size_t begin, TextRun& endless);

//! \brief Whether a value found by assignedValue() may be a secret: long and mixed enough for \p rule, no
//! placeholder, no reference to a variable or a call, no type, no path, no sentence, and its name not
//! harmless.
[[nodiscard]] bool mayBeSecret(const RuleSource& rule, std::string_view text, const AssignedName& name,
                               const AssignedValue& assigned);

} // namespace sharelock::redaction
