// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/rule_library.h"

#include "base/thread_guard.h"
#include "redaction/gitleaks_file.h"
#include "redaction/rule_files.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

#include <sys/stat.h>

namespace sharelock::redaction {

namespace {

constexpr std::size_t mostEntries = 8; //!< A compiled set of rules takes a few megabytes.

bool isSame(const std::vector<RuleFile>& a, const std::vector<RuleFile>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const RuleFile& x, const RuleFile& y) { return x.path == y.path; });
}

} // namespace

RuleLibrary& RuleLibrary::instance()
{
    static RuleLibrary library;
    return library;
}

const std::shared_ptr<const SecretScanner>& RuleLibrary::builtIn()
{
    const std::lock_guard lock(m_mutex);
    if (!m_builtIn)
        m_builtIn = std::make_shared<const SecretScanner>(builtInRules());
    return m_builtIn;
}

Scanning RuleLibrary::scanning(const std::vector<RuleFile>& files)
{
    assertOffGuiThread("reading rules");
    std::vector<RuleFile> present;
    std::copy_if(files.begin(), files.end(), std::back_inserter(present),
                 [](const RuleFile& file) { return file.isWanted || QFileInfo::exists(file.path); });
    if (present.empty())
        return {builtIn(), {}, {}, {}};
    {
        const std::lock_guard lock(m_mutex);
        const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&present](const Entry& entry) {
            return isSame(entry.files, present) && isCurrent(entry);
        });
        if (known != m_entries.end()) {
            std::rotate(known, known + 1, m_entries.end());
            return m_entries.back().scanning;
        }
    }
    Entry entry = load(present);
    Scanning result = entry.scanning;
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_entries, [&present](const Entry& each) { return isSame(each.files, present); });
    if (m_entries.size() == mostEntries)
        m_entries.erase(m_entries.begin());
    m_entries.push_back(std::move(entry));
    return result;
}

RuleLibrary::Entry RuleLibrary::load(const std::vector<RuleFile>& files)
{
    Entry entry;
    entry.files = files;
    std::vector<RuleSource> sources;
    int number = 0;
    for (const RuleFile& file : files) {
        // Before it is read, so that a change meanwhile is seen the next time.
        const Stamp stamp = stampOf(file.path);
        ForeignRules read = readGitleaksFile(file.path, "gitleaks-" + std::to_string(++number) + ":");
        entry.stamps.push_back(stamp);
        for (qsizetype i = 1; i < read.files.size(); ++i)
            entry.stamps.push_back(stampOf(read.files[i]));
        std::move(read.rules.begin(), read.rules.end(), std::back_inserter(sources));
        std::move(read.problems.begin(), read.problems.end(), std::back_inserter(entry.scanning.problems));
        entry.scanning.notes += read.notes;
    }
    entry.scanning.version = versionOf(entry.stamps);
    entry.scanning.scanner = builtIn();
    if (sources.empty())
        return entry;
    std::vector<RuleSource> all = builtInRuleSources();
    std::erase_if(all, [](const RuleSource& rule) { return rule.kind == FindingKind::Infrastructure; });
    std::move(sources.begin(), sources.end(), std::back_inserter(all));
    auto compiled = RuleSet::compile(std::move(all));
    if (compiled)
        entry.scanning.scanner = std::make_shared<const SecretScanner>(*std::move(compiled));
    else
        entry.scanning.problems.push_back(compiled.error());
    return entry;
}

std::string RuleLibrary::versionOf(const std::vector<Stamp>& stamps)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const Stamp& stamp : stamps) {
        hash.addData(stamp.path.toUtf8());
        hash.addData(QByteArray::number(stamp.modified));
        hash.addData(QByteArray::number(stamp.changed));
        hash.addData(QByteArray::number(stamp.size));
    }
    return hash.result().toHex().toStdString();
}

// Asked for each session: QFileInfo would look up the time zone for it.
RuleLibrary::Stamp RuleLibrary::stampOf(const QString& path)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {path, 0, 0, -1};
    const auto nanoseconds = [](const timespec& time) {
        return static_cast<qint64>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    return {path, nanoseconds(status.st_mtim), nanoseconds(status.st_ctim), status.st_size};
}

bool RuleLibrary::isCurrent(const Entry& entry)
{
    return std::all_of(entry.stamps.begin(), entry.stamps.end(),
                       [](const Stamp& stamp) { return stampOf(stamp.path) == stamp; });
}

std::vector<Error> stoppedProblems(const std::vector<const Rule*>& stopped)
{
    std::vector<Error> problems;
    for (const Rule* const rule : stopped)
        problems.push_back({ErrorCode::RulesBroken, QString::fromStdString(rule->origin),
                            QStringLiteral("the rule took too long or found too much, and was stopped")});
    return problems;
}

} // namespace sharelock::redaction
