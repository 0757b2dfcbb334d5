// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/secret_scanner.h"
#include "sharing/scan_cache.h"

namespace sharelock::sharing {

//! \brief Smaller sessions are scanned in a few milliseconds.
constexpr std::size_t leastCachedBytes = 1024 * 1024;

//! \brief As SecretScanner::scan(), but only what is new or changed since is looked at. Found values are
//! taken from the document again, by their place, and compared with a digest; where they differ, and where
//! a value stands encoded in its text, the items are scanned. The cache must have been made with the
//! scanner's own rules. Errors: as SecretScanner::scan().
//! \param cache may be null. \param leastBytes smaller documents are just scanned.
[[nodiscard]] Expected<redaction::ScanResult>
cachedScan(const redaction::SecretScanner& scanner, const document::ShareDocument& document, ScanCache* cache,
           const redaction::ScanOptions& options, std::size_t leastBytes = leastCachedBytes);

} // namespace sharelock::sharing
