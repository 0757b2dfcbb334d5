// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/curl_library.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace sharelock {

class HttpAttempt;

//! \brief libcurl on a thread of its own: connections and their reuse, the attempts under way and their time
//! limits. What there is to tell of them is told on the thread that made it, from its event loop. Source:
//! curl_multi_poll(3), libcurl-multi(3).
class HttpNetwork : public QObject
{
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;

    explicit HttpNetwork(const CurlLibrary& curl);
    //! \brief Ends what is under way, untold, and waits for the thread.
    ~HttpNetwork() override;

    [[nodiscard]] const CurlLibrary& curl() const { return m_curl; }
    //! \brief Begins \p attempt; HttpAttempt::tellEnd() follows. From this object's thread.
    void start(std::shared_ptr<HttpAttempt> attempt);
    //! \brief No more for \p attempt, unless its answer has come whole. From any thread.
    void stop(std::shared_ptr<HttpAttempt> attempt);

private:
    using Attempts = std::vector<std::shared_ptr<HttpAttempt>>;
    struct Orders
    {
        Attempts starts;
        Attempts stops;
    };
    struct News
    {
        std::shared_ptr<HttpAttempt> attempt;
        qint64 sent = 0;
        bool ended = false;
    };

    void order(Attempts Orders::*list, std::shared_ptr<HttpAttempt> attempt);
    void tell();

    //! \name Of the network's thread
    //! \{
    void run();
    //! \returns false when all is over.
    [[nodiscard]] bool takeOrders(Orders& orders);
    void begin(const std::shared_ptr<HttpAttempt>& attempt);
    void transfer();
    void stopAll(const Attempts& stops);
    //! \returns how long nothing has to be looked at.
    [[nodiscard]] std::chrono::milliseconds checkDeadlines();
    void noteProgress();
    void noteEnd(const HttpAttempt& attempt);
    void addNews(News news);
    //! \brief Waits for the network or for orders.
    void rest(std::chrono::milliseconds longest);
    //! \}

    const CurlLibrary& m_curl;
    CURLM* m_multi;

    // Of the network's thread.
    Attempts m_underWay;
    std::vector<CURL*> m_spare; // Handles that are owned, unused.

    std::mutex m_mutex; // For what follows.
    Orders m_orders;
    std::vector<News> m_news;
    bool m_tells = false; // A call of tell() is on its way.
    bool m_rests = false; // The network's thread waits, and has to be woken.
    bool m_isOver = false;

    std::thread m_thread; // Last: it uses all the rest.
};

} // namespace sharelock
