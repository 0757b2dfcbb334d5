// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/process_list.h"

#include "base/thread_guard.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <map>

#ifdef Q_OS_LINUX
#include <ctime>
#include <unistd.h>
#endif

namespace sharelock::opencode {

std::optional<ProcessStat> parseProcessStat(const QByteArray& line)
{
    const auto open = line.indexOf('(');
    const auto close = line.lastIndexOf(')');
    if (open < 0 || close < open) {
        return std::nullopt;
    }
    // Behind the name: the state, the parent, …; the start is the 22nd field of all, the 20th here.
    constexpr qsizetype parentField = 1;
    constexpr qsizetype startField = 19;
    const auto fields = line.sliced(close + 1).simplified().split(' ');
    if (fields.size() <= startField) {
        return std::nullopt;
    }
    bool isParent = false;
    bool isStart = false;
    ProcessStat stat;
    stat.name = line.sliced(open + 1, close - open - 1);
    stat.parent = fields.at(parentField).toLongLong(&isParent);
    stat.startTick = fields.at(startField).toLongLong(&isStart);
    return isParent && isStart ? std::optional(stat) : std::nullopt;
}

#ifdef Q_OS_LINUX

namespace {

using Processes = std::map<qint64, ProcessStat>;

QString inProc(qint64 pid, const char* name)
{
    return QStringLiteral("/proc/%1/").arg(pid) + QLatin1String(name);
}

Processes allProcesses()
{
    Processes processes;
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const qint64 pid = name.toLongLong();
        QFile file(inProc(pid, "stat"));
        if (pid > 0 && file.open(QIODevice::ReadOnly)) {
            if (const auto stat = parseProcessStat(file.readAll())) {
                processes.emplace(pid, *stat);
            }
        }
    }
    return processes;
}

//! What a link of the kernel's names; empty when it may not be read.
QString target(qint64 pid, const char* link)
{
    // QFile would take a relative one to start from somewhere, and a name is what we want.
    QByteArray path(16 * 1024, '\0');
    const QByteArray name = QFile::encodeName(inProc(pid, link));
    const auto size = ::readlink(name.constData(), path.data(), static_cast<std::size_t>(path.size()));
    path.truncate(std::max(size, ssize_t(0)));
    constexpr QByteArrayView deleted = " (deleted)"; // an update replaced it while it runs
    if (path.endsWith(deleted) && !QFileInfo::exists(QFile::decodeName(path))) {
        path.chop(deleted.size());
    }
    return QFile::decodeName(path);
}

//! The program itself, not the script that npm puts before it: that one is node, and its child this.
bool isOpencode(qint64 pid)
{
    const QString program = QFileInfo(target(pid, "exe")).fileName();
    return program == u"opencode" || program == u".opencode";
}

bool isOurs(qint64 pid)
{
    return QFileInfo(QStringLiteral("/proc/%1").arg(pid)).ownerId() == ::geteuid();
}

//! Whether it was started, however indirectly, by somebody for whom \p matches.
template <typename Match>
bool isBelow(const Processes& processes, qint64 pid, const Match& matches)
{
    // Processes come and go while we read, so that parents could go round in a circle.
    for (std::size_t step = 0; step < processes.size(); ++step) {
        const auto own = processes.find(pid);
        const auto parent = own == processes.end() ? own : processes.find(own->second.parent);
        if (parent == processes.end()) {
            return false;
        }
        pid = parent->first;
        if (matches(pid, parent->second)) {
            return true;
        }
    }
    return false;
}

//! `btime` of /proc/stat has whole seconds only; these two clocks differ by the same time, exactly.
Timestamp systemStart()
{
    timespec real{};
    timespec sinceStart{};
    ::clock_gettime(CLOCK_REALTIME, &real);
    ::clock_gettime(CLOCK_BOOTTIME, &sinceStart);
    const auto milliseconds = [](const timespec& time) {
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
    };
    return fromMilliseconds(milliseconds(real) - milliseconds(sinceStart));
}

} // namespace

std::vector<OpencodeProcess> runningOpencode(qint64 except)
{
    assertOffGuiThread("looking for running opencodes");
    const Processes processes = allProcesses();
    const Timestamp start = systemStart();
    const qint64 ticks = ::sysconf(_SC_CLK_TCK);
    const auto startsItsOwn = [except](qint64 pid, const ProcessStat& stat) {
        return pid == except || stat.name == "sharelock" || isOpencode(pid);
    };
    std::vector<OpencodeProcess> found;
    for (const auto& [pid, stat] : processes) {
        if (pid == except || !isOurs(pid) || !isOpencode(pid) || isBelow(processes, pid, startsItsOwn)) {
            continue;
        }
        const auto age = std::chrono::milliseconds(stat.startTick * 1000 / std::max(ticks, qint64(1)));
        found.push_back({pid, start + age, target(pid, "cwd")});
    }
    const auto isOlder = [](const OpencodeProcess& a, const OpencodeProcess& b) {
        return a.startedAt < b.startedAt;
    };
    std::stable_sort(found.begin(), found.end(), isOlder);
    return found;
}

#else

std::vector<OpencodeProcess> runningOpencode(qint64 except)
{
    Q_UNUSED(except)
    return {};
}

#endif

} // namespace sharelock::opencode
