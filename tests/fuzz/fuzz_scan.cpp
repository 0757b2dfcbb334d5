// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "fuzz_check.h"
#include "redaction/rule_files.h"
#include "redaction/secret_scanner.h"

#include <cstdint>

using namespace sharelock;
using fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const redaction::SecretScanner scanner(redaction::builtInRules());
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t end = 0;
    for (const redaction::TextFinding& finding : scanner.scanText(text)) {
        check(finding.length > 0, "a finding is not empty");
        check(finding.offset >= end, "findings are in order and do not overlap");
        end = finding.offset + finding.length;
        check(end <= size, "a finding lies in the text");
    }
    return 0;
}
