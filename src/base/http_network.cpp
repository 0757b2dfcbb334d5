// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_network.h"

#include "base/http_call.h"

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

HttpNetwork::HttpNetwork(const CurlLibrary& curl, const HttpPolicy& policy)
    : m_curl(curl)
    , m_lines(policy)
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

void HttpNetwork::start(std::shared_ptr<HttpCall> call)
{
    order([&](Orders& orders) { orders.starts.push_back(std::move(call)); });
}

void HttpNetwork::stop(std::shared_ptr<HttpCall> call)
{
    order([&](Orders& orders) { orders.stops.push_back(std::move(call)); });
}

void HttpNetwork::close()
{
    order([](Orders& orders) { orders.closes = true; });
}

void HttpNetwork::order(const std::function<void(Orders&)>& add)
{
    bool rests = false;
    {
        const std::scoped_lock lock(m_mutex);
        add(m_orders);
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
        news.call->tellProgress(news.sent);
        if (news.ended)
            news.call->tellEnd();
    }
}

void HttpNetwork::run()
{
    Orders orders;
    while (takeOrders(orders)) {
        line(orders);
        transfer();
        // After it, so that a stop does not come before an answer that was there.
        stopAll(orders.stops);
        const auto longest = checkDeadlines();
        noteProgress();
        rest(longest);
    }
    while (!m_underWay.empty()) {
        const auto call = m_underWay.back();
        call->endWith(ErrorCode::Cancelled, {}, false);
        noteEnd(*call);
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

void HttpNetwork::line(const Orders& orders)
{
    for (const auto& call : orders.starts)
        m_lines.join(call);
    // Before it is their turn.
    for (const auto& call : orders.stops) {
        if (m_lines.drop(*call))
            noteCancelled(call);
    }
    m_isClosed = m_isClosed || orders.closes;
    if (m_isClosed)
        cancelInLine();
}

void HttpNetwork::cancelInLine()
{
    for (const auto& call : m_lines.dropAll())
        noteCancelled(call);
}

void HttpNetwork::transfer()
{
    (void)beginAdmitted();
    do {
        int running = 0;
        m_curl.multiPerform(m_multi, &running);
        takeEnded();
    } while (beginAdmitted());
}

bool HttpNetwork::beginAdmitted()
{
    bool begins = false;
    for (const auto& call : m_lines.admit(Clock::now())) {
        // Many are stopped at once, but told of one after the other: none of them gets the place of another.
        if (call->isStopped()) {
            m_lines.leave(*call);
            noteCancelled(call);
        } else {
            begin(call);
        }
        begins = true;
    }
    return begins;
}

void HttpNetwork::begin(const std::shared_ptr<HttpCall>& call)
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
    call->setUp(handle);
    m_curl.easySetopt(handle, CURLOPT_PRIVATE, call.get());
    m_curl.multiAddHandle(m_multi, handle);
    m_underWay.push_back(call);
}

void HttpNetwork::takeEnded()
{
    int left = 0;
    while (const CURLMsg* message = m_curl.multiInfoRead(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        void* call = nullptr;
        const CURLcode result = message->data.result;
        m_curl.easyGetinfo(message->easy_handle, CURLINFO_PRIVATE, &call);
        static_cast<HttpCall*>(call)->endWith(result);
        noteEnd(*static_cast<HttpCall*>(call));
    }
}

void HttpNetwork::stopAll(Calls stops)
{
    if (m_isClosed) {
        stops = m_underWay;
        cancelInLine();
    }
    for (const auto& call : stops) {
        if (contains(m_underWay, call)) {
            call->endWith(ErrorCode::Cancelled, {}, false);
            noteEnd(*call);
        } else if (m_lines.drop(*call)) { // It pauses since a moment ago.
            noteCancelled(call);
        }
    }
}

std::chrono::milliseconds HttpNetwork::checkDeadlines()
{
    const auto at = Clock::now();
    auto first = at + longestRest;
    for (std::size_t left = m_underWay.size(); left > 0; --left) {
        HttpCall& call = *m_underWay[left - 1];
        const auto deadline = call.deadline(at);
        if (deadline <= at) {
            call.endLate();
            noteEnd(call);
        } else {
            first = std::min(first, deadline);
        }
    }
    first = std::min(first, m_lines.nextAdmission());
    return std::chrono::ceil<std::chrono::milliseconds>(std::max(first, at) - at);
}

void HttpNetwork::noteProgress()
{
    for (const auto& call : m_underWay) {
        if (const auto sent = call->takeProgress())
            addNews({call, *sent, false});
    }
}

// Gives its handle back, which ends its connection unless the answer came whole.
void HttpNetwork::noteEnd(const HttpCall& call)
{
    const auto found = std::find_if(m_underWay.begin(), m_underWay.end(),
                                    [&](const auto& one) { return one.get() == &call; });
    const std::shared_ptr<HttpCall> ended = std::move(*found);
    m_underWay.erase(found);
    CURL* handle = ended->releaseHandle();
    m_curl.multiRemoveHandle(m_multi, handle);
    if (m_spare.size() < keptHandles)
        m_spare.push_back(handle);
    else
        m_curl.easyCleanup(handle);
    const auto pause = ended->pauseBeforeNextTry();
    if (!pause) {
        m_lines.leave(*ended);
        addNews({ended, ended->sent(), true});
        return;
    }
    const auto until = Clock::now() + pause->length;
    if (pause->isWished)
        m_lines.keepQuiet(ended->origin(), until);
    m_lines.pause(ended, until);
}

void HttpNetwork::noteCancelled(const std::shared_ptr<HttpCall>& call)
{
    call->endWith(ErrorCode::Cancelled, {}, false);
    addNews({call, call->sent(), true});
}

void HttpNetwork::addNews(News news)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_news.empty() && m_news.back().call == news.call)
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
        m_rests = m_orders.starts.empty() && m_orders.stops.empty() && !m_orders.closes && !m_isOver;
        if (!m_rests)
            return;
    }
    m_curl.multiPoll(m_multi, nullptr, 0, static_cast<int>(longest.count()), nullptr);
}

} // namespace sharelock
