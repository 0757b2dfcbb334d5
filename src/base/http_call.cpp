// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/http_call.h"

#include "base/json_extent.h"
#include "base/large_pages.h"
#include "base/retry_policy.h"
#include "base/system_proxy.h"
#include "base/time.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cstring>
#include <utility>

namespace sharelock {

namespace {

// Share servers' heads have less than one kilobyte.
constexpr qsizetype maxHeadBytes = 256 * 1024;
// What libcurl takes for each request and gives back. From 64 KB on, giving back makes malloc tidy up all it
// has.
constexpr long receiveBuffer = 32 * 1024;
constexpr long smallSendBuffer = 16 * 1024;
constexpr long largeSendBuffer = 256 * 1024;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool hasNoBody(int status)
{
    return status == 204 || status == 304;
}

ErrorCode meaningOf(CURLcode result)
{
    switch (result) {
    case CURLE_OPERATION_TIMEDOUT:
        return ErrorCode::ServerTimeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return ErrorCode::TlsFailed;
    case CURLE_UNSUPPORTED_PROTOCOL: // An answer without a head.
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_OUT_OF_MEMORY: // A line of the head beyond libcurl's bound.
        return ErrorCode::ServerBadAnswer;
    default: // Among them CURLE_SEND_FAIL_REWIND: it was closed before an answer came.
        return ErrorCode::ServerUnreachable;
    }
}

bool mayPass(CURLcode result)
{
    return result == CURLE_OPERATION_TIMEDOUT || result == CURLE_COULDNT_CONNECT ||
           result == CURLE_GOT_NOTHING || result == CURLE_SEND_ERROR || result == CURLE_RECV_ERROR ||
           result == CURLE_PARTIAL_FILE || result == CURLE_SEND_FAIL_REWIND;
}

// Values that a server gave come back as a header of ours: no line may begin in them.
bool isOneLine(const QByteArray& text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

} // namespace

HttpCall::HttpCall(const CurlLibrary& curl, HttpRequest request, QString origin, const HttpPolicy& policy,
                   std::stop_token stop)
    : m_curl(curl)
    , m_request(std::move(request))
    , m_origin(std::move(origin))
    , m_policy(policy)
    , m_stop(std::move(stop))
{
}

HttpCall::~HttpCall()
{
    m_curl.slistFreeAll(m_headers);
}

Expected<HttpAnswer> HttpCall::takeAnswer()
{
    if (m_outcome.answer && m_outcome.answer->status == 429)
        return fail(ErrorCode::ServerBusy, m_origin, QStringLiteral("HTTP 429"));
    return std::move(m_outcome.answer);
}

std::optional<HttpCall::Pause> HttpCall::pauseBeforeNextTry() const
{
    const int tries = m_request.once ? 1 : m_policy.tries;
    if (!m_outcome.passing || m_tries >= tries)
        return std::nullopt;
    const auto wish = parseRetryAfter(m_outcome.retryAfter, now());
    const double random = QRandomGenerator::global()->generateDouble();
    return Pause{pauseAfterTry(m_policy, m_tries, wish, random), wish.has_value()};
}

void HttpCall::tellProgress(qint64 sent)
{
    const qsizetype total = m_request.body.size();
    if (!m_request.onProgress || sent == m_toldSent || total == 0)
        return;
    m_toldSent = sent;
    m_request.onProgress(sent, total);
}

void HttpCall::tellEnd()
{
    // Whoever lets go of this object last, what the caller gave goes here.
    m_request = {};
    m_isTold = true;
    if (m_waiter)
        m_waiter.resume();
}

void HttpCall::setUp(CURL* handle)
{
    m_handle = handle;
    ++m_tries;
    m_try = {};
    m_try.began = m_try.lastByte = Clock::now();
    const auto set = [this](CURLoption option, auto value) { m_curl.easySetopt(m_handle, option, value); };
    // No word of who asks but what is in the request: no user from the URL, no .netrc, no cookies.
    const QByteArray url = m_request.url.toEncoded(QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    set(CURLOPT_URL, url.constData());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_PROXY, systemProxyFor(m_request.url).constData());
    set(CURLOPT_PROXYAUTH, long(CURLAUTH_ANY));
    set(CURLOPT_NOPROXY, ""); // systemProxyFor() knows who needs none.
    set(CURLOPT_SSL_OPTIONS, long(CURLSSLOPT_NATIVE_CA));
    if (const QByteArray own = qgetenv("SSL_CERT_FILE"); !own.isEmpty())
        set(CURLOPT_CAINFO, own.constData());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L); // Else an end waits for a name server that does not answer.
    set(CURLOPT_BUFFERSIZE, receiveBuffer);
    set(CURLOPT_ERRORBUFFER, m_try.words.data());
    // Our own limits are stricter, except that libcurl would give up connecting after five minutes.
    set(CURLOPT_CONNECTTIMEOUT_MS, long(m_policy.totalTimeout.count()));
    if (m_request.verb != "GET")
        setUpSending();
    setUpHeaders();

    set(CURLOPT_HEADERFUNCTION, &HttpCall::onHeaderBytes);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); // A proxy's are not the server's.
    set(CURLOPT_WRITEFUNCTION, &HttpCall::onBodyBytes);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_XFERINFOFUNCTION, &HttpCall::onTransferred);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
}

void HttpCall::setUpSending()
{
    const auto set = [this](CURLoption option, auto value) { m_curl.easySetopt(m_handle, option, value); };
    // libcurl sends a request again by itself, whatever its verb, where a connection that was kept closes
    // before an answer. A body that can't be rewound is what keeps it from doing so; where there is none, a
    // connection of its own is. Trying again is our decision, with pauses and a bound.
    set(CURLOPT_FRESH_CONNECT, m_request.body.isEmpty() ? 1L : 0L);
    set(CURLOPT_POST, 1L);
    set(CURLOPT_READFUNCTION, &HttpCall::onBytesWanted);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_UPLOAD_BUFFERSIZE,
        m_request.body.size() > smallSendBuffer ? largeSendBuffer : smallSendBuffer);
    set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
    set(CURLOPT_CUSTOMREQUEST, m_request.verb.constData());
}

// The same with each try, and kept for the next.
void HttpCall::setUpHeaders()
{
    if (m_headers == nullptr) {
        if (m_request.verb != "GET") {
            addHeader("Content-Type: application/json");
            addHeader("Expect:"); // Without asking whether a long body is welcome.
        }
        addHeader("Accept: application/json");
        // Without compression the bound counts what really comes, and a cut answer shows against its length.
        addHeader("Accept-Encoding: identity");
        addHeader("User-Agent: sharelock/" SHARELOCK_VERSION);
        for (const auto& [name, value] : m_request.headers) {
            if (isOneLine(name) && isOneLine(value))
                addHeader(name + ": " + value);
        }
    }
    m_curl.easySetopt(m_handle, CURLOPT_HTTPHEADER, m_headers);
}

void HttpCall::addHeader(const QByteArray& line)
{
    curl_slist* longer = m_curl.slistAppend(m_headers, line.constData());
    Q_CHECK_PTR(longer);
    m_headers = longer;
}

CURL* HttpCall::releaseHandle()
{
    return std::exchange(m_handle, nullptr);
}

HttpCall::Clock::time_point HttpCall::deadline(Clock::time_point now)
{
    if (std::exchange(m_try.moved, false))
        m_try.lastByte = now;
    return std::min(m_try.lastByte + m_policy.idleTimeout, m_try.began + m_policy.totalTimeout);
}

std::optional<qint64> HttpCall::takeProgress()
{
    if (!m_request.onProgress || m_try.sent == m_try.notedSent)
        return std::nullopt;
    m_try.notedSent = m_try.sent;
    return m_try.sent;
}

std::size_t HttpCall::onBytesWanted(char* room, std::size_t size, std::size_t count, void* self)
{
    auto& call = *static_cast<HttpCall*>(self);
    const auto left = static_cast<std::size_t>(call.m_request.body.size() - call.m_try.taken);
    const std::size_t bytes = std::min(size * count, left);
    std::memcpy(room, call.m_request.body.constData() + call.m_try.taken, bytes);
    call.m_try.taken += static_cast<qsizetype>(bytes);
    return bytes;
}

std::size_t HttpCall::onHeaderBytes(char* bytes, std::size_t size, std::size_t count, void* self)
{
    const QByteArrayView line(bytes, qsizetype(size * count));
    return static_cast<HttpCall*>(self)->takeHeader(line) ? size * count : 0;
}

bool HttpCall::takeHeader(QByteArrayView line)
{
    m_try.moved = true;
    m_try.headBytes += line.size();
    if (m_try.headBytes > maxHeadBytes)
        return refuse(ErrorCode::ServerBadAnswer, QStringLiteral("an endless head"));
    if (line.startsWith("HTTP/"))
        beginHead();
    if (m_try.bodyBegan)
        return true; // A trailer.
    if (line == "\r\n" || line == "\n")
        return onHeadComplete();
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return true;
    const QByteArray value = line.sliced(colon + 1).trimmed().toByteArray();
    const auto isNamed = [name = line.first(colon)](QByteArrayView other) {
        return name.compare(other, Qt::CaseInsensitive) == 0;
    };
    if (isNamed("Content-Type"))
        m_try.answer.contentType = value;
    else if (isNamed("ETag"))
        m_try.answer.etag = value;
    else if (isNamed("Retry-After"))
        m_try.retryAfter = value;
    else if (isNamed("Transfer-Encoding"))
        m_try.chunked = true;
    return true;
}

// Early hints may come before the answer, and before it a proxy may ask who we are. What they say is not the
// answer's.
void HttpCall::beginHead()
{
    m_try.bodyBegan = false;
    m_try.chunked = false;
    m_try.answer = {};
    m_try.retryAfter.clear();
}

bool HttpCall::onHeadComplete()
{
    const int code = status();
    if (code < 200)
        return true; // Another head follows.
    m_try.bodyBegan = true;
    if (isRedirect(code))
        return refuse(ErrorCode::ServerRedirected, QStringLiteral("HTTP %1").arg(code));
    curl_off_t bytes = -1;
    m_curl.easyGetinfo(m_handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &bytes);
    if (bytes <= 0 || hasNoBody(code))
        return true;
    // No need to read what is announced to be too much.
    if (bytes > m_policy.maxAnswerBytes)
        return refuse(ErrorCode::AnswerTooLarge, QStringLiteral("%1 bytes announced").arg(bytes));
    m_try.answer.body.reserve(bytes); // A large answer would be copied again and again as it grows.
    preferLargePages(m_try.answer.body.constData(), static_cast<std::size_t>(bytes));
    return true;
}

std::size_t HttpCall::onBodyBytes(char* bytes, std::size_t size, std::size_t count, void* self)
{
    auto& call = *static_cast<HttpCall*>(self);
    call.m_try.moved = true;
    const qint64 most = call.m_policy.maxAnswerBytes;
    call.m_try.answer.body.append(bytes, qsizetype(size * count));
    if (call.m_try.answer.body.size() <= most)
        return size * count;
    (void)call.refuse(ErrorCode::AnswerTooLarge, QStringLiteral("more than %1 bytes").arg(most));
    return 0;
}

int HttpCall::onTransferred(void* self, curl_off_t, curl_off_t got, curl_off_t, curl_off_t sent)
{
    auto& call = *static_cast<HttpCall*>(self);
    if (got != call.m_try.got || sent != call.m_try.sent)
        call.m_try.moved = true;
    call.m_try.got = got;
    call.m_try.sent = sent;
    return 0;
}

bool HttpCall::refuse(ErrorCode code, const QString& detail)
{
    m_try.refused = fail(code, m_origin, detail);
    return false;
}

int HttpCall::status() const
{
    long code = 0;
    m_curl.easyGetinfo(m_handle, CURLINFO_RESPONSE_CODE, &code);
    return int(code);
}

// libcurl takes a connection that closes for the end of a head, and of an answer that said nothing of its
// length.
bool HttpCall::isCutShort() const
{
    if (!m_try.bodyBegan)
        return true;
    curl_off_t bytes = -1;
    m_curl.easyGetinfo(m_handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &bytes);
    if (hasNoBody(status()) || m_try.chunked || bytes >= 0)
        return false;
    return endsInsideJson(
        {m_try.answer.body.constData(), static_cast<std::size_t>(m_try.answer.body.size())});
}

HttpCall::Outcome HttpCall::networkFault(CURLcode result) const
{
    const ErrorCode code = meaningOf(result);
    QString detail = QString::fromLatin1(m_curl.easyStrerror(result));
    // Once bytes have come, the words about a fault may quote the server; the name of the fault never does.
    if (m_try.headBytes == 0 && code != ErrorCode::ServerBadAnswer && m_try.words[0] != '\0')
        detail = QString::fromUtf8(m_try.words.data());
    return {fail(code, m_origin, detail), {}, mayPass(result)};
}

void HttpCall::endWith(CURLcode result)
{
    if (!m_try.refused) {
        m_outcome = {tl::make_unexpected(m_try.refused.error()), {}, false};
    } else if (result != CURLE_OK || status() == 0) {
        m_outcome = networkFault(result);
    } else if (isCutShort()) {
        endWith(ErrorCode::ServerUnreachable, QStringLiteral("the answer was cut short"), true);
    } else {
        m_try.answer.status = status();
        const bool passing = isPassingStatus(m_try.answer.status);
        m_outcome = {std::move(m_try.answer), std::move(m_try.retryAfter), passing};
    }
}

void HttpCall::endWith(ErrorCode code, const QString& detail, bool passing)
{
    m_outcome = {fail(code, m_origin, detail), {}, passing};
}

void HttpCall::endLate()
{
    const bool idle = m_try.lastByte + m_policy.idleTimeout < m_try.began + m_policy.totalTimeout;
    endWith(ErrorCode::ServerTimeout,
            idle ? QStringLiteral("no data for too long") : QStringLiteral("not complete in time"), true);
}

} // namespace sharelock
