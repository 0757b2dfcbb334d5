// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/transcript.h"
#include "redaction/content_set.h"

namespace sharelock::redaction {

struct Reduced
{
    document::ShareDocument document;
    bool hasChanged = false;
    document::ContentCounts before; //!< What there was; counted in passing.
};

//! \brief A pure function: the document without the kinds of content in \p out. Every item stays, with its
//! key, IDs and type, since a server that merges by key never removes one; in place of what is gone stands a
//! counted stub (document/stub.h), where the share page has a place for it; else the preview tells
//! (document/left_out_lists.h). Copies go too: a tool's metadata,
//! diffs in summaries and in the input of tools that change files, the texts of attached files that opencode
//! put beside the person's message, `data:` URLs wherever they stand.
//!
//! Parts and items of unknown types count as tools: whatever they are, it is more likely a machine's output
//! than a person's words. They remain with ID and type. A compaction goes with tools and with reasoning,
//! since it tells of both.
//!
//! What is not left out stays byte by byte. Leaving out twice changes nothing. Linear time; not on the GUI
//! thread. Errors: InvalidJson, the subject is the item's key.
[[nodiscard]] Expected<Reduced> leaveOut(document::ShareDocument document, const ContentSet& out);

} // namespace sharelock::redaction
