// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/curl_library.h"
#include "base/host_lines.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace sharelock {

class HttpCall;

//! \brief libcurl on a thread of its own: connections and their reuse, the calls under way and their time
//! limits, those in line, and trying again. So the next one is sent when an answer has come, whatever the
//! thread that asks is busy with. What there is to tell is told on that thread, from its event loop. Source:
//! curl_multi_poll(3), libcurl-multi(3).
class HttpNetwork : public QObject
{
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;

    HttpNetwork(const CurlLibrary& curl, const HttpPolicy& policy);
    //! \brief Ends what is under way, untold, and waits for the thread.
    ~HttpNetwork() override;

    [[nodiscard]] const CurlLibrary& curl() const { return m_curl; }
    //! \brief Begins \p call when it is its turn; HttpCall::tellEnd() follows. From this object's
    //! thread.
    void start(std::shared_ptr<HttpCall> call);
    //! \brief No more for \p call, unless its answer has come whole. From any thread.
    void stop(std::shared_ptr<HttpCall> call);
    //! \brief As if all were stopped, those to come too. From this object's thread.
    void close();

private:
    using Calls = std::vector<std::shared_ptr<HttpCall>>;
    struct Orders
    {
        Calls starts;
        Calls stops;
        bool closes = false;
    };
    struct News
    {
        std::shared_ptr<HttpCall> call;
        qint64 sent = 0;
        bool ended = false;
    };

    void order(const std::function<void(Orders&)>& add);
    void tell();

    //! \name Of the network's thread
    //! \{
    void run();
    //! \returns false when all is over.
    [[nodiscard]] bool takeOrders(Orders& orders);
    void line(const Orders& orders);
    void transfer();
    //! \returns whether there was one to be sent.
    bool beginAdmitted();
    void begin(const std::shared_ptr<HttpCall>& call);
    void takeEnded();
    void stopAll(Calls stops);
    void cancelInLine();
    //! \returns how long nothing has to be looked at.
    [[nodiscard]] std::chrono::milliseconds checkDeadlines();
    void noteProgress();
    void noteEnd(const HttpCall& call);
    void noteCancelled(const std::shared_ptr<HttpCall>& call);
    void addNews(News news);
    //! \brief Waits for the network or for orders.
    void rest(std::chrono::milliseconds longest);
    //! \}

    const CurlLibrary& m_curl;
    CURLM* m_multi;

    // Of the network's thread.
    HostLines m_lines;
    Calls m_underWay;
    std::vector<CURL*> m_spare; // Handles that are owned, unused.
    bool m_isClosed = false;

    std::mutex m_mutex; // For what follows.
    Orders m_orders;
    std::vector<News> m_news;
    bool m_tells = false; // A call of tell() is on its way.
    bool m_rests = false; // The network's thread waits, and has to be woken.
    bool m_isOver = false;

    std::thread m_thread; // Last: it uses all the rest.
};

} // namespace sharelock
