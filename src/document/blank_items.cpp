// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/blank_items.h"

#include "base/thread_guard.h"
#include "document/blank_check.h"
#include "document/json_text.h"
#include "document/json_tree.h"
#include "document/message_view.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

namespace sharelock::document {

namespace {

//! \param name of the protocol: nothing in it needs an escape.
std::string member(std::string_view name, std::string_view raw)
{
    std::string json;
    json.reserve(name.size() + raw.size() + 3);
    return json.append("\"").append(name).append("\":").append(raw);
}

//! \brief An object of the given ID members of \p data, as they are, and of \p rest.
std::string withIds(JsonValue data, std::initializer_list<std::string_view> names, std::string_view rest)
{
    constexpr std::size_t usualId = 48;
    std::string json;
    json.reserve(names.size() * usualId + rest.size());
    json.append("{");
    for (const std::string_view name : names) {
        if (const JsonValue id = data[name]; id.isText())
            json.append("\"").append(name).append("\":").append(id.raw()).append(",");
    }
    json.append(rest);
    if (json.ends_with(','))
        json.pop_back();
    return json.append("}");
}

constexpr std::string_view blankSession = R"("title":"","version":"","time":{"created":0,"updated":0})";
constexpr std::string_view blankMessage = R"("role":"user","time":{"created":0})";
constexpr std::string_view blankPart = R"("type":"text","text":"")";

std::string blankBatch(JsonValue data)
{
    std::string messages = R"("messages":[)";
    for (const JsonValue message : batchMessages(data)) {
        const MessageView view(message);
        std::string parts = "[";
        for (const JsonValue part : view.parts)
            parts.append(withIds(part, {"id", "messageID", "sessionID"}, blankPart)).append(",");
        if (parts.ends_with(','))
            parts.pop_back();
        parts.append("]");
        const std::string info = withIds(view.info, {"id", "sessionID"}, blankMessage);
        if (message["info"].isObject())
            messages.append("{")
                .append(member("info", info))
                .append(",")
                .append(member("parts", parts))
                .append("}");
        else
            messages.append(info, 0, info.size() - 1).append(",").append(member("parts", parts)).append("}");
        messages.append(",");
    }
    if (messages.ends_with(','))
        messages.pop_back();
    return withIds(data, {"sessionID"}, messages.append("]"));
}

std::string blankData(ItemType type, JsonValue data)
{
    switch (type) {
    case ItemType::Session:
        return withIds(data, {"id"}, blankSession);
    case ItemType::Message:
        return withIds(data, {"id", "sessionID"}, blankMessage);
    case ItemType::Part:
        return withIds(data, {"id", "messageID", "sessionID"}, blankPart);
    case ItemType::SessionDiff:
    case ItemType::Model:
        return "[]";
    case ItemType::Messages:
        return blankBatch(data);
    case ItemType::Unknown:
        break;
    }
    return withIds(data, {"id", "messageID", "sessionID"}, {});
}

//! \brief For data that do not parse: the key still names the item.
std::string blankFromKey(const ShareItem& item)
{
    const std::string_view key = item.key;
    const std::size_t slash = key.find('/');
    const std::string_view rest =
        slash == std::string_view::npos ? std::string_view() : key.substr(slash + 1);
    std::string ids;
    if (const std::size_t second = rest.find('/');
        item.type == ItemType::Part && second != std::string_view::npos) {
        ids = member("id", document::quoted(rest.substr(second + 1)));
        ids.append(",").append(member("messageID", document::quoted(rest.substr(0, second)))).append(",");
    } else if (item.type == ItemType::Message) {
        ids = member("id", document::quoted(rest)).append(",");
    }
    const std::string blank = blankData(item.type, JsonValue());
    return blank.starts_with('{') && !ids.empty() ? ids.insert(0, "{").append(blank, 1) : blank;
}

} // namespace

Expected<ShareDocument> blanked(const ShareDocument& document)
{
    assertOffGuiThread("blanking a share document");
    ShareDocument blank;
    for (const ShareItem& item : document.items()) {
        const auto tree = JsonTree::parse(item.data);
        ShareItem replacement = item;
        replacement.data = tree ? blankData(item.type, tree->root()) : blankFromKey(item);
        blank.addItem(std::move(replacement));
    }
    return blank;
}

namespace {

std::size_t saidInBatch(const std::string& data)
{
    const auto tree = JsonTree::parse(data);
    std::size_t count = 0;
    if (tree) {
        for (const JsonValue message : batchMessages(tree->root()))
            count += isBlankJson(message.raw()) ? 0 : 1;
    }
    return count;
}

//! \brief `msg_1` of `message/msg_1` and of `part/msg_1/prt_1`.
std::string_view messageIdIn(std::string_view key)
{
    const std::string_view rest = key.substr(std::min(key.find('/'), key.size() - 1) + 1);
    return rest.substr(0, rest.find('/'));
}

} // namespace

std::size_t saidMessageCount(const ShareDocument& document)
{
    assertOffGuiThread("counting messages");
    std::size_t count = 0;
    std::unordered_set<std::string_view> silent; // As long as no part of theirs is known to say something.
    for (const ShareItem& item : document.items()) {
        if (item.type == ItemType::Messages)
            count += saidInBatch(item.data);
        else if (item.type == ItemType::Message && isBlankJson(item.data))
            silent.insert(messageIdIn(item.key));
        else if (item.type == ItemType::Message)
            ++count;
    }
    for (const ShareItem& item : document.items()) {
        const auto message = item.type == ItemType::Part ? silent.find(messageIdIn(item.key)) : silent.end();
        if (message == silent.end() || isBlankJson(item.data))
            continue;
        silent.erase(message);
        ++count;
    }
    return count;
}

bool isBlank(JsonValue data)
{
    return !data || isBlankJson(data.raw());
}

bool isBlank(const ShareDocument& document)
{
    assertOffGuiThread("judging a share document");
    return std::all_of(document.items().begin(), document.items().end(),
                       [](const ShareItem& item) { return isBlankJson(item.data); });
}

} // namespace sharelock::document
