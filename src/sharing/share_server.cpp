// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/share_server.h"

#include "base/thread_guard.h"
#include "document/json_text.h"
#include "sharing/first_generation.h"

#include <QRandomGenerator>
#include <QUrlQuery>

#include <simdjson.h>
#include <sodium.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sharelock::sharing {

namespace {

// Wipes only what nobody else still refers to: writing to shared bytes would copy them first.
void wipe(QByteArray& bytes)
{
    if (bytes.isDetached())
        sodium_memzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

// A share ID becomes part of a path, and may come from a server or from a database that others write.
bool isShareId(const QString& text)
{
    constexpr qsizetype longest = 64;
    return !text.isEmpty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') ||
               c == u'_' || c == u'-';
    });
}

QUrl under(const QUrl& origin, const QString& path)
{
    QUrl url = origin;
    url.setPath(path, QUrl::DecodedMode);
    return url;
}

HttpRequest request(const char* verb, const QUrl& url, const QByteArray& body)
{
    HttpRequest made;
    made.verb = verb;
    made.url = url;
    made.body = body;
    made.headers.emplace_back("Accept", "application/json");
    if (!body.isEmpty())
        made.headers.emplace_back("Content-Type", "application/json");
    return made;
}

QByteArray removeBody(const Secret& key)
{
    std::string secret = document::quoted(key.reveal());
    QByteArray body;
    body.reserve(static_cast<qsizetype>(secret.size()) + 16);
    body.append("{\"secret\":");
    body.append(secret.data(), static_cast<qsizetype>(secret.size()));
    body.append('}');
    sodium_memzero(secret.data(), secret.size());
    return body;
}

struct CreateAnswer
{
    QString id; //!< The first generation names none.
    QString url;
    Secret key;
};

// Reads the one answer that holds a key, and wipes every copy of the key that is made on the way.
std::optional<CreateAnswer> readCreateAnswer(QByteArray& body, bool isFirst)
{
    assertOffGuiThread("ShareServer::create");
    simdjson::padded_string padded(body.constData(), static_cast<std::size_t>(body.size()));
    wipe(body);
    std::optional<CreateAnswer> answer;
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(padded).get(object) == simdjson::SUCCESS) {
        std::string_view id;
        std::string_view url;
        std::string_view secret;
        const bool hasId = object["id"].get(id) == simdjson::SUCCESS;
        const bool complete = (hasId || isFirst) && object["url"].get(url) == simdjson::SUCCESS;
        if (object["secret"].get(secret) == simdjson::SUCCESS) {
            if (complete)
                answer = CreateAnswer{QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size())),
                                      QString::fromUtf8(url.data(), static_cast<qsizetype>(url.size())),
                                      Secret(secret)};
            // The view looks into the parser's own, writable buffer.
            sodium_memzero(const_cast<char*>(secret.data()), secret.size());
        }
    }
    sodium_memzero(padded.data(), padded.size());
    return answer;
}

} // namespace

const CallNames& callNames(const Link& link)
{
    return callNames(isFirstGeneration(link));
}

ShareServer::ShareServer(QUrl origin, HttpClient& http)
    : m_origin(originOf(origin))
    , m_pages(m_origin)
    , m_http(http)
{
}

ShareServer::ShareServer(const Link& link, HttpClient& http)
    : m_origin(isFirstGeneration(link) ? first_generation::apiOrigin(link.id.origin) : link.id.origin)
    , m_pages(link.id.origin)
    , m_isFirst(isFirstGeneration(link))
    , m_shareId(link.id.shareId)
    , m_sessionId(first_generation::sessionFor(m_shareId, link.sessionId))
    , m_http(http)
{
}

std::size_t ShareServer::mostItems() const
{
    return m_isFirst ? 1 : std::numeric_limits<std::size_t>::max();
}

void ShareServer::learnSession(const document::ShareDocument& isPublic)
{
    if (m_isFirst && m_sessionId.isEmpty())
        m_sessionId = first_generation::sessionFor(m_shareId, QString::fromStdString(isPublic.sessionId()));
}

Expected<void> ShareServer::checkKeyedCall(const QString& shareId) const
{
    if (!isShareId(shareId) || (m_isFirst && shareId != m_shareId))
        return fail(ErrorCode::LinkNotFound, shareId);
    if (m_isFirst && m_sessionId.isEmpty())
        return fail(ErrorCode::SessionNotFound, shareId);
    return {};
}

QByteArray ShareServer::body(const Secret& key, std::span<const document::ShareItem> items) const
{
    if (!m_isFirst)
        return syncBody(key, items);
    return items.empty() ? first_generation::keyTestBody(m_sessionId, key)
                         : first_generation::syncBody(m_sessionId, key, items.front());
}

QByteArray ShareServer::syncBody(const Secret& key, std::span<const document::ShareItem> items)
{
    assertOffGuiThread("ShareServer::syncBody");
    std::string secret = document::quoted(key.reveal());
    std::size_t size = secret.size() + 32;
    for (const document::ShareItem& item : items)
        size += item.data.size() + item.typeName.size() + 32;
    QByteArray body;
    body.reserve(static_cast<qsizetype>(size));
    body.append("{\"secret\":");
    body.append(secret.data(), static_cast<qsizetype>(secret.size()));
    sodium_memzero(secret.data(), secret.size());
    body.append(",\"data\":[");
    bool first = true;
    for (const document::ShareItem& item : items) {
        if (!std::exchange(first, false))
            body.append(',');
        const std::string json = document::toJson(item);
        body.append(json.data(), static_cast<qsizetype>(json.size()));
    }
    body.append("]}");
    return body;
}

QCoro::Task<Expected<CreatedShare>> ShareServer::create(QString sessionId, std::stop_token stop)
{
    // The same in both protocols.
    const std::string quotedId = document::quoted(sessionId.toStdString());
    const QByteArray body = "{\"sessionID\":" + QByteArray::fromStdString(quotedId) + '}';
    const QUrl origin = m_origin;
    const QUrl pages = m_pages;
    const bool isFirst = m_isFirst;
    const QString path = isFirst ? QStringLiteral("/share_create") : QStringLiteral("/api/share");
    HttpRequest post = request("POST", under(origin, path), body);
    post.goesAhead = m_goesAhead;
    Expected<HttpAnswer> answer = co_await m_http.send(std::move(post), stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (!isSuccess(answer->status))
        co_return failFor(answer->status, origin, callNames(isFirst).create);

    std::optional<CreateAnswer> created = readCreateAnswer(answer->body, isFirst);
    if (!created)
        co_return badAnswer(origin, "create: no ID, URL and secret");
    if (isFirst)
        created->id = first_generation::shareIdOf(sessionId);
    const QUrl url(created->url, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!isShareId(created->id))
        co_return badAnswer(origin, "create: no usable share ID");
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        co_return badAnswer(origin, "create: no usable URL");
    if (isFirst && url.path() != QLatin1String("/s/") + created->id)
        co_return badAnswer(origin, "create: another share");
    if (created->key.isEmpty())
        co_return badAnswer(origin, "create: no secret");
    CreatedShare share;
    share.id = LinkId{pages, created->id};
    share.url = url;
    share.key = created->key;
    co_return share;
}

QCoro::Task<Expected<void>> ShareServer::sync(QString shareId, QByteArray body,
                                              std::function<void(qint64, qint64)> onProgress,
                                              std::stop_token stop)
{
    const auto callable = checkKeyedCall(shareId);
    if (!callable)
        co_return tl::unexpected(callable.error());
    const QUrl origin = m_origin;
    const bool isFirst = m_isFirst;
    const QString path =
        isFirst ? QStringLiteral("/share_sync") : QStringLiteral("/api/share/%1/sync").arg(shareId);
    HttpRequest post = request("POST", under(origin, path), body);
    post.goesAhead = m_goesAhead;
    post.onProgress = std::move(onProgress);
    Expected<HttpAnswer> answer = co_await m_http.send(std::move(post), stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    wipe(answer->body);
    if (!isSuccess(answer->status))
        co_return failFor(answer->status, origin, callNames(isFirst).sync);
    co_return Expected<void>();
}

QCoro::Task<Expected<void>> ShareServer::remove(QString shareId, Secret key, std::stop_token stop)
{
    const auto callable = checkKeyedCall(shareId);
    if (!callable)
        co_return tl::unexpected(callable.error());
    const QUrl origin = m_origin;
    const bool isFirst = m_isFirst;
    QByteArray body = isFirst ? first_generation::removeBody(m_sessionId, key) : removeBody(key);
    const QString path =
        isFirst ? QStringLiteral("/share_delete") : QStringLiteral("/api/share/%1").arg(shareId);
    HttpRequest erase = request(isFirst ? "POST" : "DELETE", under(origin, path), body);
    erase.goesAhead = m_goesAhead;
    Expected<HttpAnswer> answer = co_await m_http.send(std::move(erase), stop);
    wipe(body);
    if (!answer)
        co_return tl::unexpected(answer.error());
    wipe(answer->body);
    if (!isSuccess(answer->status))
        co_return failFor(answer->status, origin, callNames(isFirst).remove);
    co_return Expected<void>();
}

QCoro::Task<Expected<DataAnswer>> ShareServer::data(QString shareId, bool pastCaches, std::stop_token stop,
                                                    QByteArray validator, std::shared_ptr<ReadAnswer> once)
{
    if (!isShareId(shareId))
        co_return fail(ErrorCode::LinkNotFound, shareId);
    const QUrl origin = m_origin;
    const bool isFirst = m_isFirst;
    QUrl url = under(origin, isFirst ? QStringLiteral("/share_data")
                                     : QStringLiteral("/api/share/%1/data").arg(shareId));
    QUrlQuery query;
    if (isFirst)
        query.addQueryItem(QStringLiteral("id"), shareId);
    if (pastCaches) {
        const quint64 number = QRandomGenerator::system()->generate64();
        query.addQueryItem(QStringLiteral("sharelock"),
                           QStringLiteral("%1").arg(number, 16, 16, QLatin1Char('0')));
    }
    if (!query.isEmpty())
        url.setQuery(query);
    HttpRequest get = request("GET", url, {});
    get.goesAhead = m_goesAhead;
    if (pastCaches) {
        get.headers.emplace_back("Cache-Control", "no-cache");
        get.headers.emplace_back("Pragma", "no-cache");
    }
    if (!validator.isEmpty())
        get.headers.emplace_back("If-None-Match", validator);
    Expected<HttpAnswer> answer = co_await m_http.send(std::move(get), stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    // Asked for only with a validator; a server that says so all the same said nothing.
    if (answer->status == 304 && !validator.isEmpty()) {
        DataAnswer same;
        same.status = answer->status;
        same.unchanged = true;
        same.validator = validator;
        co_return same;
    }
    if (!isSuccess(answer->status) && answer->status != 404)
        co_return failFor(answer->status, origin, callNames(isFirst).data);
    co_return readDataAnswer(*answer, origin, shareId, isFirst, once.get());
}

} // namespace sharelock::sharing
