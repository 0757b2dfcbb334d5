// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/document_scan.h"

#include "redaction/longer_values.h"

#include <utility>

namespace sharelock::sharing {

namespace {

DocumentScan scanOf(const redaction::Scanning& scanning, const std::vector<const redaction::Rule*>& stopped)
{
    DocumentScan scan;
    scan.scanning = scanning;
    scan.ruleProblems = scanning.problems;
    for (Error& error : redaction::stoppedProblems(stopped))
        scan.ruleProblems.push_back(std::move(error));
    return scan;
}

} // namespace

Expected<DocumentScan> scanDocument(const redaction::Scanning& scanning,
                                    const document::ShareDocument& document,
                                    const redaction::ScanOptions& options)
{
    auto result = scanning.scanner->scan(document, options);
    if (!result)
        return tl::unexpected(result.error());
    DocumentScan scan = scanOf(scanning, result->stopped);
    scan.bytes = document.byteCount();
    redaction::takeLongerValues(document, result->findings);
    scan.findings = std::move(result->findings);
    return scan;
}

Expected<DocumentScan> scanText(const redaction::Scanning& scanning, const std::string& text,
                                const redaction::ScanOptions& options)
{
    auto result = scanning.scanner->scanText(text, options);
    if (!result)
        return tl::unexpected(result.error());
    DocumentScan scan = scanOf(scanning, result->stopped);
    scan.bytes = text.size();
    for (redaction::TextFinding& found : result->findings) {
        redaction::Finding finding;
        finding.rule = found.rule;
        finding.offset = found.offset;
        finding.length = found.length;
        finding.confidence = found.confidence;
        finding.value = std::move(found.value);
        scan.findings.push_back(std::move(finding));
    }
    redaction::takeLongerValues(text, scan.findings);
    return scan;
}

} // namespace sharelock::sharing
