// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/scan_rules.h"

#include "redaction/rule_files.h"

namespace sharelock::sharing {

const redaction::SecretScanner& scanner()
{
    static const redaction::SecretScanner one(redaction::builtInRules());
    return one;
}

std::vector<redaction::RuleSource> scanRuleSources()
{
    std::vector<redaction::RuleSource> sources = redaction::builtInRuleSources();
    std::erase_if(sources, [](const redaction::RuleSource& rule) {
        return rule.kind == redaction::FindingKind::Infrastructure;
    });
    return sources;
}

} // namespace sharelock::sharing
