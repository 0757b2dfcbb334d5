// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/opencode_server.h"

#include "opencode/mode_read_back.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace sharelock::opencode {

namespace {

enum HttpStatus
{
    Ok = 200,
    Unauthorized = 401,
    NotFound = 404,
    ServerError = 500,
};

QUrl endpoint(const ServerAddress& address, const QString& encodedPath)
{
    QUrl url = address.url;
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/')) {
        path.chop(1);
    }
    url.setPath(path + encodedPath, QUrl::StrictMode);
    return url;
}

QString encoded(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

//! For a call about one directory, of the many that a server works in.
QUrl endpointIn(const QString& directory, const ServerAddress& address, const QString& encodedPath)
{
    QUrl url = endpoint(address, encodedPath);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("directory"), encoded(directory));
    url.setQuery(query);
    return url;
}

QUrl shareEndpoint(const ServerAddress& address, const QString& sessionId, const QString& directory)
{
    return endpointIn(directory, address, u"/session/" + encoded(sessionId) + u"/share");
}

HttpRequest requestFor(const ServerAddress& address, const QByteArray& verb, const QUrl& url)
{
    HttpRequest request;
    request.verb = verb;
    request.url = url;
    if (!address.password.isEmpty()) {
        const std::string_view password = address.password.reveal();
        const QByteArray pair = address.userName.toUtf8() + ':' +
                                QByteArray(password.data(), static_cast<qsizetype>(password.size()));
        request.headers.emplace_back("Authorization", "Basic " + pair.toBase64());
    }
    return request;
}

QString originText(const ServerAddress& address)
{
    return originOf(address.url).toString();
}

//! The body of a good answer, or what the status means.
Expected<QByteArray> bodyOf(const Expected<HttpAnswer>& answer, const ServerAddress& address)
{
    const QString origin = originText(address);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (answer->status == Unauthorized) {
        return fail(ErrorCode::OpencodeRefused, origin);
    }
    if (answer->status != Ok) {
        return fail(ErrorCode::ServerBadAnswer, origin, QStringLiteral("HTTP %1").arg(answer->status));
    }
    return answer->body;
}

//! The object in a good answer.
Expected<QJsonObject> objectOf(const Expected<HttpAnswer>& answer, const ServerAddress& address)
{
    const auto body = bodyOf(answer, address);
    if (!body) {
        return tl::unexpected(body.error());
    }
    const auto document = QJsonDocument::fromJson(*body);
    if (!document.isObject()) {
        return fail(ErrorCode::ServerBadAnswer, originText(address), QStringLiteral("HTTP 200"));
    }
    return document.object();
}

//! As objectOf(), for calls about one session.
Expected<QJsonObject> sessionOf(const Expected<HttpAnswer>& answer, const ServerAddress& address,
                                const QString& sessionId)
{
    if (answer && answer->status == NotFound) {
        return fail(ErrorCode::SessionNotFound, sessionId);
    }
    if (answer && answer->status == ServerError) {
        return fail(ErrorCode::OpencodeShareFailed, originText(address), QStringLiteral("HTTP 500"));
    }
    return objectOf(answer, address);
}

} // namespace

OpencodeServer::OpencodeServer(ServerAddress address, HttpClient& http)
    : m_address(std::move(address))
    , m_http(http)
{
}

QCoro::Task<Expected<QString>> OpencodeServer::health(std::stop_token stop)
{
    const ServerAddress address = m_address;
    HttpRequest request = requestFor(address, "GET", endpoint(address, QStringLiteral("/global/health")));
    const auto answer = co_await m_http.send(std::move(request), std::move(stop));
    const auto object = objectOf(answer, address);
    if (!object) {
        co_return tl::unexpected(object.error());
    }
    const bool isHealthy = object->value(u"healthy").toBool();
    const QString version = object->value(u"version").toString();
    if (!isHealthy || version.isEmpty()) {
        co_return fail(ErrorCode::ServerBadAnswer, originText(address));
    }
    co_return version;
}

QCoro::Task<Expected<QUrl>> OpencodeServer::share(QString sessionId, QString directory, std::stop_token stop)
{
    const ServerAddress address = m_address;
    HttpRequest request = requestFor(address, "POST", shareEndpoint(address, sessionId, directory));
    // When the answer was lost, the second try would be told 500: it is shared already.
    request.once = true;
    const auto answer = co_await m_http.send(std::move(request), std::move(stop));
    const auto session = sessionOf(answer, address, sessionId);
    if (!session) {
        co_return tl::unexpected(session.error());
    }
    const QUrl url(session->value(u"share").toObject().value(u"url").toString());
    if (!url.isValid() || url.host().isEmpty()) {
        // Where sharing is switched off by OPENCODE_DISABLE_SHARE, opencode answers 200 and shares nothing.
        co_return fail(ErrorCode::OpencodeShareFailed, originText(address), QStringLiteral("no share URL"));
    }
    co_return url;
}

QCoro::Task<Expected<void>> OpencodeServer::unshare(QString sessionId, QString directory,
                                                    std::stop_token stop)
{
    const ServerAddress address = m_address;
    HttpRequest request = requestFor(address, "DELETE", shareEndpoint(address, sessionId, directory));
    const auto answer = co_await m_http.send(std::move(request), std::move(stop));
    const auto session = sessionOf(answer, address, sessionId);
    if (!session) {
        co_return tl::unexpected(session.error());
    }
    co_return Expected<void>();
}

QCoro::Task<Expected<ShareMode>> OpencodeServer::shareMode(QString directory, std::stop_token stop)
{
    const ServerAddress address = m_address;
    HttpRequest request =
        requestFor(address, "GET", endpointIn(directory, address, QStringLiteral("/config")));
    const auto answer = co_await m_http.send(std::move(request), std::move(stop));
    const auto body = bodyOf(answer, address);
    if (!body) {
        co_return tl::unexpected(body.error());
    }
    const auto mode = modeInConfig(*body);
    if (!mode) {
        co_return fail(ErrorCode::ServerBadAnswer, originText(address), QStringLiteral("no configuration"));
    }
    co_return *mode;
}

QCoro::Task<Expected<void>> OpencodeServer::reload(QString directory, std::stop_token stop)
{
    const ServerAddress address = m_address;
    const QString path = QStringLiteral("/instance/dispose");
    HttpRequest request = requestFor(address, "POST", endpointIn(directory, address, path));
    const auto answer = co_await m_http.send(std::move(request), std::move(stop));
    const auto body = bodyOf(answer, address);
    if (!body) {
        co_return tl::unexpected(body.error());
    }
    // It answers `true`; anything else 200, such as a page, is from another server.
    if (body->trimmed() != "true") {
        co_return fail(ErrorCode::ServerBadAnswer, originText(address), QStringLiteral("not reloaded"));
    }
    co_return Expected<void>();
}

} // namespace sharelock::opencode
