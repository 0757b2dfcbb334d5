// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_attempt.h"

#include "base/json_extent.h"
#include "base/large_pages.h"
#include "base/retry_policy.h"

#include <QMetaEnum>
#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <algorithm>
#include <cstring>
#include <utility>

namespace sharelock {

namespace {

// Can be read once only. QNetworkAccessManager sends a request again by itself, up to three times and
// whatever its verb, when a connection closes before an answer; a body that can't be rewound is what keeps it
// from doing so. Trying again is our decision, with pauses and a bound.
class OneShotBody : public QIODevice
{
public:
    explicit OneShotBody(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] bool atEnd() const override { return pos() >= size(); }
    bool reset() override { return false; }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        const qint64 count = std::min(maxSize, size() - pos());
        if (count <= 0)
            return -1;
        std::memcpy(data, m_bytes.constData() + pos(), static_cast<std::size_t>(count));
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    QByteArray m_bytes;
};

QNetworkRequest networkRequest(const HttpRequest& request)
{
    QNetworkRequest result(request.url);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    result.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    result.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    result.setRawHeader("Accept", "application/json");
    // Without compression the bound counts what really comes, and a cut answer shows against its length.
    result.setRawHeader("Accept-Encoding", "identity");
    result.setRawHeader("User-Agent", "sharelock/" SHARELOCK_VERSION);
    if (request.verb != "GET") {
        result.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        result.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    }
    for (const auto& [name, value] : request.headers)
        result.setRawHeader(name, value);
    return result;
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

int statusOf(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

// Codes up to 199 and the protocol's own faults mean that no whole answer came; the others only repeat a
// status in other words.
bool isNetworkFault(QNetworkReply::NetworkError error)
{
    return (error > QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied) ||
           error == QNetworkReply::ContentReSendError || error == QNetworkReply::ProtocolFailure ||
           error == QNetworkReply::ProtocolUnknownError;
}

} // namespace

void HttpAttempt::LaterDeleter::operator()(QObject* object) const
{
    object->deleteLater();
}

HttpAttempt::HttpAttempt(QNetworkAccessManager& network, const HttpRequest& request, const HttpPolicy& policy,
                         std::stop_token stop)
    : m_policy(policy)
    , m_origin(originOf(request.url).toString())
    , m_onProgress(request.onProgress)
    , m_stop(std::move(stop))
{
    m_idle.setSingleShot(true);
    m_total.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this,
            [this] { endWith(ErrorCode::ServerTimeout, QStringLiteral("no data for too long"), true); });
    connect(&m_total, &QTimer::timeout, this,
            [this] { endWith(ErrorCode::ServerTimeout, QStringLiteral("not complete in time"), true); });
    connect(&m_stop, &StopNotice::stopped, this, [this] { endWith(ErrorCode::Cancelled, {}, false); });
    start(network, request);
    m_idle.start(m_policy.idleTimeout);
    m_total.start(m_policy.totalTimeout);
}

HttpAttempt::~HttpAttempt()
{
    if (m_reply != nullptr) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
}

void HttpAttempt::start(QNetworkAccessManager& network, const HttpRequest& request)
{
    const QNetworkRequest prepared = networkRequest(request);
    if (request.verb == "GET") {
        m_reply.reset(network.get(prepared));
    } else {
        m_upload.reset(new OneShotBody(request.body));
        m_reply.reset(network.sendCustomRequest(prepared, request.verb, m_upload.get()));
    }
    connect(m_reply.get(), &QNetworkReply::metaDataChanged, this, &HttpAttempt::onHead);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &HttpAttempt::onBytes);
    connect(m_reply.get(), &QNetworkReply::uploadProgress, this, &HttpAttempt::onSent);
    connect(m_reply.get(), &QNetworkReply::finished, this, &HttpAttempt::onReplyFinished);
}

HttpAttempt::Outcome HttpAttempt::takeOutcome()
{
    return std::move(m_outcome);
}

void HttpAttempt::onHead()
{
    if (m_ended)
        return;
    m_idle.start();
    if (isRedirect(statusOf(*m_reply))) {
        endWith(ErrorCode::ServerRedirected, QStringLiteral("HTTP %1").arg(statusOf(*m_reply)), false);
        return;
    }
    // No need to read what is announced to be too much.
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    const qint64 bytes = length.isValid() ? length.toLongLong() : 0;
    if (bytes > m_policy.maxAnswerBytes)
        endWith(ErrorCode::AnswerTooLarge, QStringLiteral("%1 bytes announced").arg(bytes), false);
    else if (bytes > 0) {
        m_body.reserve(bytes); // A large answer would be copied again and again as it grows.
        preferLargePages(m_body.constData(), static_cast<std::size_t>(bytes));
    }
}

void HttpAttempt::onBytes()
{
    if (m_ended)
        return;
    m_idle.start();
    // Straight to its place: what readAll() returns would be one more copy of a large answer.
    const qsizetype had = m_body.size();
    m_body.resize(had + m_reply->bytesAvailable());
    const qint64 got = m_reply->read(m_body.data() + had, m_body.size() - had);
    m_body.truncate(had + std::max<qint64>(got, 0));
    if (m_body.size() > m_policy.maxAnswerBytes)
        endWith(ErrorCode::AnswerTooLarge, QStringLiteral("more than %1 bytes").arg(m_policy.maxAnswerBytes),
                false);
}

void HttpAttempt::onSent(qint64 sent, qint64 total)
{
    if (m_ended)
        return;
    m_idle.start();
    if (m_onProgress && total > 0)
        m_onProgress(sent, total);
}

// QNetworkAccessManager takes a connection that closes for the end of an answer, chunked ones included.
bool HttpAttempt::isCutShort() const
{
    const int status = statusOf(*m_reply);
    if (status == 204 || status == 304)
        return false;
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    if (length.isValid() && !m_reply->hasRawHeader("Transfer-Encoding"))
        return m_body.size() < length.toLongLong();
    return endsInsideJson({m_body.constData(), static_cast<std::size_t>(m_body.size())});
}

HttpAttempt::Outcome HttpAttempt::networkFault(int status) const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    Outcome outcome;
    ErrorCode code = ErrorCode::ServerUnreachable;
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        code = ErrorCode::TlsFailed;
        break;
    case QNetworkReply::TimeoutError:
        code = ErrorCode::ServerTimeout;
        outcome.passing = true;
        break;
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::ContentReSendError:
        outcome.passing = true;
        break;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        code = ErrorCode::ServerBadAnswer;
        break;
    default:
        break;
    }
    // Once a head has come, the text behind the error may quote the server; the name of the error never does.
    const auto name = QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(error);
    QString detail = QString::fromLatin1(name);
    if (error == QNetworkReply::ContentReSendError)
        detail = QStringLiteral("closed before an answer came");
    else if (status == 0 && code != ErrorCode::ServerBadAnswer)
        detail += QStringLiteral(": ") + m_reply->errorString();
    outcome.answer = fail(code, m_origin, detail);
    return outcome;
}

void HttpAttempt::onReplyFinished()
{
    if (m_ended)
        return;
    onBytes();
    if (m_ended)
        return;
    const int status = statusOf(*m_reply);
    if (isNetworkFault(m_reply->error()) || status == 0) {
        end(networkFault(status));
        return;
    }
    if (isCutShort()) {
        endWith(ErrorCode::ServerUnreachable, QStringLiteral("the answer was cut short"), true);
        return;
    }
    Outcome outcome;
    outcome.retryAfter = m_reply->rawHeader("Retry-After");
    outcome.passing = isPassingStatus(status);
    HttpAnswer answer;
    answer.status = status;
    answer.body = std::exchange(m_body, {});
    answer.contentType = m_reply->rawHeader("Content-Type");
    answer.etag = m_reply->rawHeader("ETag");
    outcome.answer = std::move(answer);
    end(std::move(outcome));
}

void HttpAttempt::endWith(ErrorCode code, const QString& detail, bool passing)
{
    end(Outcome{fail(code, m_origin, detail), {}, passing});
}

void HttpAttempt::end(Outcome outcome)
{
    // The first end counts: a stop that comes after a whole answer must not throw away the key in it.
    if (m_ended)
        return;
    m_ended = true;
    m_idle.stop();
    m_total.stop();
    m_outcome = std::move(outcome);
    Q_EMIT finished();
}

} // namespace sharelock
