// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_tree.h"
#include "document/transcript.h"

namespace sharelock::document {

//! \brief Sorts the contents of a document by kind, item by item: for contentCounts(), and for who reads all
//! items anyway.
class ContentCounter
{
public:
    static constexpr int levels = 7; //!< To be indexed in the tree: down to attachments in a batch.

    void item(ItemType type, JsonValue data);
    [[nodiscard]] ContentCounts take();

private:
    void message(JsonValue info);
    void part(JsonValue part);

    ContentCounts m_counts;
    ContentAmount m_changes, m_patches;
};

} // namespace sharelock::document
