// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_client.h"

#include "base/http_call.h"
#include "base/http_network.h"

#include <utility>

namespace sharelock {

namespace {

bool canBeSent(const QUrl& url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http"));
}

} // namespace

// Shared by all requests under way, so that they can end in peace when the client goes first.
class HttpClient::Private
{
public:
    explicit Private(const HttpPolicy& givenPolicy)
        : policy(givenPolicy)
    {
    }

    HttpPolicy policy;
    std::unique_ptr<HttpNetwork> network; // Made with the first request.
    bool isClosed = false;
};

HttpClient::HttpClient(HttpPolicy policy, QObject* parent)
    : QObject(parent)
    , d(std::make_shared<Private>(policy))
{
}

HttpClient::~HttpClient()
{
    d->isClosed = true;
    if (d->network != nullptr)
        d->network->close();
}

QCoro::Task<Expected<HttpAnswer>> HttpClient::send(HttpRequest request, std::stop_token stop)
{
    const auto self = d;
    const QString origin = originOf(request.url).toString();
    if (!canBeSent(request.url))
        co_return fail(ErrorCode::ServerUnreachable, origin, QStringLiteral("not a web address"));
    const auto& library = curlLibrary();
    if (!library)
        co_return tl::make_unexpected(library.error());
    if (stop.stop_requested() || self->isClosed)
        co_return fail(ErrorCode::Cancelled, origin);
    if (self->network == nullptr)
        self->network = std::make_unique<HttpNetwork>(*library, self->policy);
    HttpNetwork& network = *self->network;
    const auto call = std::make_shared<HttpCall>(*library, std::move(request), origin, self->policy, stop);
    network.start(call);
    const std::stop_callback onStop(std::move(stop), [&network, call] { network.stop(call); });
    CallEnd end{call};
    Expected<HttpAnswer> answer = co_await end;
    co_return answer;
}

QUrl originOf(const QUrl& url)
{
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port());
    return origin;
}

} // namespace sharelock
