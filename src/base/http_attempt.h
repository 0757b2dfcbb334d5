// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"
#include "base/stop_notice.h"

#include <QNetworkReply>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace sharelock {

//! \brief One try of one request. Emits finished() once, when outcome() is there.
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

    HttpAttempt(QNetworkAccessManager& network, const HttpRequest& request, const HttpPolicy& policy,
                std::stop_token stop);
    ~HttpAttempt() override;

    [[nodiscard]] Outcome takeOutcome();

Q_SIGNALS:
    void finished();

private:
    void start(QNetworkAccessManager& network, const HttpRequest& request);
    void onHead();
    void onBytes();
    void onReplyFinished();
    void onSent(qint64 sent, qint64 total);
    void endWith(ErrorCode code, const QString& detail, bool passing);
    void end(Outcome outcome);
    [[nodiscard]] Outcome networkFault(int status) const;
    [[nodiscard]] bool isCutShort() const;

    struct LaterDeleter
    {
        void operator()(QObject* object) const;
    };

    HttpPolicy m_policy;
    QString m_origin;
    std::function<void(qint64, qint64)> m_onProgress;
    std::unique_ptr<QIODevice, LaterDeleter> m_upload;
    std::unique_ptr<QNetworkReply, LaterDeleter> m_reply;
    QByteArray m_body;
    QTimer m_idle;
    QTimer m_total;
    StopNotice m_stop;
    bool m_ended = false;
    Outcome m_outcome;
};

} // namespace sharelock
