// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/secret_scanner.h"

#include <string_view>
#include <vector>

namespace sharelock::sharing {

//! \brief The scanner that all of this program uses. Made with the first call, which takes some 60 ms;
//! thread-safe. Not on the GUI thread.
[[nodiscard]] const redaction::SecretScanner& scanner();

//! \brief The rules of scanner(), to tell them from others without making it.
[[nodiscard]] std::vector<redaction::RuleSource> scanRuleSources();

//! \brief For LinkLedger::digestKey().
constexpr std::string_view scanCachePurpose = "scan cache";

} // namespace sharelock::sharing
