// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/loopback_share_server.h"

#include "demo/first_generation_store.h"
#include "demo/http_listener.h"
#include "demo/share_page.h"
#include "demo/share_store.h"

#include <QUrlQuery>

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>

namespace sharelock::demo {

namespace {

constexpr std::size_t hugeBytes = 4 * 1024 * 1024;
constexpr std::size_t mostRememberedBytes = 256 * 1024 * 1024;

struct Injected
{
    Fault fault = Fault::None;
    std::string match;
    int times = 0;
    std::chrono::seconds retryAfter{0};
};

// A fault that keeps the server from doing what it was asked.
bool preventsWork(Fault fault)
{
    return fault == Fault::Refuse || fault == Fault::Status500 || fault == Fault::Status429 ||
           fault == Fault::Status413 || fault == Fault::Status404 || fault == Fault::Echo400 ||
           fault == Fault::WrongSecret;
}

SeenRequest seen(const HttpExchange& exchange)
{
    return {QByteArray::fromStdString(exchange.verb), QByteArray::fromStdString(exchange.target),
            QByteArray::fromStdString(exchange.body)};
}

HttpReply json(int status, std::string body)
{
    HttpReply reply;
    reply.status = status;
    reply.contentType = "application/json";
    reply.body = std::move(body);
    return reply;
}

HttpReply closed(HttpEnding ending)
{
    HttpReply reply;
    reply.ending = ending;
    return reply;
}

HttpReply refusal(const Injected& injected, const HttpExchange& exchange)
{
    switch (injected.fault) {
    case Fault::Status413:
        return json(413, R"({"error":"Payload Too Large"})");
    case Fault::Status429: {
        HttpReply reply = json(429, R"({"error":"Too Many Requests"})");
        if (injected.retryAfter.count() > 0)
            reply.headers.emplace_back("Retry-After", std::to_string(injected.retryAfter.count()));
        return reply;
    }
    case Fault::Status404:
        return json(404, R"({"message":"Cannot )" + exchange.verb + ' ' + exchange.path +
                             R"(","error":"Not Found","statusCode":404})");
    case Fault::Echo400: {
        const std::string echoed = exchange.body.empty() ? "null" : exchange.body;
        return json(400, R"({"success":false,"error":[{"message":"bad"}],"data":)" + echoed + '}');
    }
    case Fault::Status500:
    case Fault::WrongSecret:
        return json(500, internalServerError().body);
    default:
        return closed(HttpEnding::Closed);
    }
}

} // namespace

//! What the server's threads use. Kept alive by them, since a thread in a hook may outlast the server.
class LoopbackShareServer::Private
{
public:
    Private(Generation spoken, int port)
        : held(port)
        , generation(spoken)
        , store(spoken)
    {
    }

    HttpReply answer(const HttpExchange& exchange, HttpListener& connections);
    HttpReply carryOut(const HttpExchange& exchange);
    HttpReply carryOutFirst(const HttpExchange& exchange);
    ShareStore::Answer dataOf(const std::string& id) const;
    HttpReply readData(const std::string& id, bool hasQuery);
    HttpReply page(const std::string& id) const;
    std::optional<Injected> takeFault(const HttpExchange& exchange);
    void remember(const SeenRequest& request);
    bool call(const std::function<void(const SeenRequest&)>& hook, const SeenRequest& request,
              HttpListener& connections);

    struct Cached
    {
        HttpReply reply;
        std::chrono::steady_clock::time_point until;
    };

    const HeldPort held;
    const Generation generation;
    ShareStore store;
    FirstGenerationStore firstStore; //!< In place of the other, for the first.

    std::mutex startAndStop; // Held by either until it is done: a hook may stop what a test starts again.
    std::shared_ptr<HttpListener> listener;

    std::mutex mutex; // Guards what follows.
    std::vector<Injected> faults;
    std::function<Fault(const SeenRequest&)> faultOf;
    std::chrono::milliseconds slowFirstByte{3000};
    std::function<void(const SeenRequest&)> onRequest;
    std::function<void(const SeenRequest&)> onCarriedOut;
    std::deque<SeenRequest> requests;
    std::size_t rememberedBytes = 0;
    int cacheSeconds = 0;
    std::map<std::string, Cached> cache;
};

HttpReply LoopbackShareServer::Private::answer(const HttpExchange& exchange, HttpListener& connections)
{
    const SeenRequest request = seen(exchange);
    remember(request);
    std::unique_lock lock(mutex);
    const auto before = onRequest;
    const auto after = onCarriedOut;
    const auto slowness = slowFirstByte;
    lock.unlock();

    if (!call(before, request, connections))
        return closed(HttpEnding::Closed);
    const Injected injected = takeFault(exchange).value_or(Injected());
    if (preventsWork(injected.fault))
        return refusal(injected, exchange);

    HttpReply reply = carryOut(exchange);
    if (!call(after, request, connections))
        return closed(HttpEnding::Closed);
    switch (injected.fault) {
    case Fault::Slow:
        return connections.pause(slowness) ? reply : closed(HttpEnding::Closed);
    case Fault::Reset:
        return closed(HttpEnding::Reset);
    case Fault::Truncated:
        reply.ending = HttpEnding::CutOff;
        return reply;
    case Fault::WrongJson:
        return json(200, R"({"hello":"this is no share server"})");
    case Fault::WrongType:
        reply = json(200, "<!doctype html><title>Welcome</title><p>[]");
        reply.contentType = "text/html";
        return reply;
    case Fault::Huge:
        return json(200, "[\"" + std::string(hugeBytes, 'x') + "\"]");
    default:
        return reply;
    }
}

HttpReply LoopbackShareServer::Private::carryOutFirst(const HttpExchange& exchange)
{
    const std::string call = exchange.verb + ' ' + exchange.path;
    const std::string& body = exchange.body;
    ShareStore::Answer answer;
    if (call == "POST /share_create") {
        answer = firstStore.create(body, "http://127.0.0.1:" + std::to_string(held.number()));
    } else if (call == "POST /share_sync") {
        answer = firstStore.sync(body);
    } else if (call == "POST /share_delete") {
        answer = firstStore.remove(body);
    } else if (call == "GET /share_data") {
        const QUrlQuery query(QUrl(QString::fromStdString(exchange.target)));
        const QString id = query.queryItemValue(QStringLiteral("id"));
        return readData(id.toStdString(), query.queryItems().size() > 1);
    } else {
        // Such a server knows no 404. Its page is an empty shell, whatever becomes of the share.
        HttpReply reply;
        const bool isPage = exchange.verb == "GET" && exchange.path.starts_with("/s/");
        reply.contentType = isPage ? "text/html; charset=utf-8" : "text/plain";
        reply.body = isPage ? "<!doctype html><title>opencode</title><div id=root></div>" : "Not Found";
        return reply;
    }
    return json(answer.status, std::move(answer.body));
}

ShareStore::Answer LoopbackShareServer::Private::dataOf(const std::string& id) const
{
    return generation == Generation::First ? firstStore.data(id) : store.data(id);
}

HttpReply LoopbackShareServer::Private::carryOut(const HttpExchange& exchange)
{
    if (generation == Generation::First)
        return carryOutFirst(exchange);
    const std::string& path = exchange.path;
    const auto idBetween = [&path](std::string_view before,
                                   std::string_view after) -> std::optional<std::string> {
        if (!path.starts_with(before) || !path.ends_with(after) ||
            path.size() <= before.size() + after.size())
            return std::nullopt;
        const std::string id = path.substr(before.size(), path.size() - before.size() - after.size());
        return id.find('/') == std::string::npos ? std::optional(id) : std::nullopt;
    };
    const auto answered = [](const ShareStore::Answer& answer) { return json(answer.status, answer.body); };

    if (exchange.verb == "POST" && path == "/api/share")
        return answered(store.create(exchange.body, "http://127.0.0.1:" + std::to_string(held.number())));
    if (exchange.verb == "POST") {
        if (const auto id = idBetween("/api/share/", "/sync"))
            return answered(store.sync(*id, exchange.body));
    }
    if (exchange.verb == "DELETE") {
        if (const auto id = idBetween("/api/share/", ""))
            return answered(store.remove(*id, exchange.body));
    }
    if (exchange.verb == "GET" || exchange.verb == "HEAD") {
        if (const auto id = idBetween("/api/share/", "/data"))
            return readData(*id, exchange.target.find('?') != std::string::npos);
        if (const auto id = idBetween("/share/", ""))
            return page(*id);
    }
    return json(404, R"({"error":"Not Found"})");
}

HttpReply LoopbackShareServer::Private::readData(const std::string& id, bool hasQuery)
{
    const auto now = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex);
    const bool isCached = cacheSeconds > 0 && !hasQuery;
    const auto found = cache.find(id);
    if (isCached && found != cache.end() && now < found->second.until)
        return found->second.reply;
    const int seconds = cacheSeconds;
    lock.unlock();

    ShareStore::Answer answer = dataOf(id);
    HttpReply reply = json(answer.status, std::move(answer.body));
    if (!answer.cacheControl.empty())
        reply.headers.emplace_back("Cache-Control", answer.cacheControl);
    if (isCached && answer.status == 200) {
        lock.lock();
        cache.insert_or_assign(id, Cached{reply, now + std::chrono::seconds(seconds)});
    }
    return reply;
}

HttpReply LoopbackShareServer::Private::page(const std::string& id) const
{
    HttpReply reply;
    reply.contentType = "text/html; charset=utf-8";
    reply.body = sharePage(store.items(id));
    reply.headers = {{"Content-Security-Policy", sharePagePolicy},
                     {"X-Content-Type-Options", "nosniff"},
                     {"Cache-Control", "public, max-age=30, s-maxage=300, stale-while-revalidate=86400"}};
    return reply;
}

std::optional<Injected> LoopbackShareServer::Private::takeFault(const HttpExchange& exchange)
{
    const std::string line = exchange.verb + ' ' + exchange.target;
    const std::lock_guard lock(mutex);
    if (faultOf) {
        const Fault fault = faultOf(seen(exchange));
        if (fault != Fault::None)
            return Injected{fault, {}, 0, {}};
    }
    for (Injected& injected : faults) {
        if (injected.times > 0 && line.find(injected.match) != std::string::npos) {
            --injected.times;
            return injected;
        }
    }
    return std::nullopt;
}

void LoopbackShareServer::Private::remember(const SeenRequest& request)
{
    const std::lock_guard lock(mutex);
    requests.push_back(request);
    rememberedBytes += static_cast<std::size_t>(request.body.size());
    while (rememberedBytes > mostRememberedBytes && requests.size() > 1) {
        rememberedBytes -= static_cast<std::size_t>(requests.front().body.size());
        requests.pop_front();
    }
}

bool LoopbackShareServer::Private::call(const std::function<void(const SeenRequest&)>& hook,
                                        const SeenRequest& request, HttpListener& connections)
{
    return !hook || connections.callOut([&] { hook(request); });
}

LoopbackShareServer::LoopbackShareServer(Generation generation, int port)
    : d(std::make_shared<Private>(generation, port))
{
    start();
}

LoopbackShareServer::~LoopbackShareServer()
{
    stop();
}

Generation LoopbackShareServer::generation() const
{
    return d->generation;
}

QUrl LoopbackShareServer::origin() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(d->held.number());
    return url;
}

bool LoopbackShareServer::isListening() const
{
    const std::lock_guard lock(d->startAndStop);
    return d->listener != nullptr;
}

void LoopbackShareServer::inject(Fault fault, const QByteArray& match, int times,
                                 std::chrono::seconds retryAfter)
{
    const std::lock_guard lock(d->mutex);
    d->faults.push_back({fault, match.toStdString(), times, retryAfter});
}

void LoopbackShareServer::injectWhere(std::function<Fault(const SeenRequest&)> match)
{
    const std::lock_guard lock(d->mutex);
    d->faultOf = std::move(match);
}

void LoopbackShareServer::heal()
{
    const std::lock_guard lock(d->mutex);
    d->faultOf = nullptr;
    d->faults.clear();
}

void LoopbackShareServer::setSlowness(std::chrono::milliseconds firstByte)
{
    const std::lock_guard lock(d->mutex);
    d->slowFirstByte = firstByte;
}

void LoopbackShareServer::onRequest(std::function<void(const SeenRequest&)> hook)
{
    const std::lock_guard lock(d->mutex);
    d->onRequest = std::move(hook);
}

void LoopbackShareServer::onCarriedOut(std::function<void(const SeenRequest&)> hook)
{
    const std::lock_guard lock(d->mutex);
    d->onCarriedOut = std::move(hook);
}

std::vector<SeenRequest> LoopbackShareServer::requests() const
{
    const std::lock_guard lock(d->mutex);
    return {d->requests.begin(), d->requests.end()};
}

QByteArray LoopbackShareServer::dataOf(const QString& shareId) const
{
    return QByteArray::fromStdString(d->dataOf(shareId.toStdString()).body);
}

std::function<void()> LoopbackShareServer::remember() const
{
    return [d = d, contents = d->store.contents(), first = d->firstStore.contents()] {
        d->store.setContents(contents);
        d->firstStore.setContents(first);
    };
}

std::vector<QString> LoopbackShareServer::shareIds() const
{
    std::vector<QString> ids;
    const bool isFirst = d->generation == Generation::First;
    for (const std::string& id : isFirst ? d->firstStore.ids() : d->store.ids())
        ids.push_back(QString::fromStdString(id));
    return ids;
}

void LoopbackShareServer::setCacheSeconds(int seconds)
{
    const std::lock_guard lock(d->mutex);
    d->cacheSeconds = seconds;
    d->cache.clear();
}

void LoopbackShareServer::stop()
{
    const std::lock_guard lock(d->startAndStop);
    if (const std::shared_ptr<HttpListener> listener = std::exchange(d->listener, nullptr))
        listener->stop();
}

void LoopbackShareServer::start()
{
    const std::lock_guard lock(d->startAndStop);
    if (d->listener || d->held.number() == 0)
        return;
    // By copy: the threads keep what they use alive.
    auto answerer = [state = d](const HttpExchange& exchange, HttpListener& connections) {
        return state->answer(exchange, connections);
    };
    auto listener = std::make_shared<HttpListener>(std::move(answerer));
    if (listener->start(d->held.number()))
        d->listener = std::move(listener);
}

} // namespace sharelock::demo
