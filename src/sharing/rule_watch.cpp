// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/rule_watch.h"

#include "base/thread_guard.h"
#include "redaction/gitleaks_file.h"
#include "sharing/follower.h"
#include "sharing/scan_rules.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include <utility>

namespace sharelock::sharing {

RuleWatch::RuleWatch(Environment environment)
    : m_environment(std::move(environment))
{
    connect(&m_watch, &ConfigWatch::changed, this, &RuleWatch::changed);
}

QSet<QString> RuleWatch::look(const QSet<QString>& worktrees)
{
    assertOffGuiThread("looking at rules");
    QStringList watched;
    for (const QString& worktree : worktrees) {
        // Where a project's folder was deleted, the one around it would be watched, and it may be a busy one.
        const bool isThere = QFileInfo(worktree).isDir();
        for (const redaction::RuleFile& file : ruleFiles(m_environment, worktree)) {
            if (isThere || file.path == personRules(m_environment))
                watched << file.path << read(file.path).extended;
        }
    }
    // Before the files count as seen, so that a change in between is noticed by one of the two.
    m_watch.watch(watched);
    QSet<QString> differing;
    Versions seen;
    Versions files;
    for (const QString& worktree : worktrees) {
        QByteArray version;
        for (const redaction::RuleFile& file : ruleFiles(m_environment, worktree))
            version += versionOf(file.path, files);
        const auto before = m_seen.constFind(worktree);
        if (before != m_seen.cend() && *before != version)
            differing.insert(worktree);
        seen.insert(worktree, version);
    }
    m_seen = std::move(seen);
    m_files.removeIf([&files](QHash<QString, File>::iterator known) { return !files.contains(known.key()); });
    return differing;
}

QByteArray RuleWatch::version() const
{
    QStringList worktrees = m_seen.keys();
    worktrees.sort();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& worktree : std::as_const(worktrees)) {
        const QByteArray line = worktree.toUtf8() + '\n' + m_seen.value(worktree) + '\n';
        hash.addData(line);
    }
    return hash.result();
}

const RuleWatch::File& RuleWatch::read(const QString& path)
{
    const QByteArray stamp = fileStamp(path);
    File& file = m_files[path];
    if (file.stamp == stamp)
        return file;
    file.stamp = stamp;
    file.extended.clear();
    if (QFileInfo::exists(path))
        file.extended = redaction::readGitleaksFile(path, {}).files;
    file.extended.removeAll(path);
    return file;
}

QByteArray RuleWatch::versionOf(const QString& path, Versions& known)
{
    const auto found = known.constFind(path);
    if (found != known.cend())
        return *found;
    const File& file = read(path);
    QByteArray version = file.stamp + '\n';
    for (const QString& extended : file.extended)
        version += fileStamp(extended) + '\n';
    known.insert(path, version);
    return version;
}

} // namespace sharelock::sharing
