// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_tree.h"
#include "document/transcript.h"
#include "document/visible_text.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sharelock::document {

//! \brief Turns messages, parts, diffs and models into blocks, in the order in which they are handed over.
class BlockBuilder
{
public:
    explicit BlockBuilder(const BlockLimits& limits, CutVisitor onCut = {})
        : m_limits(limits)
        , m_onCut(std::move(onCut))
    {
    }

    //! \brief The blocks that follow belong to this item.
    void startItem(std::string_view key);
    //! \brief The message's own blocks: its role line, and what its info says beside the parts.
    void addMessage(JsonValue info);
    //! \brief \p fromUser: it belongs to a message that the person wrote.
    void addPart(JsonValue part, bool fromUser);
    void addDiffs(JsonValue diffs); //!< Array of file diffs.
    void addModels(JsonValue models);
    //! \brief Says what is not there.
    void addStub(std::string_view text);
    //! \brief A message of which nothing is left; those in a row are one block.
    void addBlanked();
    //! \brief The same of an item whose type nobody knows: it belongs to the block of those before it.
    void addBlankedUnknown();
    //! \brief What nobody knows how to show: its name, and its JSON as text.
    void addUnknown(std::string_view name, std::string_view json);

    [[nodiscard]] std::vector<Block> take() { return std::move(m_blocks); }
    [[nodiscard]] static bool isFromUser(JsonValue info) { return info["role"].text() == "user"; }

private:
    Block& add(BlockKind kind, std::string_view title);
    void setBody(Block& block, std::string_view text);
    void addTool(JsonValue part);
    void addFile(JsonValue part);
    void addStep(JsonValue part, std::string_view type);

    BlockLimits m_limits;
    CutVisitor m_onCut;
    std::string m_itemKey;
    std::size_t m_ordinal = 0;
    std::vector<Block> m_blocks;
};

} // namespace sharelock::document
