// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "redaction/redaction_plan.h"

namespace sharelock::redaction {

struct Redacted
{
    document::ShareDocument document;
    std::size_t places = 0; //!< Replacements made, all in all.
    std::size_t values = 0; //!< Hidden values that occurred at least once.
};

//! \brief A pure function: every occurrence of each hidden value, in every text and member name of every
//! item, becomes its pseudonym: raw, JSON-escaped (nested), percent-encoded, as a hyphen-encoded path, and
//! inside `data:` URLs of text. The document stays valid for the share page; opencode's own IDs, types and
//! member names of the protocol are not touched. Redacting twice changes nothing. Linear time; not on the GUI
//! thread. Errors: InvalidJson.
[[nodiscard]] Expected<Redacted> redact(const document::ShareDocument& document, const RedactionPlan& plan);

} // namespace sharelock::redaction
