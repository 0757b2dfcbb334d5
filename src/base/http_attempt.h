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

namespace sharelock {

//! \brief One try of one request: what is sent, what came, and what it means. Made and awaited on the
//! client's thread; in between it belongs to the network's, which hands it back with its end.
class HttpAttempt
{
public:
    using Clock = std::chrono::steady_clock;

    //! \brief What came of it.
    struct Outcome
    {
        Expected<HttpAnswer> answer;
        QByteArray retryAfter; //!< The header, if any.
        bool passing = false;  //!< A fault that may pass: worth another try.
    };

    //! \param origin of the request's URL.
    HttpAttempt(const CurlLibrary& curl, const HttpRequest& request, QString origin,
                const HttpPolicy& policy);
    ~HttpAttempt();
    HttpAttempt(const HttpAttempt&) = delete;
    HttpAttempt& operator=(const HttpAttempt&) = delete;

    //! \name For the client
    //! \{
    [[nodiscard]] bool isTold() const { return m_isTold; } //!< Of its end.
    [[nodiscard]] Outcome takeOutcome() { return std::move(m_outcome); }
    void setWaiter(std::coroutine_handle<> waiter) { m_waiter = waiter; }
    //! \}

    //! \name For the network, on the client's thread
    //! \{
    void tellProgress(qint64 sent);
    void tellEnd();
    //! \}

    //! \name For the network, on its own thread
    //! \{
    //! \brief Sets up \p handle for it, which nothing was set in.
    void setUp(CURL* handle);
    [[nodiscard]] CURL* releaseHandle();
    [[nodiscard]] Clock::time_point deadline(Clock::time_point now);
    //! \brief The bytes handed over when somebody wants to know and they are more than last time.
    [[nodiscard]] std::optional<qint64> takeProgress();
    [[nodiscard]] qint64 sent() const { return m_sent; }
    //! \brief libcurl is through with it, whole or not.
    void endWith(CURLcode result);
    void endWith(ErrorCode code, const QString& detail, bool passing);
    void endLate();
    //! \}

private:
    void addHeader(const QByteArray& line);
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

    CURL* m_handle = nullptr;                    // Lent.
    curl_slist* m_headers = nullptr;             // Owned.
    std::array<char, CURL_ERROR_SIZE> m_words{}; // libcurl's, about a fault.
    qsizetype m_taken = 0;                       // By libcurl, of what is sent.

    Clock::time_point m_began;
    Clock::time_point m_lastByte;
    bool m_moved = false; // Bytes came or went since m_lastByte.
    qint64 m_sent = 0;
    qint64 m_notedSent = 0;
    qint64 m_got = 0;
    qsizetype m_headBytes = 0;
    bool m_bodyBegan = false;
    bool m_chunked = false;
    HttpAnswer m_answer;
    QByteArray m_retryAfter;
    Expected<void> m_refused; // Why the rest of the answer is not wanted.
    Outcome m_outcome;

    // Of the client's thread.
    qint64 m_toldSent = -1;
    bool m_isTold = false;
    std::coroutine_handle<> m_waiter;
};

//! \brief Awaits the outcome of an attempt that was given to a network, once.
struct AttemptEnd
{
    std::shared_ptr<HttpAttempt> attempt;

    [[nodiscard]] bool await_ready() const noexcept { return attempt->isTold(); }
    void await_suspend(std::coroutine_handle<> waiter) const noexcept { attempt->setWaiter(waiter); }
    [[nodiscard]] HttpAttempt::Outcome await_resume() const noexcept { return attempt->takeOutcome(); }
};

} // namespace sharelock
