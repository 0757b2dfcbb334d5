// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "redaction/rule_library.h"

#include <string_view>
#include <vector>

namespace sharelock::sharing {

//! \brief The scanner with our own rules alone. Made with the first call, which takes some 60 ms;
//! thread-safe. Not on the GUI thread.
[[nodiscard]] const redaction::SecretScanner& scanner();

//! \brief The rules of scanner(), to tell them from others without making it.
[[nodiscard]] std::vector<redaction::RuleSource> scanRuleSources();

//! \brief The person's own file of rules, which need not be there.
[[nodiscard]] QString personRules(const Environment& environment);

//! \brief Where others' rules may stand: the person's, and those of the project in \p worktree, if it is one.
[[nodiscard]] std::vector<redaction::RuleFile> ruleFiles(const Environment& environment,
                                                         const QString& worktree);

//! \brief With those, and \p files, which the person named.
[[nodiscard]] redaction::Scanning scanningFor(const Environment& environment, const QString& worktree,
                                              const QStringList& files = {});

//! \brief For LinkLedger::digestKey().
constexpr std::string_view scanCachePurpose = "scan cache";

} // namespace sharelock::sharing
