// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/share_store.h"

#include "base/large_pages.h"

#include <QUuid>

#include <simdjson.h>

#include <optional>
#include <utility>

namespace sharelock::demo {

namespace {

using simdjson::dom::element;

// Real servers answer a request that they can't read with the request, the secret in it included.
ShareStore::Answer echo(const std::string& body, bool isJson, const char* problem)
{
    return {400,
            "{\"success\":false,\"error\":[{\"message\":" + jsonString(problem) +
                "}],\"data\":" + (isJson ? body : jsonString(body)) + '}',
            {}};
}

std::string member(const element& value, const char* name)
{
    std::string_view text;
    if (value[name].get(text) != simdjson::SUCCESS)
        return "undefined"; // What JavaScript makes of it in a key.
    return std::string(text);
}

struct KeyedItem
{
    std::string key;
    ShareStore::Item item;
};

// Nothing for an item that the schema refuses.
std::optional<KeyedItem> keyedItem(const element& value, Generation generation)
{
    std::string_view type;
    element data;
    if (value["type"].get(type) != simdjson::SUCCESS || value["data"].get(data) != simdjson::SUCCESS)
        return std::nullopt;
    KeyedItem made{{}, {std::string(type), simdjson::minify(data)}};
    if (type == "session" || type == "session_diff" || type == "model")
        made.key = type;
    else if (type == "message")
        made.key = "message/" + member(data, "id");
    else if (type == "part")
        made.key = "part/" + member(data, "messageID") + '/' + member(data, "id");
    else if (type == "messages" && generation == Generation::Next)
        made.key = "messages/" + member(data, "sessionID");
    else
        return std::nullopt;
    return made;
}

} // namespace

std::string jsonString(std::string_view text)
{
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            json += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            constexpr char digits[] = "0123456789abcdef";
            json += "\\u00";
            json += digits[static_cast<unsigned char>(c) >> 4];
            json += digits[c & 15];
        } else {
            json += c;
        }
    }
    return json + '"';
}

ShareStore::Answer internalServerError()
{
    return {500, R"({"error":"Internal Server Error"})", {}};
}

ShareStore::Answer ShareStore::create(const std::string& body, const std::string& origin)
{
    simdjson::dom::parser parser;
    element root;
    std::string_view sessionId;
    const bool isJson = parser.parse(body).get(root) == simdjson::SUCCESS;
    if (!isJson || root["sessionID"].get(sessionId) != simdjson::SUCCESS)
        return echo(body, isJson, "expected a sessionID");
    const std::string id(sessionId.substr(sessionId.size() - std::min<std::size_t>(8, sessionId.size())));
    const std::string secret = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();

    const std::lock_guard lock(m_mutex);
    if (!m_all.records.emplace(id, Record{secret}).second)
        return internalServerError();
    if (m_generation != Generation::March2026)
        m_all.data.erase(id);
    return {200,
            "{\"id\":" + jsonString(id) + ",\"url\":" + jsonString(origin + "/share/" + id) +
                ",\"secret\":" + jsonString(secret) + '}',
            {}};
}

ShareStore::Answer ShareStore::sync(const std::string& id, const std::string& body)
{
    simdjson::dom::parser parser;
    element root;
    std::string_view secret;
    simdjson::dom::array data;
    const bool isJson = parser.parse(body).get(root) == simdjson::SUCCESS;
    if (!isJson || root["secret"].get(secret) != simdjson::SUCCESS ||
        root["data"].get(data) != simdjson::SUCCESS)
        return echo(body, isJson, "expected secret and data");
    // The schema is checked before the secret: a wrong item tells nothing about the share.
    std::vector<KeyedItem> items;
    for (const element value : data) {
        std::optional<KeyedItem> made = keyedItem(value, m_generation);
        if (!made)
            return echo(body, true, "invalid discriminator value");
        items.push_back(std::move(*made));
    }

    const std::lock_guard lock(m_mutex);
    if (!isGranted(id, secret))
        return internalServerError();
    for (KeyedItem& item : items)
        m_all.data[id].insert_or_assign(std::move(item.key), std::move(item.item));
    return {200, "{}", {}};
}

ShareStore::Answer ShareStore::remove(const std::string& id, const std::string& body)
{
    simdjson::dom::parser parser;
    element root;
    std::string_view secret;
    const bool isJson = parser.parse(body).get(root) == simdjson::SUCCESS;
    if (!isJson || root["secret"].get(secret) != simdjson::SUCCESS)
        return echo(body, isJson, "expected a secret");

    const std::lock_guard lock(m_mutex);
    if (!isGranted(id, secret))
        return internalServerError();
    m_all.records.erase(id);
    if (m_generation == Generation::Next)
        m_all.data.erase(id);
    return {200, "{}", {}};
}

ShareStore::Answer ShareStore::data(const std::string& id) const
{
    Answer answer;
    if (m_generation == Generation::June2026)
        answer.cacheControl = "public, max-age=30, s-maxage=300, stale-while-revalidate=86400";
    else if (m_generation == Generation::Next)
        answer.cacheControl = "private, no-store";

    const std::lock_guard lock(m_mutex);
    if (m_generation == Generation::Next && m_all.records.find(id) == m_all.records.end()) {
        answer.status = 404;
        answer.body = "{\"error\":" + jsonString("Share not found: " + id) + '}';
        return answer;
    }
    answer.body = "[";
    const auto found = m_all.data.find(id);
    if (found != m_all.data.end()) {
        std::size_t size = 2;
        for (const auto& [key, item] : found->second)
            size += item.type.size() + item.data.size() + 24;
        answer.body.reserve(size);
        preferLargePages(answer.body.data(), size);
        for (const auto& [key, item] : found->second) {
            if (answer.body.size() > 1)
                answer.body += ',';
            answer.body.append("{\"type\":").append(jsonString(item.type)).append(",\"data\":");
            answer.body.append(item.data).append("}");
        }
    }
    answer.body += ']';
    return answer;
}

std::vector<ShareStore::Item> ShareStore::items(const std::string& id) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Item> all;
    const auto found = m_all.data.find(id);
    if (found != m_all.data.end()) {
        for (const auto& [key, item] : found->second)
            all.push_back(item);
    }
    return all;
}

std::vector<std::string> ShareStore::ids() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> all;
    for (const auto& [id, items] : m_all.data)
        all.push_back(id);
    return all;
}

bool ShareStore::isGranted(const std::string& id, std::string_view secret) const
{
    const auto found = m_all.records.find(id);
    return found != m_all.records.end() && found->second.secret == secret;
}

ShareStore::Contents ShareStore::contents() const
{
    const std::lock_guard lock(m_mutex);
    return m_all;
}

void ShareStore::setContents(Contents contents)
{
    const std::lock_guard lock(m_mutex);
    m_all = std::move(contents);
}

} // namespace sharelock::demo
