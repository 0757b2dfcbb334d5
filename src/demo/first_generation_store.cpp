// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/first_generation_store.h"

#include <QUuid>

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace sharelock::demo {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string idOf(std::string_view sessionId)
{
    constexpr std::size_t idSize = 8;
    return std::string(sessionId.substr(sessionId.size() - std::min(idSize, sessionId.size())));
}

FirstGenerationStore::Answer failure()
{
    return {500, "Internal Server Error", {}};
}

//! \brief What every call with a key has.
struct Call
{
    std::string id;
    std::string_view secret;
    object root;
};

std::optional<Call> readCall(simdjson::dom::parser& parser, const std::string& body)
{
    Call call;
    std::string_view sessionId;
    if (parser.parse(body).get(call.root) != simdjson::SUCCESS ||
        call.root["sessionID"].get(sessionId) != simdjson::SUCCESS ||
        call.root["secret"].get(call.secret) != simdjson::SUCCESS)
        return std::nullopt;
    call.id = idOf(sessionId);
    return call;
}

bool isItsKey(const std::string& key, const std::string& sessionId)
{
    return key.starts_with("session/info/" + sessionId) ||
           key.starts_with("session/message/" + sessionId + '/') ||
           key.starts_with("session/part/" + sessionId + '/');
}

std::string partOfKey(const std::string& key, int number)
{
    std::size_t begin = 0;
    for (int i = 0; i < number && begin != std::string::npos; ++i) {
        begin = key.find('/', begin);
        begin += begin == std::string::npos ? 0 : 1;
    }
    return begin == std::string::npos ? std::string() : key.substr(begin, key.find('/', begin) - begin);
}

//! \brief One message while it is put together: its own members over an empty list of parts.
struct Message
{
    std::string members; //!< `,"name":value` of all but its parts.
    std::string parts;   //!< What stands between the brackets.
};

Message readMessage(const std::string& content)
{
    Message message;
    simdjson::dom::parser parser;
    object members;
    if (parser.parse(content).get(members) != simdjson::SUCCESS)
        return message;
    for (const auto& member : members) {
        const std::string value = simdjson::minify(member.value);
        if (member.key == "parts")
            message.parts = value.substr(1, value.size() - 2);
        else
            message.members += ',' + jsonString(member.key) + ':' + value;
    }
    return message;
}

} // namespace

FirstGenerationStore::Answer FirstGenerationStore::create(const std::string& body, const std::string& origin)
{
    simdjson::dom::parser parser;
    object root;
    std::string_view sessionId;
    if (parser.parse(body).get(root) != simdjson::SUCCESS ||
        root["sessionID"].get(sessionId) != simdjson::SUCCESS)
        return failure();
    const std::string id = idOf(sessionId);
    const std::lock_guard lock(m_mutex);
    Share& share = m_all[id];
    if (share.secret.empty()) {
        share.secret = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
        share.sessionId = sessionId;
    }
    return {200,
            "{\"secret\":" + jsonString(share.secret) + ",\"url\":" + jsonString(origin + "/s/" + id) + '}',
            {}};
}

FirstGenerationStore::Answer FirstGenerationStore::sync(const std::string& body)
{
    simdjson::dom::parser parser;
    const auto call = readCall(parser, body);
    std::string_view key;
    if (!call || call->root["key"].get(key) != simdjson::SUCCESS)
        return failure();
    element content;
    const bool hasContent = call->root["content"].get(content) == simdjson::SUCCESS;
    const std::lock_guard lock(m_mutex);
    const auto share = m_all.find(call->id);
    if (share == m_all.end() || share->second.secret != call->secret)
        return failure();
    if (hasContent && isItsKey(std::string(key), share->second.sessionId))
        share->second.contents.insert_or_assign(std::string(key), simdjson::minify(content));
    return {200, "{}", {}};
}

FirstGenerationStore::Answer FirstGenerationStore::remove(const std::string& body)
{
    simdjson::dom::parser parser;
    const auto call = readCall(parser, body);
    const std::lock_guard lock(m_mutex);
    const auto share = call ? m_all.find(call->id) : m_all.end();
    if (share == m_all.end() || share->second.secret != call->secret)
        return failure();
    m_all.erase(share);
    return {200, "{}", {}};
}

FirstGenerationStore::Answer FirstGenerationStore::data(const std::string& id) const
{
    const std::lock_guard lock(m_mutex);
    std::string info;
    std::map<std::string, Message> messages;
    if (const auto share = m_all.find(id); share != m_all.end()) {
        for (const auto& [key, content] : share->second.contents) {
            const std::string kind = partOfKey(key, 1);
            const std::string messageId = partOfKey(key, 3);
            if (kind == "info") {
                info = "\"info\":" + content + ',';
            } else if (kind == "message") {
                messages.insert_or_assign(messageId, readMessage(content));
            } else {
                const auto message = messages.find(messageId);
                if (message == messages.end())
                    return failure();
                std::string& parts = message->second.parts;
                parts += (parts.empty() ? "" : ",") + content;
            }
        }
    }
    Answer answer;
    answer.body = '{' + info + "\"messages\":{";
    for (const auto& [messageId, message] : messages) {
        answer.body += answer.body.back() == '{' ? "" : ",";
        answer.body += jsonString(messageId) + ":{\"parts\":[" + message.parts + ']' + message.members + '}';
    }
    answer.body += "}}";
    return answer;
}

std::vector<std::string> FirstGenerationStore::ids() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> all;
    for (const auto& [id, share] : m_all)
        all.push_back(id);
    return all;
}

FirstGenerationStore::Contents FirstGenerationStore::contents() const
{
    const std::lock_guard lock(m_mutex);
    return m_all;
}

void FirstGenerationStore::setContents(Contents contents)
{
    const std::lock_guard lock(m_mutex);
    m_all = std::move(contents);
}

} // namespace sharelock::demo
