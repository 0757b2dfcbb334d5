// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// Taking many links down, with proof, on a share server on loopback, by turns with `curl --parallel` sending
// the very same requests to an equal server:
//   bench_takedown [LINKS] [ROUNDS]

#include "demo/loopback_share_server.h"
#include "sharing/bulk_takedown.h"
#include "sharing/share_server.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <QCoroTask>

#include <algorithm>
#include <cstdio>
#include <map>

#include <sys/resource.h>

using namespace sharelock;
using namespace sharelock::sharing;

namespace {

constexpr int requestsAtOnce = 4;
constexpr int linksAtOnce = 12;
constexpr int patienceMs = 300'000;

struct Shared
{
    QString sessionId;
    LinkId id;
    Secret key;
};

document::ShareDocument conversation(const std::string& session)
{
    document::ShareDocument document;
    (void)document.add("session",
                       R"({"id":")" + session + R"(","title":"Hello","time":{"created":1760000000000}})");
    for (int number = 0; number < 5; ++number) {
        const std::string message = "msg_a0e3d2c1000" + std::to_string(number);
        (void)document.add("message",
                           R"({"id":")" + message + R"(","sessionID":")" + session + R"(","role":"user"})");
        (void)document.add("part", R"({"id":"prt_)" + std::to_string(number) + R"(","messageID":")" +
                                       message + R"(","sessionID":")" + session +
                                       R"(","type":"text","text":")" + std::string(300, 'x') + R"("})");
    }
    return document;
}

std::vector<Shared> shareAll(const demo::LoopbackShareServer& server, int count)
{
    HttpClient http;
    ShareServer protocol(server.origin(), http);
    std::vector<Shared> all;
    for (int number = 0; number < count; ++number) {
        const QString session = QStringLiteral("ses_5f1c2d3e4a5bAbCdEf%1").arg(10'000'000 + number);
        const auto created = QCoro::waitFor(protocol.create(session));
        if (!created)
            qFatal("create");
        const auto document = conversation(session.toStdString());
        const QByteArray body = ShareServer::syncBody(created->key, document.items());
        if (!QCoro::waitFor(protocol.sync(created->id.shareId, body)))
            qFatal("sync");
        all.push_back({session, created->id, created->key});
    }
    return all;
}

class World
{
public:
    explicit World(const std::vector<Shared>& shared)
        : m_claims(m_folder.path())
    {
        auto opened = LinkLedger::open(m_folder.filePath(QStringLiteral("ledger.db")));
        if (!opened)
            qFatal("ledger");
        m_ledger = *std::move(opened);
        const auto saved = m_ledger->together([&]() -> Expected<void> {
            for (const Shared& one : shared) {
                Link link;
                link.id = one.id;
                link.url = one.id.origin;
                link.sessionId = one.sessionId;
                link.hasKey = true;
                const auto sealed = m_vault.seal(one.id, one.key);
                const auto done = m_ledger->saveWithKey(link, *sealed);
                if (!done)
                    return done;
            }
            return {};
        });
        if (!saved)
            qFatal("save");
    }

    //! \returns how many are proved to be gone.
    int takeDown(const std::vector<Shared>& shared)
    {
        Takedown takedown(*m_ledger, m_vault, m_http);
        BulkTakedown::Parts parts{*m_ledger,
                                  m_claims,
                                  std::make_shared<HostQueue>(linksAtOnce),
                                  HttpPolicy(),
                                  [](const Link& link) { return link.hasKey; },
                                  {}};
        parts.takeDown = [&](LinkId id, TakedownObserver observe, TakedownStop stop, LinkStep before) {
            return takedown.run(std::move(id), {}, std::move(observe), std::move(stop), before);
        };
        BulkTakedown bulk(std::move(parts), {}, {});
        std::vector<LinkId> ids;
        for (const Shared& one : shared)
            ids.push_back(one.id);
        const auto results = QCoro::waitFor(bulk.run(ids));
        if (!results)
            return 0;
        return int(std::count_if(results->begin(), results->end(), [](const BulkResult& result) {
            return result.link && result.link->state == LinkState::Removed;
        }));
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<LinkLedger> m_ledger;
    LinkClaims m_claims;
    KeyVault m_vault{KeyVault::freshMasterKey()};
    HttpClient m_http;
};

QByteArray quoted(QByteArray text)
{
    return '"' + text.replace('\\', "\\\\").replace('"', "\\\"") + '"';
}

//! In rounds: what comes before another request to the same link is well before it.
int orderOf(const demo::SeenRequest& request)
{
    if (request.path.endsWith("/sync"))
        return 1;
    if (request.verb == "DELETE")
        return 2;
    return request.path.contains('?') ? 0 : 3;
}

//! The same requests to \p server, with the keys of its own links.
QByteArray curlConfig(std::vector<demo::SeenRequest> requests, const demo::LoopbackShareServer& server,
                      const std::map<QByteArray, QByteArray>& newKeys)
{
    // Of the two questions past caches one is asked first and one last.
    std::map<QByteArray, int> asked;
    std::vector<std::pair<int, demo::SeenRequest>> ordered;
    for (const demo::SeenRequest& request : requests) {
        int order = orderOf(request);
        if (order == 0 && asked[request.path.left(request.path.indexOf('?'))]++ > 0)
            order = 3;
        ordered.emplace_back(order, request);
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    QByteArray config;
    for (const auto& [order, request] : ordered) {
        QByteArray body = request.body;
        // {"secret":"KEY"…
        const qsizetype begin = 11;
        const QByteArray old = body.mid(begin, body.indexOf('"', begin) - begin);
        if (const auto fresh = newKeys.find(old); fresh != newKeys.end())
            body.replace(old, fresh->second);
        config += "url = " + quoted(server.origin().toEncoded() + request.path) + '\n';
        config += "request = " + request.verb + "\noutput = /dev/null\nsilent\n";
        if (!body.isEmpty())
            config += "header = \"Content-Type: application/json\"\ndata-binary = " + quoted(body) + '\n';
        config += "next\n";
    }
    config.chop(5);
    return config;
}

double curl(const QByteArray& config)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("config")));
    if (!file.open(QIODevice::WriteOnly) || file.write(config) != config.size())
        qFatal("config");
    file.close();
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start(QStringLiteral("curl"),
                  {QStringLiteral("--parallel"), QStringLiteral("--parallel-max"),
                   QString::number(requestsAtOnce), QStringLiteral("--config"), file.fileName()});
    if (!process.waitForFinished(patienceMs) || process.exitCode() != 0)
        qFatal("curl: %s", process.readAllStandardError().right(300).constData());
    return double(timer.nsecsElapsed()) / 1e6;
}

//! \brief Of the whole process, the server in it included.
double workMs()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval& time) {
        return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const int count = argc > 1 ? QByteArray(argv[1]).toInt() : 1000;
    const int rounds = argc > 2 ? QByteArray(argv[2]).toInt() : 5;
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < rounds; ++round) {
        demo::LoopbackShareServer server(demo::Generation::June2026);
        const auto shared = shareAll(server, count);
        World world(shared);
        const auto already = server.requests().size();
        const double workBefore = workMs();
        QElapsedTimer timer;
        timer.start();
        const int gone = world.takeDown(shared);
        ours.push_back(double(timer.nsecsElapsed()) / 1e6);
        const double work = workMs() - workBefore;
        if (gone != count)
            qFatal("only %d of %d are proved to be gone", gone, count);
        auto requests = server.requests();
        requests.erase(requests.begin(), requests.begin() + std::ptrdiff_t(already));

        demo::LoopbackShareServer equal(demo::Generation::June2026);
        const auto again = shareAll(equal, count);
        std::map<QByteArray, QByteArray> newKeys;
        for (std::size_t i = 0; i < shared.size(); ++i) {
            const auto bytes = [](const Secret& key) {
                return QByteArray::fromStdString(std::string(key.reveal()));
            };
            newKeys.emplace(bytes(shared[i].key), bytes(again[i].key));
        }
        theirs.push_back(curl(curlConfig(requests, equal, newKeys)));
        std::printf("%zu requests: sharelock %.0f ms (%.0f of work, the server's included), curl %.0f ms,"
                    " %.2f times\n",
                    requests.size(), ours.back(), work, theirs.back(), ours.back() / theirs.back());
    }
    std::printf("median: sharelock %.0f ms, curl %.0f ms, %.2f times\n", median(ours), median(theirs),
                median(ours) / median(theirs));
    return 0;
}
