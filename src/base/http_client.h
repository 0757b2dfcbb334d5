// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QObject>
#include <QUrl>

#include <QCoroTask>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

namespace sharelock {

//! \brief How long, how often, how much. The one place for time limits, retry and rate limits.
struct HttpPolicy
{
    std::chrono::milliseconds idleTimeout{20'000};   //!< Without any byte in either direction.
    std::chrono::milliseconds totalTimeout{300'000}; //!< For one try, all in all.
    qint64 maxAnswerBytes = 256 * 1024 * 1024;       //!< More ends the request: AnswerTooLarge.
    int tries = 4;                                   //!< Includes the first one.
    std::chrono::milliseconds firstPause{250};       //!< Doubles with each try, with jitter.
    std::chrono::milliseconds longestPause{30'000};  //!< Bounds Retry-After too.
    int perHost = 4;                                 //!< Requests under way at once to one host.
};

struct HttpRequest
{
    QByteArray verb; //!< `GET`, `POST`, `DELETE`.
    QUrl url;
    QByteArray body; //!< JSON; empty for none. May hold a key: never logged.
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    //! \brief Sent once, whatever becomes of it: for what must not be done twice when an answer was lost.
    bool once = false;
    //! \brief Goes on with what has begun: sent before those in line that do not.
    bool goesAhead = false;
    //! \brief Bytes of the body handed to the network so far, and in total. Called on the client's thread.
    std::function<void(qint64 sent, qint64 total)> onProgress;
};

//! \brief Any complete HTTP answer, whatever its status: only the caller knows what a 500 means there.
struct HttpAnswer
{
    int status = 0;
    QByteArray body; //!< Never logged: servers echo keys.
    QByteArray contentType;
    QByteArray etag; //!< To ask with, next time, whether it changed. Empty for none.
};

//! \brief Sends requests with bounds, retry and per-host limits.
//!
//! Retried, with exponential pauses and jitter: connection refused or reset, time-out, 429 (honouring
//! Retry-After, by all requests to that host), 502, 503, 504. Never retried: 500, since share servers use it
//! for "not found". Redirects are never followed. Cookies and caches are off. Lives in, and is used from, one
//! thread with an event loop. When it goes, requests under way end with Cancelled, from the event loop.
class HttpClient : public QObject
{
    Q_OBJECT
public:
    explicit HttpClient(HttpPolicy policy = {}, QObject* parent = nullptr);
    ~HttpClient() override;

    //! \brief Errors: ServerUnreachable, ServerTimeout, ServerBusy, ServerRedirected, AnswerTooLarge,
    //! TlsFailed, ServerBadAnswer (no HTTP at all), HttpLibraryMissing, Cancelled. An answer that was whole
    //! when \p stop came is still returned, since it may hold a key; so is a last 502, 503 or 504. The
    //! error's subject is the URL's origin, its detail never quotes body or answer. Parameters are taken by
    //! value: they live in the coroutine.
    [[nodiscard]] QCoro::Task<Expected<HttpAnswer>> send(HttpRequest request, std::stop_token stop = {});

private:
    class Private;
    std::shared_ptr<Private> d;
};

//! \brief Scheme, host and port only; what a key may be sent to.
[[nodiscard]] QUrl originOf(const QUrl& url);

} // namespace sharelock
