// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sharelock::document {

//! \brief What was left out where a stub stands.
enum class StubKind
{
    ToolOutput,
    Reasoning,
    Attachment,
    FileDiff,
    SystemPrompt,
    Models,
    Content //!< Of a kind that nobody knows.
};

enum class StubUnit
{
    Lines,
    Files,
    Models
};

//! \brief The text that stands for what was left out: "Tool output left out · bash · 2,310 lines". A part of
//! the document, so the same in every language. Without a name or a count where these are empty.
[[nodiscard]] std::string stubText(StubKind kind, std::string_view name, std::size_t count,
                                   StubUnit unit = StubUnit::Lines);
//! \brief "Attachment left out · plan.png · 48 KB".
[[nodiscard]] std::string attachmentStub(std::string_view fileName, std::size_t bytes);

//! \brief Whether \p text has a stub's form. Another program may write such a text too: for drawing only.
[[nodiscard]] bool looksLikeStub(std::string_view text);
//! \brief Whether \p text is stubText(\p kind, \p name) with some count, so that it tells nothing else.
[[nodiscard]] bool isStub(std::string_view text, StubKind kind, std::string_view name);

//! \brief Of a text; a line end at its end begins no other one.
[[nodiscard]] std::size_t lineCount(std::string_view text);

} // namespace sharelock::document
