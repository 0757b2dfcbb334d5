// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <cstddef>
#include <string_view>

namespace sharelock::document {

//! \brief Where a token stands in the text that is walked: bytes [begin, end).
struct JsonSpan
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

//! \brief Receives the tokens of a JSON value in order. Spans of names and texts include their quotes.
class JsonEvents
{
public:
    virtual ~JsonEvents() = default;
    virtual void enter(bool isObject, std::size_t begin) = 0;
    virtual void leave(std::size_t end) = 0;
    virtual void name(JsonSpan literal) = 0;
    virtual void text(JsonSpan literal) = 0;
    virtual void scalar(JsonSpan token) = 0; //!< A number, `true`, `false` or `null`.

protected:
    JsonEvents() = default;
    JsonEvents(const JsonEvents&) = default;
    JsonEvents& operator=(const JsonEvents&) = default;
};

//! \brief Who looks whether the escapes in texts are right. Those in names are always looked at.
enum class EscapeCheck
{
    Walk,
    Receiver //!< Of each text, which decodes it anyway, see unescapedTo().
};

//! \brief Walks and fully checks \p json: structure, UTF-8, escapes, numbers, nothing after the value, at
//! most 512 levels. Tokens are reported up to the place of an error. Errors: InvalidJson.
[[nodiscard]] Expected<void> walkJson(std::string_view json, JsonEvents& events,
                                      EscapeCheck check = EscapeCheck::Walk);

} // namespace sharelock::document
