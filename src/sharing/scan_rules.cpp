// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/scan_rules.h"

#include "redaction/rule_files.h"

#include <QDir>
#include <QFileInfo>

namespace sharelock::sharing {

const redaction::SecretScanner& scanner()
{
    return *redaction::RuleLibrary::instance().builtIn();
}

std::vector<redaction::RuleSource> scanRuleSources()
{
    std::vector<redaction::RuleSource> sources = redaction::builtInRuleSources();
    std::erase_if(sources, [](const redaction::RuleSource& rule) {
        return rule.kind == redaction::FindingKind::Infrastructure;
    });
    return sources;
}

QString personRules(const Environment& environment)
{
    return environment.configFolder() % QStringLiteral("/gitleaks.toml");
}

std::vector<redaction::RuleFile> ruleFiles(const Environment& environment, const QString& worktree)
{
    std::vector<redaction::RuleFile> files{{personRules(environment), false}};
    if (QDir::isAbsolutePath(worktree))
        files.push_back({QDir(worktree).filePath(QStringLiteral(".gitleaks.toml")), false});
    return files;
}

redaction::Scanning scanningFor(const Environment& environment, const QString& worktree,
                                const QStringList& files)
{
    auto all = ruleFiles(environment, worktree);
    for (const QString& file : files)
        all.push_back({QFileInfo(file).absoluteFilePath(), true});
    return redaction::RuleLibrary::instance().scanning(all);
}

} // namespace sharelock::sharing
