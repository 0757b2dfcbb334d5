// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_tree.h"

#include <cstddef>
#include <string_view>

namespace sharelock::document {

//! \brief A message inside a `messages` batch: `{"info":{…},"parts":[…]}`, or flat, with the parts among its
//! members.
struct MessageView
{
    explicit MessageView(JsonValue message)
        : info(message["info"].isObject() ? message["info"] : message)
        , parts(message["parts"])
    {
    }

    JsonValue info;
    JsonValue parts; //!< Missing in a message without parts.
};

//! \brief The messages of a batch; missing when \p data holds none. Some servers leave out the object around
//! them.
[[nodiscard]] inline JsonValue batchMessages(JsonValue data)
{
    const JsonValue messages = data.isArray() ? data : data["messages"];
    return messages.isArray() ? messages : JsonValue();
}

//! \brief 0 for data that do not parse.
[[nodiscard]] std::size_t batchMessageCount(std::string_view data);

} // namespace sharelock::document
