// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/session_marks.h"

#include "redaction/longer_values.h"
#include "redaction/personal_names.h"
#include "sharing/cached_scan.h"

namespace sharelock::sharing {

Expected<std::string> scanForMarks(document::ShareDocument document, const redaction::Scanning& scanning,
                                   const MarkSources& sources, std::stop_token stop)
{
    // The cache knows our own rules only.
    ScanCache* const cache = scanning.version.empty() ? sources.cache : nullptr;
    auto result = cachedScan(*scanning.scanner, document, cache, {1, std::move(stop)});
    if (!result)
        return tl::unexpected(result.error());
    redaction::takeLongerValues(document, result->findings);
    document = document::ShareDocument(); // Not both at once in memory.
    auto found = redaction::foundValues(result->findings);
    result = redaction::ScanResult();
    std::erase_if(found, [&](const auto& value) { return isNamedIn(sources.names, value); });
    if (sources.ledger == nullptr)
        return findingMarks(found, std::vector<std::string>(found.size(), std::string(32, '\0')));
    const auto digests = sources.ledger->valueDigests(found);
    if (!digests)
        return tl::unexpected(digests.error());
    return findingMarks(found, *digests);
}

} // namespace sharelock::sharing
