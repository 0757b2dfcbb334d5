// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_difference.h"

#include "base/thread_guard.h"
#include "document/blank_items.h"
#include "document/same_json.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::sharing {

namespace {

using document::ItemType;
using document::ShareDocument;
using document::ShareItem;

//! \brief All that belongs to one message, by key.
struct MessageItems
{
    std::map<std::string_view, const ShareItem*> items;
    bool hasMessage = false;
};
using Messages = std::map<std::string_view, MessageItems>;

//! \brief `message/<id>` and `part/<messageID>/<id>`; nothing for the rest.
std::string_view messageOf(const ShareItem& item)
{
    const std::string_view key = item.key;
    const std::size_t begin = key.find('/');
    if (begin == std::string_view::npos)
        return {};
    if (item.type == ItemType::Message)
        return key.substr(begin + 1);
    if (item.type != ItemType::Part)
        return {};
    const std::size_t end = key.find('/', begin + 1);
    return end == std::string_view::npos ? std::string_view() : key.substr(begin + 1, end - begin - 1);
}

Messages messagesOf(const ShareDocument& document)
{
    Messages messages;
    for (const ShareItem& item : document.items()) {
        const std::string_view id = messageOf(item);
        if (id.empty())
            continue;
        MessageItems& message = messages[id];
        message.items.emplace(item.key, &item);
        message.hasMessage = message.hasMessage || item.type == ItemType::Message;
    }
    return messages;
}

bool isSame(const MessageItems& a, const MessageItems& b)
{
    if (a.items.size() != b.items.size())
        return false;
    for (const auto& [key, item] : a.items) {
        const auto other = b.items.find(key);
        if (other == b.items.end() || !document::sameJson(item->data, other->second->data))
            return false;
    }
    return true;
}

bool isBlank(const MessageItems& message)
{
    ShareDocument document;
    for (const auto& [key, item] : message.items)
        document.addItem(*item);
    return document::isBlank(document);
}

} // namespace

Expected<LinkDifference> compare(const ShareDocument& isPublic, const ShareDocument& local)
{
    assertOffGuiThread("comparing what is public with its session");
    const Messages there = messagesOf(isPublic);
    const Messages here = messagesOf(local);
    LinkDifference result;
    // opencode's IDs ascend with time, so the last public one tells what is newer.
    std::string_view last;
    for (const auto& [id, message] : there) {
        const bool isBlanked = isBlank(message);
        if (here.contains(id))
            last = isBlanked ? last : id;
        else
            result.extra += message.hasMessage && !isBlanked ? 1 : 0;
    }
    for (const auto& [id, message] : here) {
        const auto found = there.find(id);
        if (found == there.end())
            ++(id > last ? result.newer : result.missing);
        else
            ++(isSame(message, found->second) ? result.same : result.changed);
    }
    return result;
}

} // namespace sharelock::sharing
