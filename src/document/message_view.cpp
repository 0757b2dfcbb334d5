// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/message_view.h"

namespace sharelock::document {

std::size_t batchMessageCount(std::string_view data)
{
    const auto tree = JsonTree::parse(data, 2);
    std::size_t count = 0;
    if (tree) {
        for ([[maybe_unused]] const JsonValue message : batchMessages(tree->root()))
            ++count;
    }
    return count;
}

} // namespace sharelock::document
