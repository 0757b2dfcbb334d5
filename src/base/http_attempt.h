// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"
#include "base/http_network.h"
#include "base/stop_notice.h"

#include <array>
#include <stop_token>

namespace sharelock {

//! \brief One try of one request. Emits finished() once, from the event loop, when outcome() is there.
class HttpAttempt : public QObject
{
    Q_OBJECT
public:
    //! \brief What came of it.
    struct Outcome
    {
        Expected<HttpAnswer> answer;
        QByteArray retryAfter; //!< The header, if any.
        bool passing = false;  //!< A fault that may pass: worth another try.
    };

    HttpAttempt(HttpNetwork& network, const HttpRequest& request, const HttpPolicy& policy,
                std::stop_token stop);
    ~HttpAttempt() override;

    [[nodiscard]] Outcome takeOutcome();

    //! \name For the network only
    //! \{
    [[nodiscard]] HttpNetwork::Clock::time_point deadline() const;
    void onDeadline();
    void tellProgress();
    void noteEnd(CURLcode result);
    void onEnded();
    //! \}

Q_SIGNALS:
    void finished();

private:
    void setUp(const HttpRequest& request);
    void addHeader(const QByteArray& line);
    static std::size_t onBytesWanted(char* room, std::size_t size, std::size_t count, void* self);
    static std::size_t onHeaderBytes(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t onBodyBytes(char* bytes, std::size_t size, std::size_t count, void* self);
    static int onTransferred(void* self, curl_off_t, curl_off_t got, curl_off_t, curl_off_t sent);
    [[nodiscard]] bool takeHeader(QByteArrayView line);
    void beginHead();
    [[nodiscard]] bool onHeadComplete();
    [[nodiscard]] bool refuse(ErrorCode code, const QString& detail);

    [[nodiscard]] int status() const;
    [[nodiscard]] Outcome networkFault() const;
    [[nodiscard]] bool isCutShort() const;
    void endWith(ErrorCode code, const QString& detail, bool passing);
    void end(Outcome outcome);

    HttpNetwork& m_network;
    const CurlLibrary& m_curl;
    HttpPolicy m_policy;
    QString m_origin;
    CURL* m_handle;
    std::function<void(qint64, qint64)> m_onProgress;
    QByteArray m_upload;
    qsizetype m_taken = 0;                       // By libcurl, of the upload.
    curl_slist* m_headers = nullptr;             // Owned.
    std::array<char, CURL_ERROR_SIZE> m_words{}; // libcurl's, about a fault.

    HttpNetwork::Clock::time_point m_began;
    HttpNetwork::Clock::time_point m_lastByte;
    qint64 m_sent = 0;
    qint64 m_toldSent = -1;
    qint64 m_got = 0;
    qsizetype m_headBytes = 0;
    bool m_bodyBegan = false;
    bool m_chunked = false;
    HttpAnswer m_answer;
    QByteArray m_retryAfter;
    Expected<void> m_refused; // Why the rest of the answer is not wanted.

    StopNotice m_stop;
    bool m_came = false; // libcurl is through with it, whole or not: too late to stop it.
    CURLcode m_result = CURLE_OK;
    bool m_ended = false;
    Outcome m_outcome;
};

} // namespace sharelock
