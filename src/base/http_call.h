// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/curl_library.h"
#include "base/http_client.h"

#include <array>
#include <chrono>
#include <coroutine>
#include <memory>
#include <optional>
#include <stop_token>

namespace sharelock {

//! \brief One request, tried once or several times: what is sent, what came, and what it means. Made and
//! awaited on the client's thread; in between it belongs to the network's, which hands it back with its end.
class HttpCall
{
public:
    using Clock = std::chrono::steady_clock;

    //! \brief Between two tries.
    struct Pause
    {
        std::chrono::milliseconds length;
        bool isWished = false; //!< By the host, of all that ask it.
    };

    //! \param origin of the request's URL. \param stop once requested, no try begins.
    HttpCall(const CurlLibrary& curl, HttpRequest request, QString origin, const HttpPolicy& policy,
             std::stop_token stop = {});
    ~HttpCall();
    HttpCall(const HttpCall&) = delete;
    HttpCall& operator=(const HttpCall&) = delete;

    //! \name For the client
    //! \{
    [[nodiscard]] bool isTold() const { return m_isTold; } //!< Of its end.
    //! \brief As HttpClient::send() gives it out, which tells the errors.
    [[nodiscard]] Expected<HttpAnswer> takeAnswer();
    void setWaiter(std::coroutine_handle<> waiter) { m_waiter = waiter; }
    //! \}

    //! \name For the network, on the client's thread
    //! \{
    void tellProgress(qint64 sent);
    void tellEnd();
    //! \}

    //! \name For the network, on its own thread
    //! \{
    [[nodiscard]] const QString& origin() const { return m_origin; }
    [[nodiscard]] bool goesAhead() const { return m_request.goesAhead; }
    [[nodiscard]] bool isStopped() const { return m_stop.stop_requested(); }
    //! \brief Sets up \p handle for the next try, which nothing was set in.
    void setUp(CURL* handle);
    [[nodiscard]] CURL* releaseHandle();
    [[nodiscard]] Clock::time_point deadline(Clock::time_point now);
    //! \brief The bytes handed over when somebody wants to know and they are more than last time.
    [[nodiscard]] std::optional<qint64> takeProgress();
    [[nodiscard]] qint64 sent() const { return m_try.sent; }
    //! \brief libcurl is through with it, whole or not.
    void endWith(CURLcode result);
    void endWith(ErrorCode code, const QString& detail, bool passing);
    void endLate();
    //! \brief Where it ended in a way that may pass, and may be tried again.
    [[nodiscard]] std::optional<Pause> pauseBeforeNextTry() const;
    //! \}

private:
    //! \brief What came of a try.
    struct Outcome
    {
        Expected<HttpAnswer> answer;
        QByteArray retryAfter; //!< The header, if any.
        bool passing = false;  //!< A fault that may pass: worth another try.
    };
    struct Try
    {
        std::array<char, CURL_ERROR_SIZE> words{}; //!< libcurl's, about a fault.
        qsizetype taken = 0;                       //!< By libcurl, of what is sent.
        Clock::time_point began;
        Clock::time_point lastByte;
        bool moved = false; //!< Bytes came or went since lastByte.
        qint64 sent = 0;
        qint64 notedSent = 0;
        qint64 got = 0;
        qsizetype headBytes = 0;
        bool bodyBegan = false;
        bool chunked = false;
        HttpAnswer answer;
        QByteArray retryAfter;
        Expected<void> refused; //!< Why the rest of the answer is not wanted.
    };

    void addHeader(const QByteArray& line);
    void setUpSending();
    void setUpHeaders();
    static std::size_t onBytesWanted(char* room, std::size_t size, std::size_t count, void* self);
    static std::size_t onHeaderBytes(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t onBodyBytes(char* bytes, std::size_t size, std::size_t count, void* self);
    static int onTransferred(void* self, curl_off_t, curl_off_t got, curl_off_t, curl_off_t sent);
    [[nodiscard]] bool takeHeader(QByteArrayView line);
    void beginHead();
    [[nodiscard]] bool onHeadComplete();
    [[nodiscard]] bool refuse(ErrorCode code, const QString& detail);

    [[nodiscard]] int status() const;
    [[nodiscard]] Outcome networkFault(CURLcode result) const;
    [[nodiscard]] bool isCutShort() const;

    const CurlLibrary& m_curl;
    HttpRequest m_request;
    QString m_origin;
    HttpPolicy m_policy;
    std::stop_token m_stop;

    CURL* m_handle = nullptr;        // Lent.
    curl_slist* m_headers = nullptr; // Owned.
    int m_tries = 0;                 // That were begun.
    Try m_try;
    Outcome m_outcome;

    // Of the client's thread.
    qint64 m_toldSent = -1;
    bool m_isTold = false;
    std::coroutine_handle<> m_waiter;
};

//! \brief Awaits the answer of an call that was given to a network, once.
struct CallEnd
{
    std::shared_ptr<HttpCall> call;

    [[nodiscard]] bool await_ready() const noexcept { return call->isTold(); }
    void await_suspend(std::coroutine_handle<> waiter) const noexcept { call->setWaiter(waiter); }
    [[nodiscard]] Expected<HttpAnswer> await_resume() const { return call->takeAnswer(); }
};

} // namespace sharelock
