// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/scan_rules.h"

#include "redaction/rule_files.h"

#include <QDir>

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

} // namespace sharelock::sharing
