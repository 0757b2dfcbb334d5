// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/first_generation.h"

#include "base/http_client.h"
#include "base/thread_guard.h"
#include "document/json_text.h"
#include "document/json_tree.h"

#include <QHostAddress>

#include <sodium.h>

#include <algorithm>
#include <string>

namespace sharelock::sharing::first_generation {

namespace {

using document::ItemType;
using document::JsonValue;
using document::quoted;
using document::ShareDocument;
using document::ShareItem;

constexpr qsizetype shareIdSize = 8;

// An ID becomes part of a key, and comes from a server or from a file that others write.
bool isId(std::string_view text)
{
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               c == '-';
    });
}

//! \brief `{"sessionID":…,"secret":…` and \p rest.
QByteArray keyedBody(const QString& sessionId, const Secret& key, std::string_view rest)
{
    const std::string id = quoted(sessionId.toStdString());
    std::string secret = quoted(key.reveal());
    QByteArray body;
    body.reserve(static_cast<qsizetype>(id.size() + secret.size() + rest.size()) + 32);
    body.append("{\"sessionID\":").append(id.data(), static_cast<qsizetype>(id.size()));
    body.append(",\"secret\":").append(secret.data(), static_cast<qsizetype>(secret.size()));
    sodium_memzero(secret.data(), secret.size());
    body.append(rest.data(), static_cast<qsizetype>(rest.size()));
    body.append('}');
    return body;
}

//! \brief Under which the server keeps it: `session/part/<session>/<message>/<part>`. The item's own key ends
//! in the same IDs.
std::string storageKey(const std::string& sessionId, const ShareItem& item)
{
    const std::string_view key = item.key;
    const std::string ids(key.substr(std::min(key.find('/'), key.size())));
    switch (item.type) {
    case ItemType::Session:
        return "session/info/" + sessionId;
    case ItemType::Message:
        return "session/message/" + sessionId + ids;
    case ItemType::Part:
        return "session/part/" + sessionId + ids;
    default:
        return {};
    }
}

//! \brief The message without the parts that have keys of their own: a server puts those back in.
std::string messageAlone(JsonValue message, std::string_view inlineParts)
{
    std::string json = "{";
    const auto add = [&json](std::string_view name, std::string_view raw) {
        json.append(json.size() > 1 ? "," : "").append(quoted(name)).append(":").append(raw);
    };
    for (const JsonValue member : message) {
        if (!member.hasName("parts"))
            add(member.name(), member.raw());
    }
    if (!inlineParts.empty())
        add("parts", std::string("[").append(inlineParts).append("]"));
    return json.append("}");
}

//! \returns false for what no such server says.
bool addMessage(ShareDocument& document, JsonValue message)
{
    const std::string id = message.name();
    const JsonValue parts = message["parts"];
    if (!isId(id) || !message.isObject() || !parts.isArray())
        return false;
    std::string inlineParts;
    std::vector<ShareItem> keyed;
    for (const JsonValue part : parts) {
        const std::string partId = part["id"].text();
        if (isId(partId) && part["messageID"].text() == id)
            keyed.push_back({ItemType::Part, std::string(document::typeName(ItemType::Part)),
                             std::string("part/").append(id).append("/").append(partId),
                             std::string(part.raw())});
        else
            inlineParts.append(inlineParts.empty() ? "" : ",").append(part.raw());
    }
    document.addKeyed(ItemType::Message, "message/" + id, messageAlone(message, inlineParts));
    for (ShareItem& part : keyed)
        document.addItem(std::move(part));
    return true;
}

} // namespace

QUrl apiOrigin(const QUrl& pageOrigin)
{
    QUrl origin = originOf(pageOrigin);
    const QString host = origin.host();
    const bool isLocal = host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost"));
    if (!isLocal && QHostAddress(host).isNull())
        origin.setHost(QStringLiteral("api.") + host);
    return origin;
}

QString shareIdOf(const QString& sessionId)
{
    return sessionId.right(shareIdSize);
}

QString sessionFor(const QString& shareId, const QString& sessionId)
{
    const bool isIts = shareId.size() == shareIdSize && sessionId.size() > shareIdSize &&
                       sessionId.endsWith(shareId) && isId(sessionId.toStdString());
    return isIts ? sessionId : QString();
}

QByteArray removeBody(const QString& sessionId, const Secret& key)
{
    return keyedBody(sessionId, key, {});
}

QByteArray syncBody(const QString& sessionId, const Secret& key, const ShareItem& item)
{
    const std::string place = storageKey(sessionId.toStdString(), item);
    if (place.empty())
        return keyTestBody(sessionId, key);
    return keyedBody(sessionId, key, ",\"key\":" + quoted(place) + ",\"content\":" + item.data);
}

QByteArray keyTestBody(const QString& sessionId, const Secret& key)
{
    return keyedBody(sessionId, key, R"(,"key":"none","content":null)");
}

Expected<ShareDocument> readData(std::string_view json)
{
    assertOffGuiThread("reading an answer of the first generation");
    constexpr int membersOfParts = 5;
    const auto tree = document::JsonTree::parse(json, membersOfParts);
    if (!tree)
        return tl::unexpected(tree.error());
    const JsonValue root = tree->root();
    const JsonValue info = root["info"];
    const JsonValue messages = root["messages"];
    for (const JsonValue member : root) {
        if (!member.hasName("info") && !member.hasName("messages"))
            return fail(ErrorCode::DocumentInvalid);
    }
    if (!messages.isObject() || (info && !info.isObject()))
        return fail(ErrorCode::DocumentInvalid);
    ShareDocument document;
    if (info)
        document.addKeyed(ItemType::Session, "session", std::string(info.raw()));
    for (const JsonValue message : messages) {
        if (!addMessage(document, message))
            return fail(ErrorCode::DocumentInvalid);
    }
    return document;
}

} // namespace sharelock::sharing::first_generation
