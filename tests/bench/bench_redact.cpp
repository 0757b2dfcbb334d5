// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// How long it takes to hide values in a document and to search the result for them:
//   bench_redact [MEGABYTES] [VALUES]
// Most values are secrets, one in five is an address or a name. Each stands in the document several times.

#include "redaction/leak_gate.h"
#include "redaction/redact.h"
#include "transcripts.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

constexpr int rounds = 5;

double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

double clockSeconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void measure(const char* name, const std::function<void()>& work)
{
    double processor = 1e9;
    double clock = 1e9;
    for (int i = 0; i < rounds; ++i) {
        const double processorBegin = processorSeconds();
        const double clockBegin = clockSeconds();
        work();
        processor = std::min(processor, processorSeconds() - processorBegin);
        clock = std::min(clock, clockSeconds() - clockBegin);
    }
    std::printf("%-28s %6.0f ms of work, %6.0f ms\n", name, processor * 1e3, clock * 1e3);
}

RedactionPlan planOf(std::size_t count, std::mt19937_64& random)
{
    static constexpr char digits[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    RedactionPlan plan;
    plan.hidden = {{HiddenKind::HomeFolder, "/home/alice", "~", HiddenShape::Folder},
                   {HiddenKind::UserName, "alice", "<user>", HiddenShape::Name},
                   {HiddenKind::HostName, "thinkpad-7", "<host>", HiddenShape::Name}};
    for (std::size_t i = plan.hidden.size(); i < count; ++i) {
        std::string value;
        for (std::size_t length = 12 + random() % 30; length > 0; --length)
            value.push_back(digits[random() % 62]);
        const std::string pseudonym = "-" + std::to_string(i) + ">";
        if (i % 5 == 0)
            plan.hidden.push_back({HiddenKind::Personal, value.substr(0, 9) + "@mail.test",
                                   "<email" + pseudonym, HiddenShape::Name});
        else
            plan.hidden.push_back({HiddenKind::Secret, value, "<secret" + pseudonym, HiddenShape::Value});
    }
    return plan;
}

document::ShareDocument documentOf(std::string lines, const RedactionPlan& plan, std::mt19937_64& random)
{
    document::ShareDocument document;
    std::size_t begin = 0;
    for (std::size_t number = 0; begin < lines.size(); ++number) {
        const std::size_t end = std::min(lines.find('\n', begin), lines.size());
        std::string line = lines.substr(begin, end - begin);
        for (int i = 0; i < 4; ++i) {
            const std::size_t blank = line.find(' ', line.size() / 2 - random() % (line.size() / 4));
            if (blank != std::string::npos)
                line.insert(blank, " " + plan.hidden[random() % plan.hidden.size()].value);
        }
        if (!line.empty())
            document.addKeyed(document::ItemType::Part, "part/msg_1/" + std::to_string(number),
                              std::move(line));
        begin = end + 1;
    }
    return document;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const std::size_t megabytes = arguments.size() > 1 ? arguments[1].toULongLong() : 20;
    const std::size_t values = arguments.size() > 2 ? arguments[2].toULongLong() : 500;
    std::mt19937_64 random(3);
    const RedactionPlan plan = planOf(values, random);
    const document::ShareDocument document =
        documentOf(Transcripts(1).clean(megabytes * 1'000'000), plan, random);
    std::printf("%.1f MB, %zu values\n", double(document.byteCount()) / 1e6, plan.hidden.size());
    Expected<Redacted> redacted;
    measure("redacting", [&] { redacted = redact(document, plan); });
    if (!redacted)
        return 1;
    std::printf("%zu places\n", redacted->places);
    std::string bytes;
    measure("writing", [&] { bytes = redacted->document.toJson(); });
    bool isClean = false;
    measure("searching for leaks", [&] { isClean = LeakGate(plan).check(bytes).has_value(); });
    measure("all of it", [&] {
        const auto again = redact(document, plan);
        isClean = isClean && again && LeakGate(plan).check(again->document.toJson());
    });
    std::puts(isClean ? "nothing leaks" : "SOMETHING LEAKS");
    return isClean ? 0 : 1;
}
