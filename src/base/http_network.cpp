// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_network.h"

#include "base/http_attempt.h"

#include <algorithm>
#include <csignal>
#include <utility>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

namespace sharelock {

namespace {

// Idle ones that are kept: as many requests go to a few hosts at once.
constexpr long keptConnections = 16;
constexpr std::size_t keptHandles = 16;

int closeSocket(curl_socket_t socket)
{
#ifdef Q_OS_WIN
    return ::closesocket(socket);
#else
    return ::close(socket);
#endif
}

// With CURLOPT_NOSIGNAL libcurl leaves it to us that a connection which closes while we write is an error and
// not our end: OpenSSL writes without MSG_NOSIGNAL. Qt does the same as soon as it opens a socket.
void ignoreBrokenPipes()
{
#ifndef Q_OS_WIN
    std::signal(SIGPIPE, SIG_IGN);
#endif
}

} // namespace

HttpNetwork::HttpNetwork(const CurlLibrary& curl)
    : m_curl(curl)
{
    ignoreBrokenPipes();
    m_multi = m_curl.multiInit();
    Q_CHECK_PTR(m_multi);
    m_curl.multiSetopt(m_multi, CURLMOPT_SOCKETFUNCTION, &HttpNetwork::onSocket);
    m_curl.multiSetopt(m_multi, CURLMOPT_SOCKETDATA, this);
    m_curl.multiSetopt(m_multi, CURLMOPT_TIMERFUNCTION, &HttpNetwork::onTimer);
    m_curl.multiSetopt(m_multi, CURLMOPT_TIMERDATA, this);
    m_curl.multiSetopt(m_multi, CURLMOPT_MAXCONNECTS, keptConnections);
    m_curl.multiSetopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_deadlines.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
    connect(&m_deadlines, &QTimer::timeout, this, &HttpNetwork::checkDeadlines);
}

HttpNetwork::~HttpNetwork()
{
    for (CURL* handle : m_spare)
        m_curl.easyCleanup(handle);
    m_curl.multiCleanup(m_multi); // Closes what is kept, so it still calls onClose().
}

CURL* HttpNetwork::takeHandle()
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
    m_curl.easySetopt(handle, CURLOPT_CLOSESOCKETFUNCTION, &HttpNetwork::onClose);
    m_curl.easySetopt(handle, CURLOPT_CLOSESOCKETDATA, this);
    return handle;
}

void HttpNetwork::start(HttpAttempt& attempt, CURL* handle)
{
    m_curl.easySetopt(handle, CURLOPT_PRIVATE, &attempt);
    m_underWay.insert(&attempt);
    awaitDeadline(attempt.deadline());
    m_curl.multiAddHandle(m_multi, handle);
    // What onTimer() was asked for just now, without a turn of the event loop in between.
    act(CURL_SOCKET_TIMEOUT, 0);
}

void HttpNetwork::drop(HttpAttempt& attempt, CURL* handle)
{
    if (m_underWay.erase(&attempt) > 0)
        m_curl.multiRemoveHandle(m_multi, handle);
    std::erase(m_ended, &attempt);
    if (m_spare.size() < keptHandles)
        m_spare.push_back(handle);
    else
        m_curl.easyCleanup(handle);
}

int HttpNetwork::onSocket(CURL*, curl_socket_t socket, int what, void* self, void*)
{
    static_cast<HttpNetwork*>(self)->watch(socket, what);
    return 0;
}

int HttpNetwork::onTimer(CURLM*, long milliseconds, void* self)
{
    QTimer& timer = static_cast<HttpNetwork*>(self)->m_timer;
    if (milliseconds < 0)
        timer.stop();
    else
        timer.start(std::chrono::milliseconds(milliseconds));
    return 0;
}

int HttpNetwork::onClose(void* self, curl_socket_t socket)
{
    auto& watches = static_cast<HttpNetwork*>(self)->m_watches;
    const auto found = watches.find(socket);
    if (found != watches.end()) {
        // This may be called from what they told, so they go later; the number may come back at once.
        for (std::unique_ptr<QSocketNotifier>* notifier : {&found->second.read, &found->second.write}) {
            if (*notifier != nullptr) {
                (*notifier)->setEnabled(false);
                notifier->release()->deleteLater();
            }
        }
        watches.erase(found);
    }
    return closeSocket(socket);
}

// Kept, switched off, from one request over a connection to the next.
void HttpNetwork::watch(curl_socket_t socket, int what)
{
    Watch& watch = m_watches[socket];
    const auto follow = [&](std::unique_ptr<QSocketNotifier>& notifier, QSocketNotifier::Type type, int event,
                            bool wanted) {
        if (notifier == nullptr && wanted) {
            notifier = std::make_unique<QSocketNotifier>(socket, type);
            connect(notifier.get(), &QSocketNotifier::activated, this,
                    [this, socket, event] { act(socket, event); });
        } else if (notifier != nullptr) {
            notifier->setEnabled(wanted);
        }
    };
    const bool ends = what == CURL_POLL_REMOVE;
    follow(watch.read, QSocketNotifier::Read, CURL_CSELECT_IN, !ends && (what & CURL_POLL_IN) != 0);
    follow(watch.write, QSocketNotifier::Write, CURL_CSELECT_OUT, !ends && (what & CURL_POLL_OUT) != 0);
}

void HttpNetwork::act(curl_socket_t socket, int events)
{
    int running = 0;
    m_curl.multiSocketAction(m_multi, socket, events, &running);
    collectEnded();
    tellProgress();
}

void HttpNetwork::collectEnded()
{
    int left = 0;
    while (const CURLMsg* message = m_curl.multiInfoRead(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        void* attempt = nullptr;
        m_curl.easyGetinfo(message->easy_handle, CURLINFO_PRIVATE, &attempt);
        static_cast<HttpAttempt*>(attempt)->noteEnd(message->data.result);
        m_ended.push_back(static_cast<HttpAttempt*>(attempt));
    }
    if (!m_ended.empty() && !std::exchange(m_tells, true))
        QMetaObject::invokeMethod(this, &HttpNetwork::tellEnded, Qt::QueuedConnection);
}

void HttpNetwork::tellProgress()
{
    const std::vector<HttpAttempt*> all(m_underWay.begin(), m_underWay.end());
    for (HttpAttempt* attempt : all) {
        if (m_underWay.contains(attempt))
            attempt->tellProgress();
    }
}

void HttpNetwork::tellEnded()
{
    m_tells = false;
    // One after the other: what one's end leads to may drop others or start new ones.
    for (std::size_t left = m_ended.size(); left > 0 && !m_ended.empty(); --left) {
        HttpAttempt* attempt = m_ended.front();
        m_ended.erase(m_ended.begin());
        attempt->onEnded();
    }
}

void HttpNetwork::checkDeadlines()
{
    m_nextDeadline = Clock::time_point::max();
    const auto at = Clock::now();
    const std::vector<HttpAttempt*> all(m_underWay.begin(), m_underWay.end());
    for (HttpAttempt* attempt : all) {
        if (!m_underWay.contains(attempt))
            continue;
        const auto deadline = attempt->deadline();
        if (deadline <= at)
            attempt->onDeadline();
        else
            awaitDeadline(deadline);
    }
}

void HttpNetwork::awaitDeadline(Clock::time_point deadline)
{
    if (deadline >= m_nextDeadline)
        return;
    m_nextDeadline = deadline;
    m_deadlines.start(std::max(std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()),
                               std::chrono::milliseconds(0)));
}

} // namespace sharelock
