// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// Asking for 2,000 links on a share server on loopback, against curl sending the same requests at the same
// concurrency:
//   bench_audit [LINKS]

#include "demo/loopback_share_server.h"
#include "sharing/share_manager.h"
#include "sharing/share_server.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>

using namespace sharelock;

namespace {

constexpr int patienceMs = 300'000;

//! Kilobytes, of /proc/self/status.
long statusOf(const char* name)
{
    std::ifstream file("/proc/self/status");
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with(name))
            return std::stol(line.substr(line.find(':') + 1));
    }
    return 0;
}

QByteArray documentOf(const QString& session, int number)
{
    const QByteArray id = session.toUtf8();
    QByteArray text = "What " + QByteArray::number(number) + " said. ";
    while (text.size() < 4000)
        text += "The build runs through and the tests pass, so the change can go in. ";
    return R"({"type":"session","data":{"id":")" + id + R"(","title":"T","time":{"created":1}}},)" +
           R"({"type":"message","data":{"id":"msg_1","sessionID":")" + id +
           R"(","role":"user","time":{"created":1}}},)" +
           R"({"type":"part","data":{"id":"prt_1","messageID":"msg_1","sessionID":")" + id +
           R"(","type":"text","text":")" + text + R"("}})";
}

//! Links that opencode made, on the server and in a data folder of an older opencode.
QCoro::Task<bool> makeLinks(demo::LoopbackShareServer& server, const QString& folder, int count)
{
    HttpClient http;
    sharing::ShareServer protocol(server.origin(), http);
    for (int number = 0; number < count; ++number) {
        const QString session = QStringLiteral("ses_5f1c2d3e4a5bAbCd%1").arg(number, 8, 10, QLatin1Char('0'));
        const auto created = co_await protocol.create(session);
        if (!created)
            co_return false;
        const std::string_view key = created->key.reveal();
        const QByteArray secret(key.data(), static_cast<qsizetype>(key.size()));
        const QByteArray body =
            R"({"secret":")" + secret + R"(","data":[)" + documentOf(session, number) + "]}";
        const auto sent = co_await protocol.sync(created->id.shareId, body);
        QFile file(folder + u'/' + session + u".json");
        if (!sent || !file.open(QIODevice::WriteOnly))
            co_return false;
        file.write(R"({"id":")" + created->id.shareId.toUtf8() + R"(","secret":")" + secret + R"(","url":")" +
                   created->url.toEncoded() + R"("})");
    }
    co_return true;
}

//! Seconds; negative when curl failed.
double curl(const QString& folder, const std::vector<sharing::LinkId>& ids)
{
    QFile config(folder + u"/curl");
    if (!config.open(QIODevice::WriteOnly))
        return -1;
    config.write("parallel\nparallel-max = 4\nsilent\nfail\n");
    for (const sharing::LinkId& id : ids) {
        for (const char* query : {"", "?sharelock=0123456789abcdef"})
            config.write("url = " + id.origin.toEncoded() + "/api/share/" + id.shareId.toUtf8() + "/data" +
                         query + "\noutput = /dev/null\n");
    }
    config.close();
    QElapsedTimer timer;
    timer.start();
    QProcess process;
    process.start(QStringLiteral("curl"), {QStringLiteral("--config"), config.fileName()});
    if (!process.waitForFinished(patienceMs) || process.exitCode() != 0)
        return -1;
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const int count = argc > 1 ? std::max(1, QByteArray(argv[1]).toInt()) : 2000;
    QTemporaryDir home;
    demo::LoopbackShareServer server(demo::Generation::June2026);
    sharing::ManagerOptions options;
    options.environment = Environment::system();
    options.environment.variables = QProcessEnvironment();
    options.environment.home = home.path();
    options.vault = sharing::VaultKind::File;
    const QString folder = options.environment.opencodeDataFolder() + u"/storage/session_share";
    if (!QDir().mkpath(folder) || !QCoro::waitFor(makeLinks(server, folder, count)))
        return 1;

    sharing::ShareManager manager(options);
    QElapsedTimer timer;
    timer.start();
    (void)QCoro::waitFor(manager.openVault());
    const auto links = manager.links();
    if (!links || static_cast<int>(links->size()) != count)
        return 1;
    std::printf("%d links and keys taken into the ledger: %.2f s\n", count,
                static_cast<double>(timer.nsecsElapsed()) / 1e9);
    std::vector<sharing::LinkId> ids;
    for (const sharing::Link& link : *links)
        ids.push_back(link.id);

    const double baseline = curl(home.path(), ids);
    const long before = statusOf("VmRSS");
    int orphans = 0;
    timer.start();
    const auto done =
        QCoro::waitFor(manager.audit(ids, [&](const auto&, const Expected<sharing::Link>& link) {
            orphans += link && link->state == sharing::LinkState::Orphan ? 1 : 0;
        }));
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if (!done || baseline < 0)
        return 1;
    std::printf("asked, scanned and noted: %d of %d, %.2f s, %.2f times curl's %.2f s\n", orphans, count,
                seconds, seconds / baseline, baseline);
    std::printf("resident: %ld MB before, %ld MB at most, the server and its documents included\n",
                before / 1024, statusOf("VmHWM") / 1024);
    return 0;
}
