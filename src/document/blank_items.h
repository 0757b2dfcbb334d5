// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_tree.h"
#include "document/share_document.h"

namespace sharelock::document {

//! \brief The document with each item replaced by one of the same key that says nothing: IDs remain, since a
//! server that merges by key can overwrite but never remove. Unknown item types become an object with their
//! ID fields only.
[[nodiscard]] Expected<ShareDocument> blanked(const ShareDocument& document);

//! \brief Whether nothing but blanks is left: no title, no text, no tool, no path, no diff, no model, in any
//! item. Judges by what is there, not by comparing with blanked(), so blanks of another program count too.
[[nodiscard]] bool isBlank(const ShareDocument& document);

//! \brief The same of one value: an item's data, a message, a part.
[[nodiscard]] bool isBlank(JsonValue data);

//! \brief Number of messages of which more than a blank is left, in the message itself or in one of its
//! parts; those inside of `messages` batches too. Linear; not on the GUI thread.
[[nodiscard]] std::size_t saidMessageCount(const ShareDocument& document);

} // namespace sharelock::document
