// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/transcript.h"

#include "base/thread_guard.h"
#include "document/blank_items.h"
#include "document/block_builder.h"
#include "document/json_tree.h"
#include "document/left_out_lists.h"
#include "document/message_view.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sharelock::document {

namespace {

//! \brief `<messageID>` of the key `part/<messageID>/<id>`; of the data, for a part whose key says less.
std::string messageIdOf(const ShareItem& part)
{
    const std::string_view key = part.key;
    const std::size_t first = key.find('/');
    const std::size_t last = key.rfind('/');
    if (first != last)
        return std::string(key.substr(first + 1, last - first - 1));
    const auto tree = JsonTree::parse(part.data, 1);
    return tree ? tree->root()["messageID"].text() : std::string();
}

//! \brief What a session item tells beside the conversation: its summary's diffs.
void addSession(BlockBuilder& builder, JsonValue session)
{
    builder.addDiffs(session["summary"]["diffs"]);
}

//! \brief Whether nothing is left of a message, or of an item whose type we do not know, but its IDs. A
//! message that nobody has said anything in has a time.
bool isOnlyIds(JsonValue data)
{
    const auto created = data["time"]["created"].number();
    return data.isObject() && !(created && *created > 0) && isBlank(data);
}

void addBatch(BlockBuilder& builder, JsonValue data)
{
    for (const JsonValue message : batchMessages(data)) {
        const MessageView view(message);
        if (isOnlyIds(view.info) && isBlank(view.parts)) {
            builder.addBlanked();
            continue;
        }
        builder.addMessage(view.info);
        for (const JsonValue part : view.parts)
            builder.addPart(part, BlockBuilder::isFromUser(view.info));
    }
}

//! \brief All blocks of one item. \returns whether it is a message that the person wrote.
bool addItem(BlockBuilder& builder, const ShareItem& item, bool fromUser)
{
    builder.startItem(item.key);
    const auto tree = JsonTree::parse(item.data);
    if (!tree) {
        builder.addUnknown(item.typeName, item.data);
        return false;
    }
    const JsonValue data = tree->root();
    switch (item.type) {
    case ItemType::Session:
        addSession(builder, data);
        break;
    case ItemType::Message:
        builder.addMessage(data);
        // The first generation of share servers keeps the parts of its oldest messages in them.
        for (const JsonValue part : MessageView(data).parts)
            builder.addPart(part, BlockBuilder::isFromUser(data));
        return BlockBuilder::isFromUser(data);
    case ItemType::Part:
        builder.addPart(data, fromUser);
        break;
    case ItemType::SessionDiff:
        builder.addDiffs(data);
        break;
    case ItemType::Model:
        builder.addModels(data);
        break;
    case ItemType::Messages:
        addBatch(builder, data);
        break;
    case ItemType::Unknown:
        if (isOnlyIds(data))
            builder.addBlankedUnknown();
        else
            builder.addUnknown(item.typeName, item.data);
        break;
    }
    return false;
}

//! \brief The items in the order in which they are read: messages with their parts, then all that is left.
class ReadingOrder
{
public:
    explicit ReadingOrder(const ShareDocument& document)
    {
        for (const ShareItem& item : document.items()) {
            if (item.type == ItemType::Message)
                m_messages.emplace(std::string_view(item.key).substr(sizeof "message"),
                                   std::vector<const ShareItem*>());
        }
        for (const ShareItem& item : document.items()) {
            if (item.type == ItemType::Message || item.type == ItemType::Messages)
                m_conversation.push_back(&item);
            else if (item.type == ItemType::Part)
                placePart(item);
            else if (item.type == ItemType::Model)
                m_models.push_back(&item);
            else
                m_rest.push_back(&item);
        }
    }

    void addTo(BlockBuilder& builder, const LeftOutLists& leftOut) const
    {
        const auto add = [&builder, &leftOut](const ShareItem& item, bool fromUser) {
            const bool result = addItem(builder, item, fromUser);
            // Behind all else, so that the ordinals of the other blocks are those of the item by itself.
            if (const std::string stub = leftOut.stub(item.key); !stub.empty())
                builder.addStub(stub);
            return result;
        };
        for (const ShareItem* item : m_conversation) {
            if (isBlanked(*item)) {
                builder.startItem(item->key);
                builder.addBlanked();
                continue;
            }
            const bool fromUser = add(*item, false);
            if (item->type != ItemType::Message)
                continue;
            for (const ShareItem* part : partsOf(*item))
                add(*part, fromUser);
        }
        for (const auto* items : {&m_strayParts, &m_rest, &m_models}) {
            for (const ShareItem* item : *items)
                add(*item, false);
        }
    }

private:
    [[nodiscard]] const std::vector<const ShareItem*>& partsOf(const ShareItem& message) const
    {
        return m_messages.find(std::string_view(message.key).substr(sizeof "message"))->second;
    }

    //! \brief Whether nothing is left of a message and its parts.
    [[nodiscard]] bool isBlanked(const ShareItem& item) const
    {
        constexpr std::size_t longest = 4096; // More than that says something.
        const auto isSilent = [](const ShareItem* one, bool (*isBlankData)(JsonValue)) {
            if (one->data.size() > longest)
                return false;
            const auto tree = JsonTree::parse(one->data);
            return tree && isBlankData(tree->root());
        };
        if (item.type != ItemType::Message || !isSilent(&item, isOnlyIds))
            return false;
        const auto& parts = partsOf(item);
        return std::all_of(parts.begin(), parts.end(),
                           [&](const ShareItem* part) { return isSilent(part, isBlank); });
    }

    void placePart(const ShareItem& part)
    {
        const std::string id = messageIdOf(part);
        const auto found = m_messages.find(id);
        (found == m_messages.end() ? m_strayParts : found->second).push_back(&part);
    }

    std::unordered_map<std::string_view, std::vector<const ShareItem*>>
        m_messages; //!< Parts by the message's ID.
    std::vector<const ShareItem*> m_conversation, m_strayParts, m_rest, m_models;
};

} // namespace

std::vector<Block> transcript(const ShareDocument& document, const BlockLimits& limits,
                              const CutVisitor& onCut, const ShareDocument* original)
{
    assertOffGuiThread("making the blocks of a conversation");
    BlockBuilder builder(limits, onCut);
    ReadingOrder(document).addTo(builder, original ? LeftOutLists(document, *original) : LeftOutLists());
    return builder.take();
}

std::string fullText(const ShareDocument& document, const Block& block, std::size_t tokenBytes)
{
    assertOffGuiThread("making one block of a conversation");
    constexpr std::size_t longest = 1024 * 1024;
    for (const ShareItem& item : document.items()) {
        if (item.key != block.itemKey)
            continue;
        BlockBuilder builder({longest, longest, longest, tokenBytes});
        addItem(builder, item, false);
        const std::vector<Block> blocks = builder.take();
        const auto found = std::find_if(blocks.begin(), blocks.end(),
                                        [&block](const Block& one) { return one.ordinal == block.ordinal; });
        return found == blocks.end() ? std::string() : found->text;
    }
    return {};
}

} // namespace sharelock::document
