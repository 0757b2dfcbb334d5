// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_client.h"

#include "base/host_queue.h"
#include "base/http_attempt.h"
#include "base/http_network.h"
#include "base/retry_policy.h"
#include "base/stop_notice.h"

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <map>
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
    explicit Private(HttpPolicy givenPolicy)
        : policy(givenPolicy)
        , queue(std::make_shared<HostQueue>(givenPolicy.perHost))
    {
    }

    static QCoro::Task<Expected<HttpAnswer>> run(std::shared_ptr<Private> self, HttpRequest request,
                                                 std::stop_token callerStop);
    static QCoro::Task<Expected<HttpAnswer>> tryAll(std::shared_ptr<Private> self, HttpRequest request,
                                                    QString origin, std::stop_token stop);
    //! \brief Before the next try; for all that goes to this host, if the host itself asks for a pause.
    [[nodiscard]] std::chrono::milliseconds pauseAfter(const HttpAttempt::Outcome& outcome, int tryNumber,
                                                       const QString& origin);
    [[nodiscard]] bool isQuiet(const QString& origin) const;
    //! \brief Waits until the host no longer asks for quiet, or for the stop.
    static QCoro::Task<void> untilWelcome(std::shared_ptr<Private> self, QString origin,
                                          std::stop_token stop);

    HttpPolicy policy;
    std::unique_ptr<HttpNetwork> network; // Made with the first request.
    std::shared_ptr<HostQueue> queue;
    //! \brief By origin. A host that is asked for less by one request asks it of all of them.
    std::map<QString, std::chrono::steady_clock::time_point> quietUntil;
    std::stop_source closing;
};

QCoro::Task<Expected<HttpAnswer>> HttpClient::Private::run(std::shared_ptr<Private> self, HttpRequest request,
                                                           std::stop_token callerStop)
{
    // Whichever comes first: the caller's stop or the end of the client.
    std::stop_source either;
    const auto relay = [either]() mutable { either.request_stop(); };
    const std::stop_callback fromCaller(std::move(callerStop), relay);
    const std::stop_callback fromClient(self->closing.get_token(), relay);

    const QString origin = originOf(request.url).toString();
    HostQueue::Place place = self->queue->tryEnter(origin);
    if (!place) {
        HostQueue::Place waited = co_await self->queue->enter(origin, either.get_token());
        place = std::move(waited);
    }
    if (!place)
        co_return fail(ErrorCode::Cancelled, origin);
    // The place is kept during the pauses: a host that asks for quiet gets it.
    auto answer = co_await tryAll(self, std::move(request), origin, either.get_token());
    co_return answer;
}

QCoro::Task<Expected<HttpAnswer>> HttpClient::Private::tryAll(std::shared_ptr<Private> self,
                                                              HttpRequest request, QString origin,
                                                              std::stop_token stop)
{
    HttpNetwork& network = *self->network;
    const int tries = request.once ? 1 : self->policy.tries;
    for (int tryNumber = 1;; ++tryNumber) {
        if (self->isQuiet(origin))
            co_await untilWelcome(self, origin, stop);
        if (stop.stop_requested())
            co_return fail(ErrorCode::Cancelled, origin);
        const auto attempt = std::make_shared<HttpAttempt>(network.curl(), request, origin, self->policy);
        network.start(attempt);
        HttpAttempt::Outcome outcome;
        {
            const std::stop_callback onStop(stop, [&network, attempt] { network.stop(attempt); });
            AttemptEnd end{attempt};
            HttpAttempt::Outcome ended = co_await end;
            outcome = std::move(ended);
        }
        if (!outcome.passing)
            co_return std::move(outcome.answer);
        if (tryNumber >= tries) {
            if (outcome.answer && outcome.answer->status == 429)
                co_return fail(ErrorCode::ServerBusy, origin, QStringLiteral("HTTP 429"));
            co_return std::move(outcome.answer);
        }
        const auto pause = self->pauseAfter(outcome, tryNumber, origin);
        const bool waited = co_await pauseFor(pause, stop);
        if (!waited)
            co_return fail(ErrorCode::Cancelled, origin);
    }
}

std::chrono::milliseconds HttpClient::Private::pauseAfter(const HttpAttempt::Outcome& outcome, int tryNumber,
                                                          const QString& origin)
{
    const auto wish = parseRetryAfter(outcome.retryAfter, now());
    const double random = QRandomGenerator::global()->generateDouble();
    const auto pause = pauseAfterTry(policy, tryNumber, wish, random);
    if (wish) {
        auto& until = quietUntil[origin];
        until = std::max(until, std::chrono::steady_clock::now() + pause);
    }
    return pause;
}

bool HttpClient::Private::isQuiet(const QString& origin) const
{
    const auto found = quietUntil.find(origin);
    return found != quietUntil.end() && found->second > std::chrono::steady_clock::now();
}

QCoro::Task<void> HttpClient::Private::untilWelcome(std::shared_ptr<Private> self, QString origin,
                                                    std::stop_token stop)
{
    while (!stop.stop_requested() && self->isQuiet(origin)) {
        // A little later each, so that they do not all come at once.
        const double random = QRandomGenerator::global()->generateDouble();
        const auto spread =
            std::chrono::duration_cast<std::chrono::milliseconds>(self->policy.firstPause * random);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(self->quietUntil[origin] -
                                                                       std::chrono::steady_clock::now());
        (void)co_await pauseFor(left + spread, stop);
    }
}

HttpClient::HttpClient(HttpPolicy policy, QObject* parent)
    : QObject(parent)
    , d(std::make_shared<Private>(policy))
{
}

HttpClient::~HttpClient()
{
    d->closing.request_stop();
}

QCoro::Task<Expected<HttpAnswer>> HttpClient::send(HttpRequest request, std::stop_token stop)
{
    const auto self = d;
    if (!canBeSent(request.url))
        co_return fail(ErrorCode::ServerUnreachable, originOf(request.url).toString(),
                       QStringLiteral("not a web address"));
    const auto& library = curlLibrary();
    if (!library)
        co_return tl::make_unexpected(library.error());
    if (self->network == nullptr)
        self->network = std::make_unique<HttpNetwork>(*library);
    auto answer = co_await Private::run(self, std::move(request), std::move(stop));
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
