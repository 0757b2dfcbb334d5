// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/curl_library.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace sharelock {

class HttpAttempt;

//! \brief libcurl on the event loop of this thread: connections and their reuse, and the time limits of what
//! is under way. Nothing of ours but the attempts' own bookkeeping runs inside libcurl: their ends are told
//! of from the event loop. Outlives all attempts on it. Source: curl_multi_socket_action(3),
//! libcurl-multi(3).
class HttpNetwork : public QObject
{
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;

    explicit HttpNetwork(const CurlLibrary& curl);
    ~HttpNetwork() override;

    [[nodiscard]] const CurlLibrary& curl() const { return m_curl; }
    //! \brief An unused handle with nothing set but where its connection's end is told; from curl_easy_init.
    [[nodiscard]] CURL* takeHandle();
    //! \brief Begins what \p handle was set up for. \p attempt is told of the end, see HttpAttempt::onEnded.
    void start(HttpAttempt& attempt, CURL* handle);
    //! \brief No more for \p attempt, which gives \p handle back. Ends its connection unless the answer had
    //! come whole.
    void drop(HttpAttempt& attempt, CURL* handle);

private:
    struct Watch
    {
        std::unique_ptr<QSocketNotifier> read;
        std::unique_ptr<QSocketNotifier> write;
    };
    static int onSocket(CURL* handle, curl_socket_t socket, int what, void* self, void* own);
    static int onTimer(CURLM* multi, long milliseconds, void* self);
    static int onClose(void* self, curl_socket_t socket);

    void watch(curl_socket_t socket, int what);
    void act(curl_socket_t socket, int events);
    void collectEnded();
    void tellProgress();
    void tellEnded();
    void checkDeadlines();
    void awaitDeadline(Clock::time_point deadline);

    const CurlLibrary& m_curl;
    CURLM* m_multi;
    std::map<curl_socket_t, Watch> m_watches;
    QTimer m_timer;     // libcurl's.
    QTimer m_deadlines; // Ours, for the earliest of all; may be early, never late.
    Clock::time_point m_nextDeadline = Clock::time_point::max();
    std::set<HttpAttempt*> m_underWay;
    std::vector<HttpAttempt*> m_ended;
    bool m_tells = false;       // A call of tellEnded() is on its way.
    std::vector<CURL*> m_spare; // Handles that are owned, unused.
};

} // namespace sharelock
