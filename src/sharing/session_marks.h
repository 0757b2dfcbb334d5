// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/own_words.h"
#include "redaction/rule_library.h"
#include "sharing/own_word_table.h"
#include "sharing/scan_cache.h"

#include <stop_token>

namespace sharelock::sharing {

//! \brief What finding marks takes besides the text. The pointers may be null, and are not owned.
struct MarkSources
{
    const redaction::RedactionPlan& names; //!< Hidden anyway, so no findings.
    ScanCache* cache = nullptr;
    const LinkLedger* ledger = nullptr;        //!< Without it no value is told from another.
    const redaction::OwnSearch* own = nullptr; //!< Of the person's own words; null where there are none.
};

//! \brief Scans a whole session on one thread and says as findingMarks() what it holds. Errors: Cancelled,
//! InvalidJson, LedgerUnreadable.
[[nodiscard]] Expected<std::string> scanForMarks(document::ShareDocument document,
                                                 const redaction::Scanning& scanning,
                                                 const MarkSources& sources, std::stop_token stop);

//! \brief What a session is scanned with besides our own rules: changes with others' rules and the person's
//! words. Empty for nothing.
//! \param rulesVersion of Scanning.
[[nodiscard]] std::string scannedWith(const std::string& rulesVersion, const OwnWordTable& own,
                                      const std::string& sessionId);
//! \brief ScannedSession::fingerprint of content that was scanned with that.
[[nodiscard]] std::string scannedAs(const QString& contentFingerprint, const std::string& scannedWith);
[[nodiscard]] bool wasScannedWith(const ScannedSession& session, std::string_view scannedWith);

} // namespace sharelock::sharing
