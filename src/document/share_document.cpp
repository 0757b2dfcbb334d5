// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/share_document.h"

#include "base/large_pages.h"
#include "base/thread_guard.h"
#include "document/json_text.h"
#include "document/json_tree.h"
#include "document/message_view.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sharelock::document {

namespace {

constexpr std::array<std::pair<ItemType, std::string_view>, 7> typeNames{{
    {ItemType::Session, "session"},
    {ItemType::Message, "message"},
    {ItemType::Part, "part"},
    {ItemType::SessionDiff, "session_diff"},
    {ItemType::Model, "model"},
    {ItemType::Messages, "messages"},
    {ItemType::Unknown, "unknown"},
}};

//! \brief The key that a share server gives the item; empty when \p data lacks its IDs or it is not one of a
//! kind.
std::string protocolKey(ItemType type, JsonValue data)
{
    switch (type) {
    case ItemType::Session:
        return data["id"].isText() ? "session" : std::string();
    case ItemType::SessionDiff:
        return "session_diff";
    case ItemType::Model:
        return "model";
    case ItemType::Message:
        if (const std::string id = data["id"].text(); !id.empty())
            return "message/" + id;
        break;
    case ItemType::Part: {
        const std::string message = data["messageID"].text();
        const std::string id = data["id"].text();
        if (!message.empty() && !id.empty())
            return "part/" + message + '/' + id;
        break;
    }
    case ItemType::Messages:
    case ItemType::Unknown:
        break;
    }
    return {};
}

} // namespace

std::string_view typeName(ItemType type)
{
    const auto* const found = std::find_if(typeNames.begin(), typeNames.end(),
                                           [type](const auto& pair) { return pair.first == type; });
    return found->second;
}

ItemType itemType(std::string_view name)
{
    const auto* const found = std::find_if(typeNames.begin(), typeNames.end(),
                                           [name](const auto& pair) { return pair.second == name; });
    return found == typeNames.end() ? ItemType::Unknown : found->first;
}

std::string toJson(const ShareItem& item)
{
    const std::string name = document::quoted(item.typeName);
    std::string json;
    json.reserve(name.size() + item.data.size() + 20);
    json.append(R"({"type":)").append(name).append(R"(,"data":)").append(item.data).append("}");
    return json;
}

Expected<ShareDocument> ShareDocument::parse(std::string_view json)
{
    assertOffGuiThread("reading a share document");
    constexpr int membersOfData = 3;
    const auto tree = JsonTree::parse(json, membersOfData);
    if (!tree)
        return tl::unexpected(tree.error());
    if (!tree->root().isArray())
        return fail(ErrorCode::DocumentInvalid);
    ShareDocument document;
    for (const JsonValue element : tree->root()) {
        const JsonValue type = element["type"];
        if (!type.isText())
            return fail(ErrorCode::DocumentInvalid);
        ShareItem item;
        item.typeName = type.text();
        item.type = itemType(item.typeName);
        const JsonValue data = element["data"];
        item.key = protocolKey(item.type, data);
        if (item.key.empty() || document.m_places.contains(item.key))
            item.key = document.freeKey(item.typeName);
        item.data = data ? std::string(data.raw()) : std::string("null");
        document.addItem(std::move(item));
    }
    return document;
}

Expected<void> ShareDocument::add(std::string_view name, std::string data)
{
    const auto tree = JsonTree::parse(data, 1);
    if (!tree)
        return tl::unexpected(tree.error());
    ShareItem item;
    item.type = itemType(name);
    item.typeName = name;
    item.key = protocolKey(item.type, tree->root());
    if (item.key.empty()) {
        if (item.type != ItemType::Messages && item.type != ItemType::Unknown)
            return fail(ErrorCode::InvalidJson);
        item.key = freeKey(name);
    }
    item.data = std::move(data);
    addItem(std::move(item));
    return {};
}

void ShareDocument::addKeyed(ItemType type, std::string key, std::string data)
{
    addItem({type, std::string(document::typeName(type)), std::move(key), std::move(data)});
}

// For items that the protocol gives no key of their own. Numbered by their place, so that the search stays
// short.
std::string ShareDocument::freeKey(std::string_view name) const
{
    std::size_t number = m_items.size();
    std::string key;
    do {
        key = std::string(name) + '/' + std::to_string(number++);
    } while (m_places.contains(key));
    return key;
}

void ShareDocument::addItem(ShareItem item)
{
    const auto [place, isNew] = m_places.try_emplace(item.key, m_items.size());
    if (isNew)
        m_items.push_back(std::move(item));
    else
        m_items[place->second] = std::move(item);
}

std::size_t ShareDocument::byteCount() const
{
    std::size_t count = 0;
    for (const ShareItem& item : m_items)
        count += item.data.size();
    return count;
}

std::string ShareDocument::sessionText(std::string_view member) const
{
    const auto found = m_places.find("session");
    if (found == m_places.end())
        return {};
    const auto tree = JsonTree::parse(m_items[found->second].data, 1);
    return tree ? tree->root()[member].text() : std::string();
}

std::string ShareDocument::sessionId() const
{
    return sessionText("id");
}

std::string ShareDocument::title() const
{
    return sessionText("title");
}

std::size_t ShareDocument::messageCount() const
{
    std::size_t count = 0;
    for (const ShareItem& item : m_items) {
        if (item.type == ItemType::Message)
            ++count;
        else if (item.type == ItemType::Messages)
            count += batchMessageCount(item.data);
    }
    return count;
}

std::string ShareDocument::toJson() const
{
    std::string json;
    json.reserve(byteCount() + m_items.size() * 40 + 2);
    preferLargePages(json.data(), json.capacity());
    json.push_back('[');
    for (const ShareItem& item : m_items) {
        if (json.size() > 1)
            json.push_back(',');
        json.append(document::toJson(item));
    }
    json.push_back(']');
    return json;
}

} // namespace sharelock::document
