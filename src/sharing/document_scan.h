// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "redaction/rule_library.h"

#include <string>
#include <vector>

namespace sharelock::sharing {

//! \brief What was found in a document, or in one text by itself, longer values in the place of their parts.
struct DocumentScan
{
    std::size_t bytes = 0;
    std::vector<redaction::Finding> findings;
    redaction::Scanning scanning;    //!< Keeps the rules alive that the findings point to.
    std::vector<Error> ruleProblems; //!< Of files of rules: not everything was looked for.
};

//! \brief Any thread but the GUI's. Errors: Cancelled.
[[nodiscard]] Expected<DocumentScan> scanDocument(const redaction::Scanning& scanning,
                                                  const document::ShareDocument& document,
                                                  const redaction::ScanOptions& options);
//! \brief The findings have no item and no pointer. Otherwise as above.
[[nodiscard]] Expected<DocumentScan> scanText(const redaction::Scanning& scanning, const std::string& text,
                                              const redaction::ScanOptions& options);

} // namespace sharelock::sharing
