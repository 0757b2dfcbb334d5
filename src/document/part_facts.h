// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_tree.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sharelock::document {

//! \brief What a tool was called with.
struct ToolInput
{
    std::string line;   //!< The one thing that tells most: the command, the file; else all of it as JSON.
    std::string detail; //!< What the line leaves out: written text, a change; empty if nothing.
};
[[nodiscard]] ToolInput toolInput(std::string_view tool, JsonValue state);

//! \brief Whether a tool wrote to files: an edit tool by name, or one that left a diff behind.
[[nodiscard]] bool changesFile(std::string_view tool, JsonValue state);

//! \brief A `data:` URL, taken apart but not decoded.
struct DataUrl
{
    bool isData = false;
    bool isBase64 = false;
    std::size_t bytes = 0; //!< Of the content.
    std::string_view payload;

    [[nodiscard]] std::string decoded() const;
};
//! \brief \p url must outlive the result.
[[nodiscard]] DataUrl dataUrl(std::string_view url);

} // namespace sharelock::document
