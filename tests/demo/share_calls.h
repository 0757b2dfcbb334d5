// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <QCoroTask>

namespace sharelock::tests {

//! \brief The share protocol as a client would speak it, with nothing between test and server.
class ShareCalls
{
public:
    explicit ShareCalls(QUrl origin, HttpPolicy policy = onceOnly())
        : m_origin(std::move(origin))
        , m_http(policy)
    {
    }

    static HttpPolicy onceOnly()
    {
        HttpPolicy policy;
        policy.tries = 1;
        policy.idleTimeout = std::chrono::seconds(10);
        return policy;
    }

    Expected<HttpAnswer> send(const QByteArray& verb, const QString& path, const QByteArray& body = {})
    {
        HttpRequest request;
        request.verb = verb;
        request.url = QUrl(m_origin.toString() + path);
        request.body = body;
        if (!body.isEmpty())
            request.headers.emplace_back("Content-Type", "application/json");
        return QCoro::waitFor(m_http.send(request));
    }

    int status(const QByteArray& verb, const QString& path, const QByteArray& body = {})
    {
        const Expected<HttpAnswer> answer = send(verb, path, body);
        return answer ? answer->status : 0;
    }

    //! \returns the secret; empty when refused.
    QByteArray create(const QByteArray& sessionId)
    {
        const auto answer =
            send("POST", QStringLiteral("/api/share"), "{\"sessionID\":\"" + sessionId + "\"}");
        if (!answer || answer->status != 200)
            return {};
        return QJsonDocument::fromJson(answer->body)
            .object()
            .value(QLatin1String("secret"))
            .toString()
            .toUtf8();
    }
    int sync(const QString& id, const QByteArray& secret, const QByteArray& items)
    {
        return status("POST", QStringLiteral("/api/share/%1/sync").arg(id),
                      "{\"secret\":\"" + secret + "\",\"data\":" + items + '}');
    }
    int remove(const QString& id, const QByteArray& secret)
    {
        return status("DELETE", QStringLiteral("/api/share/%1").arg(id), "{\"secret\":\"" + secret + "\"}");
    }
    Expected<HttpAnswer> data(const QString& id, const QString& query = {})
    {
        return send("GET", QStringLiteral("/api/share/%1/data%2").arg(id, query));
    }

private:
    QUrl m_origin;
    HttpClient m_http;
};

} // namespace sharelock::tests
