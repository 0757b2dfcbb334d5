// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"

#include <QCoroTask>

namespace sharelock::tests {

//! \brief Times that make a test quick; nothing is tried again unless a test says so.
inline HttpPolicy quick()
{
    using namespace std::chrono_literals;
    HttpPolicy policy;
    policy.idleTimeout = 20s;
    policy.totalTimeout = 30s;
    policy.tries = 1;
    policy.firstPause = 1ms;
    policy.longestPause = 50ms;
    return policy;
}

inline HttpRequest request(const QByteArray& verb, const QUrl& url, const QByteArray& body = {})
{
    HttpRequest result;
    result.verb = verb;
    result.url = url;
    result.body = body;
    return result;
}

inline Expected<HttpAnswer> send(HttpClient& client, const HttpRequest& what)
{
    return QCoro::waitFor(client.send(what));
}

} // namespace sharelock::tests
