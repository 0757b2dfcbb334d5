// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// How fast the scanner is, beside `wc -l` and decoding alone, on generated transcripts and on texts that are
// made to be slow:
//   bench_scan [MEGABYTES] [FILE]
//   bench_scan MEGABYTES clean|records|tiny|hard
//   bench_scan MEGABYTES write >FILE
// With FILE (JSON lines) that is scanned instead of the generated corpus; a word does one thing alone, for a
// profiler. Times are the processor's, so that other work on the machine disturbs little; with two threads
// they are the clock's.

#include "document/json_walk.h"
#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"
#include "transcripts.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QTemporaryFile>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <map>

using namespace sharelock;
using namespace sharelock::redaction;

namespace {

constexpr int rounds = 3;
constexpr double million = 1e6;

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

double best(double (*now)(), const std::function<void()>& work)
{
    double least = 1e9;
    for (int i = 0; i < rounds; ++i) {
        const double begin = now();
        work();
        least = std::min(least, now() - begin);
    }
    return least;
}

long residentMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

void report(const char* name, std::size_t bytes, double seconds, std::size_t findings)
{
    std::printf("%-34s %7.0f MB/s  %6.3f s  %7zu findings  %5ld MB resident\n", name,
                double(bytes) / million / seconds, seconds, findings, residentMegabytes());
}

class Nothing final : public document::JsonEvents
{
public:
    void enter(bool, std::size_t) override {}
    void leave(std::size_t) override {}
    void name(document::JsonSpan) override {}
    void text(document::JsonSpan) override {}
    void scalar(document::JsonSpan) override {}
};

document::ShareDocument documentOf(const std::string& lines)
{
    document::ShareDocument document;
    std::size_t begin = 0;
    for (std::size_t number = 0; begin < lines.size(); ++number) {
        const std::size_t end = std::min(lines.find('\n', begin), lines.size());
        if (end > begin)
            document.addKeyed(document::ItemType::Part, "part/msg_1/" + std::to_string(number),
                              lines.substr(begin, end - begin));
        begin = end + 1;
    }
    return document;
}

void countLines(const std::string& lines)
{
    QTemporaryFile file;
    if (!file.open() || file.write(lines.data(), static_cast<qint64>(lines.size())) < 0 || !file.flush())
        return;
    const double seconds = best(clockSeconds, [&file] {
        QProcess::execute(
            QStringLiteral("sh"),
            {QStringLiteral("-c"), QStringLiteral("wc -l <\"$0\" >/dev/null"), file.fileName()});
    });
    report("wc -l (clock, with its start)", lines.size(), seconds, 0);
}

void scanDocument(const SecretScanner& scanner, const char* name, const document::ShareDocument& document,
                  int threads)
{
    std::size_t findings = 0;
    std::map<std::string, std::size_t> byRule;
    const double seconds = best(threads == 1 ? processorSeconds : clockSeconds, [&] {
        const auto scanned = scanner.scan(document, {threads, {}});
        findings = scanned ? scanned->findings.size() : 0;
        byRule.clear();
        for (const Finding& finding : scanned ? scanned->findings : std::vector<Finding>())
            ++byRule[finding.rule->id];
    });
    report(name, document.byteCount(), seconds, findings);
    if (threads == 1) {
        for (const auto& [rule, count] : byRule)
            std::printf("    %7zu %s\n", count, rule.c_str());
    }
}

void scanText(const SecretScanner& scanner, const char* name, const std::string& text)
{
    std::size_t findings = 0;
    const double seconds = best(processorSeconds, [&] {
        const auto scanned = scanner.scanText(text, ScanOptions{});
        findings = scanned ? scanned->findings.size() : 0;
    });
    report(name, text.size(), seconds, findings);
}

std::string repeated(const std::string& piece, std::size_t bytes)
{
    std::string text;
    text.reserve(bytes + piece.size());
    while (text.size() < bytes)
        text += piece;
    return text;
}

void scanTiny(const SecretScanner& scanner)
{
    document::ShareDocument tiny;
    std::string list = "[\"\"";
    for (int i = 0; i < 1'000'000; ++i)
        list += ",\"item " + std::to_string(i) + "\"";
    tiny.addKeyed(document::ItemType::Part, "part/a/b", list + "]");
    scanDocument(scanner, "a million tiny texts", tiny, 1);
}

void scanRecords(const SecretScanner& scanner)
{
    Transcripts transcripts(2);
    scanDocument(scanner, "a secret in every record", documentOf(transcripts.withSecrets(30'000'000)), 1);
}

void scanHard(const SecretScanner& scanner)
{
    constexpr std::size_t size = 10'000'000;
    scanText(scanner, "256 MB in one line",
             repeated("the quick brown fox jumps over 12 lazy dogs ", 256'000'000));
    scanText(scanner, "key=key=key=", repeated("key=", size));
    scanText(scanner, "unterminated PEM",
             repeated("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n", size));
    scanText(scanner, "backslashes", repeated("\\\"", size));
    scanText(scanner, "escaped signs", repeated("a\\u003db\\u0026 \\\\/", size));
    scanText(scanner, "invalid UTF-8", repeated("\xFF\xC3(key", size));
    scanText(scanner, "hashes everywhere", repeated("4b825dc642cb6eb9a060e54bf8d69288fbee4904 ", size));
    scanText(scanner, "provider names", repeated("github token asana key ", size));
    scanText(scanner, "base64 of text", repeated("cGFzc3dvcmQ9cGFzc3dvcmQ9", size));
}

void scanCorpus(const SecretScanner& scanner, std::string lines)
{
    countLines(lines);
    const document::ShareDocument document = documentOf(lines);
    lines = {};
    const double seconds = best(processorSeconds, [&document] {
        Nothing nothing;
        for (const document::ShareItem& item : document.items())
            (void)document::walkJson(item.data, nothing);
    });
    report("decoding alone", document.byteCount(), seconds, 0);
    scanDocument(scanner, "scan, one thread", document, 1);
    scanDocument(scanner, "scan, two threads (clock)", document, 2);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const std::size_t megabytes = arguments.size() > 1 ? arguments[1].toULongLong() : 100;
    const QString what = arguments.value(2);
    const auto does = [&what](const char* name) { return what.isEmpty() || what == QLatin1String(name); };
    if (what == QLatin1String("write")) {
        const std::string lines = Transcripts(1).clean(megabytes * 1'000'000);
        return std::fwrite(lines.data(), 1, lines.size(), stdout) == lines.size() ? 0 : 1;
    }
    const bool isFile = QFile::exists(what);
    const double begin = processorSeconds();
    const auto rules = builtInRules();
    std::printf("%zu rules, read and indexed in %.0f ms\n", rules->rules().size(),
                (processorSeconds() - begin) * 1e3);
    const SecretScanner scanner(rules);
    if (isFile) {
        QFile file(what);
        if (!file.open(QIODevice::ReadOnly))
            return 1;
        scanCorpus(scanner, file.readAll().toStdString());
    }
    if (does("clean"))
        scanCorpus(scanner, Transcripts(1).clean(megabytes * 1'000'000));
    if (does("tiny"))
        scanTiny(scanner);
    if (does("records"))
        scanRecords(scanner);
    if (does("hard"))
        scanHard(scanner);
    return 0;
}
