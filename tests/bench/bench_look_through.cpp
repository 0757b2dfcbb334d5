// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// What looking through all sessions costs, and what the cache saves:
//   bench_look_through DATABASE
// First the largest session, scanned with and without the cache; then all sessions, by BackgroundScan as the
// window has it, twice: with nothing known, and as the next start of the program finds it.

#include "opencode/session_store.h"
#include "sharing/background_scan.h"
#include "sharing/cached_scan.h"
#include "sharing/scan_rules.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace sharelock;
using namespace sharelock::sharing;

namespace {

constexpr int rounds = 5;

double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double seconds(const std::function<void()>& work)
{
    const double begin = processorSeconds();
    work();
    return processorSeconds() - begin;
}

double best(const std::function<void()>& work)
{
    double least = 1e9;
    for (int i = 0; i < rounds; ++i)
        least = std::min(least, seconds(work));
    return least;
}

double residentMegabytes(const char* what)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith(what))
            return line.mid(static_cast<qsizetype>(qstrlen(what)))
                       .simplified()
                       .split(' ')
                       .first()
                       .toDouble() /
                   1024;
    }
    return 0;
}

void report(const char* what, double time, double bytes)
{
    std::printf("%-44s %8.1f ms %7.0f MB/s\n", what, time * 1e3, bytes / 1e6 / time);
}

void scanOne(opencode::SessionStore& store, const QString& id)
{
    const auto document = store.document(id);
    if (!document)
        return;
    const auto bytes = static_cast<double>(document->byteCount());
    std::printf("one session of %.1f MB, %zu items\n", bytes / 1e6, document->items().size());
    const QTemporaryDir folder;
    const std::string key(32, 'k');
    ScanCache cache(folder.path(), key, "v1");
    report("  digest alone, one thread", best([&] {
               (void)cache.digestOf({document->items().data(), document->items().size()});
           }),
           bytes);
    std::size_t plain = 0;
    report("  scan without cache", best([&] {
               const auto scanned = scanner().scan(*document, {1, {}});
               plain = scanned ? scanned->findings.size() : 0;
           }),
           bytes);
    report("  with an empty cache", seconds([&] {
               (void)cachedScan(scanner(), *document, &cache, {1, {}});
           }),
           bytes);
    std::size_t found = 0;
    report("  with all of it known", best([&] {
               const auto scanned = cachedScan(scanner(), *document, &cache, {1, {}});
               found = scanned ? scanned->findings.size() : 0;
           }),
           bytes);
    std::printf("  %zu findings, %zu from the cache; the file has %lld KB\n", plain, found,
                static_cast<long long>(QFile(folder.filePath(QStringLiteral("scan.db-wal"))).size() / 1024));
}

void lookThrough(const Environment& environment, const char* what)
{
    BackgroundScan::Pace pace;
    pace.before = std::chrono::milliseconds(0);
    double first = 0;
    int early = 0;
    QElapsedTimer timer;
    timer.start();
    const double before = processorSeconds();
    BackgroundScan scan(environment, std::make_shared<Precedence>(), pace);
    QObject::connect(&scan, &BackgroundScan::news, qApp, [&](const ScanNews& news) {
        if (first == 0) {
            first = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            early = static_cast<int>(news.sessions.size());
        }
        if (news.done == news.total)
            qApp->quit();
    });
    QCoreApplication::exec();
    std::printf("%-30s %6.2f s of work, clock %.2f; %d sessions told after %.0f ms; %.0f MB resident at "
                "most, now %.0f\n",
                what, processorSeconds() - before, static_cast<double>(timer.nsecsElapsed()) / 1e9, early,
                first, residentMegabytes("VmHWM:"), residentMegabytes("VmRSS:"));
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2)
        return 2;
    const QTemporaryDir home;
    Environment environment = Environment::system();
    environment.home = home.path();
    environment.variables.insert(QStringLiteral("HOME"), home.path());
    environment.variables.insert(QStringLiteral("OPENCODE_DB"), arguments[1]);
    for (const char* name : {"XDG_CACHE_HOME", "XDG_DATA_HOME", "SHARELOCK_DATA"})
        environment.variables.remove(QString::fromLatin1(name));
    std::printf("before: %.0f MB resident\n", residentMegabytes("VmRSS:"));
    lookThrough(environment, "all sessions, nothing known");
    lookThrough(environment, "all sessions, at the next start");
    auto store = opencode::SessionStore::open(arguments[1]);
    const auto sessions = store ? (*store)->sessions() : Expected<std::vector<opencode::SessionSummary>>();
    if (!sessions || sessions->empty())
        return 1;
    const auto largest =
        std::max_element(sessions->begin(), sessions->end(),
                         [](const auto& a, const auto& b) { return a.messages < b.messages; });
    scanOne(**store, largest->id);
    return 0;
}
