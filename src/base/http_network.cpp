// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_network.h"

#include "base/http_attempt.h"

#include <algorithm>
#include <csignal>
#include <utility>

namespace sharelock {

namespace {

// Idle ones that are kept: as many requests go to a few hosts at once.
constexpr long keptConnections = 16;
constexpr std::size_t keptHandles = 16;
constexpr std::chrono::milliseconds longestRest = std::chrono::hours(1);

// With CURLOPT_NOSIGNAL libcurl leaves it to us that a connection which closes while we write is an error and
// not our end: OpenSSL writes without MSG_NOSIGNAL. Qt does the same as soon as it opens a socket.
void ignoreBrokenPipes()
{
#ifndef Q_OS_WIN
    std::signal(SIGPIPE, SIG_IGN);
#endif
}

template <typename T>
bool contains(const std::vector<T>& list, const T& item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

} // namespace

HttpNetwork::HttpNetwork(const CurlLibrary& curl)
    : m_curl(curl)
{
    ignoreBrokenPipes();
    m_multi = m_curl.multiInit();
    Q_CHECK_PTR(m_multi);
    m_curl.multiSetopt(m_multi, CURLMOPT_MAXCONNECTS, keptConnections);
    m_curl.multiSetopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
    m_thread = std::thread([this] { run(); });
}

HttpNetwork::~HttpNetwork()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isOver = true;
    }
    m_curl.multiWakeup(m_multi);
    m_thread.join();
    for (CURL* handle : m_spare)
        m_curl.easyCleanup(handle);
    m_curl.multiCleanup(m_multi);
}

void HttpNetwork::start(std::shared_ptr<HttpAttempt> attempt)
{
    order(&Orders::starts, std::move(attempt));
}

void HttpNetwork::stop(std::shared_ptr<HttpAttempt> attempt)
{
    order(&Orders::stops, std::move(attempt));
}

void HttpNetwork::order(Attempts Orders::*list, std::shared_ptr<HttpAttempt> attempt)
{
    bool rests = false;
    {
        const std::scoped_lock lock(m_mutex);
        (m_orders.*list).push_back(std::move(attempt));
        rests = std::exchange(m_rests, false);
    }
    if (rests)
        m_curl.multiWakeup(m_multi);
}

void HttpNetwork::tell()
{
    std::vector<News> all;
    {
        const std::scoped_lock lock(m_mutex);
        all.swap(m_news);
        m_tells = false;
    }
    // Nothing of this object from here on: what one's end leads to may be the end of it.
    for (const News& news : all) {
        news.attempt->tellProgress(news.sent);
        if (news.ended)
            news.attempt->tellEnd();
    }
}

void HttpNetwork::run()
{
    Orders orders;
    while (takeOrders(orders)) {
        for (const auto& attempt : orders.starts) {
            if (contains(orders.stops, attempt)) {
                attempt->endWith(ErrorCode::Cancelled, {}, false);
                addNews({attempt, 0, true});
            } else {
                begin(attempt);
            }
        }
        transfer();
        // After it, so that a stop does not come before an answer that was there.
        stopAll(orders.stops);
        const auto longest = checkDeadlines();
        noteProgress();
        rest(longest);
    }
    while (!m_underWay.empty()) {
        const auto attempt = m_underWay.back();
        attempt->endWith(ErrorCode::Cancelled, {}, false);
        noteEnd(*attempt);
    }
}

bool HttpNetwork::takeOrders(Orders& orders)
{
    orders = {};
    const std::scoped_lock lock(m_mutex);
    m_rests = false;
    std::swap(orders, m_orders);
    return !m_isOver;
}

void HttpNetwork::begin(const std::shared_ptr<HttpAttempt>& attempt)
{
    CURL* handle = nullptr;
    if (m_spare.empty()) {
        handle = m_curl.easyInit();
        Q_CHECK_PTR(handle);
    } else {
        handle = m_spare.back();
        m_spare.pop_back();
        m_curl.easyReset(handle);
    }
    attempt->setUp(handle);
    m_curl.easySetopt(handle, CURLOPT_PRIVATE, attempt.get());
    m_curl.multiAddHandle(m_multi, handle);
    m_underWay.push_back(attempt);
}

void HttpNetwork::transfer()
{
    int running = 0;
    m_curl.multiPerform(m_multi, &running);
    int left = 0;
    while (const CURLMsg* message = m_curl.multiInfoRead(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        void* attempt = nullptr;
        const CURLcode result = message->data.result;
        m_curl.easyGetinfo(message->easy_handle, CURLINFO_PRIVATE, &attempt);
        static_cast<HttpAttempt*>(attempt)->endWith(result);
        noteEnd(*static_cast<HttpAttempt*>(attempt));
    }
}

void HttpNetwork::stopAll(const Attempts& stops)
{
    for (const auto& attempt : stops) {
        if (!contains(m_underWay, attempt))
            continue;
        attempt->endWith(ErrorCode::Cancelled, {}, false);
        noteEnd(*attempt);
    }
}

std::chrono::milliseconds HttpNetwork::checkDeadlines()
{
    const auto at = Clock::now();
    auto first = at + longestRest;
    for (std::size_t left = m_underWay.size(); left > 0; --left) {
        HttpAttempt& attempt = *m_underWay[left - 1];
        const auto deadline = attempt.deadline(at);
        if (deadline <= at) {
            attempt.endLate();
            noteEnd(attempt);
        } else {
            first = std::min(first, deadline);
        }
    }
    return std::chrono::ceil<std::chrono::milliseconds>(first - at);
}

void HttpNetwork::noteProgress()
{
    for (const auto& attempt : m_underWay) {
        if (const auto sent = attempt->takeProgress())
            addNews({attempt, *sent, false});
    }
}

// Gives its handle back, which ends its connection unless the answer came whole.
void HttpNetwork::noteEnd(const HttpAttempt& attempt)
{
    const auto found = std::find_if(m_underWay.begin(), m_underWay.end(),
                                    [&](const auto& one) { return one.get() == &attempt; });
    const std::shared_ptr<HttpAttempt> ended = std::move(*found);
    m_underWay.erase(found);
    CURL* handle = ended->releaseHandle();
    m_curl.multiRemoveHandle(m_multi, handle);
    if (m_spare.size() < keptHandles)
        m_spare.push_back(handle);
    else
        m_curl.easyCleanup(handle);
    addNews({ended, ended->sent(), true});
}

void HttpNetwork::addNews(News news)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_news.empty() && m_news.back().attempt == news.attempt)
        m_news.back() = std::move(news);
    else
        m_news.push_back(std::move(news));
    if (!std::exchange(m_tells, true))
        QMetaObject::invokeMethod(this, &HttpNetwork::tell, Qt::QueuedConnection);
}

void HttpNetwork::rest(std::chrono::milliseconds longest)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_rests = m_orders.starts.empty() && m_orders.stops.empty() && !m_isOver;
        if (!m_rests)
            return;
    }
    m_curl.multiPoll(m_multi, nullptr, 0, static_cast<int>(longest.count()), nullptr);
}

} // namespace sharelock
