// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <string>
#include <utility>
#include <vector>

namespace sharelock::redaction {

inline RuleSource patternRule(const std::string& id, const std::string& literal, const std::string& pattern)
{
    RuleSource source;
    source.id = id;
    source.title = id;
    source.confidence = Confidence::High;
    source.literals = {literal};
    source.pattern = pattern;
    return source;
}

//! \brief One rule for each way in which a rule may be tried.
inline std::vector<RuleSource> oneOfEach()
{
    RuleSource name = patternRule("name", "password", {});
    name.shape = RuleShape::Assignment;
    name.ignoreCase = true;
    name.confidence = Confidence::Medium;
    RuleSource near = patternRule("near", "acme", "(?i:acme)[^\\n]{0,40}?([0-9a-f]{32})");
    near.ignoreCase = true;
    near.secretGroup = 1;
    near.boundaryBefore = false;
    RuleSource address = patternRule("address", "@", {});
    address.shape = RuleShape::Email;
    address.kind = FindingKind::Personal;
    address.confidence = Confidence::Medium;
    RuleSource url = patternRule("url", "://", "://[a-z]{1,20}:([^@\\s]{1,40})@");
    url.secretGroup = 1;
    url.boundaryBefore = false;
    url.boundaryAfter = false;
    RuleSource pem = patternRule("pem", "-----BEGIN KEY",
                                 "-----BEGIN KEY-----\\n[A-Za-z0-9\\n]{8,500}\\n-----END KEY-----");
    pem.boundaryBefore = false;
    pem.boundaryAfter = false;
    pem.reach = 4096;
    return {patternRule("prefix", "tok_", "tok_[A-Za-z0-9]{20}"),
            patternRule("short", "id_", "id_[0-9]{4}"),
            near,
            name,
            address,
            url,
            pem};
}

inline std::shared_ptr<const RuleSet> compiledOrDie(std::vector<RuleSource> sources,
                                                    IndexKind kind = IndexKind::Fastest)
{
    auto rules = RuleSet::compile(std::move(sources), kind);
    if (!rules)
        qFatal("%s %s", qPrintable(rules.error().subject), qPrintable(rules.error().detail));
    return std::move(*rules);
}

} // namespace sharelock::redaction
