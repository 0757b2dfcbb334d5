// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/session_marks.h"

#include "redaction/longer_values.h"
#include "redaction/personal_names.h"
#include "sharing/cached_scan.h"

#include <algorithm>

namespace sharelock::sharing {

namespace {

Expected<std::vector<redaction::FoundValue>> ownIn(const document::ShareDocument& document,
                                                   const redaction::OwnSearch* search)
{
    if (search == nullptr)
        return std::vector<redaction::FoundValue>();
    auto found = search->search(document);
    // Whoever opens the session is told. All else in it counts as ever.
    if (!found && found.error().code == ErrorCode::PatternTooBroad)
        return std::vector<redaction::FoundValue>();
    return found;
}

} // namespace

Expected<std::string> scanForMarks(document::ShareDocument document, const redaction::Scanning& scanning,
                                   const MarkSources& sources, std::stop_token stop)
{
    // The cache knows our own rules only.
    ScanCache* const cache = scanning.version.empty() ? sources.cache : nullptr;
    auto result = cachedScan(*scanning.scanner, document, cache, {1, std::move(stop)});
    if (!result)
        return tl::unexpected(result.error());
    redaction::takeLongerValues(document, result->findings);
    auto own = ownIn(document, sources.own);
    if (!own)
        return tl::unexpected(own.error());
    document = document::ShareDocument(); // Not both at once in memory.
    auto found = redaction::foundValues(result->findings);
    result = redaction::ScanResult();
    redaction::addOwn(found, *std::move(own));
    std::erase_if(found, [&](const auto& value) { return isNamedIn(sources.names, value); });
    if (sources.ledger == nullptr)
        return findingMarks(found, std::vector<std::string>(found.size(), std::string(32, '\0')));
    const auto digests = sources.ledger->valueDigests(found);
    if (!digests)
        return tl::unexpected(digests.error());
    return findingMarks(found, *digests);
}

std::string scannedWith(const std::string& rulesVersion, const OwnWordTable& own,
                        const std::string& sessionId)
{
    return rulesVersion + own.version(sessionId);
}

std::string scannedAs(const QString& contentFingerprint, const std::string& scannedWith)
{
    std::string fingerprint = contentFingerprint.toStdString();
    return scannedWith.empty() ? fingerprint : fingerprint.append("/").append(scannedWith);
}

bool wasScannedWith(const ScannedSession& session, std::string_view scannedWith)
{
    const std::string_view fingerprint = session.fingerprint;
    const std::size_t slash = std::min(fingerprint.find('/'), fingerprint.size() - 1);
    return fingerprint.substr(slash + 1) == scannedWith;
}

} // namespace sharelock::sharing
