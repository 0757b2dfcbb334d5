// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"

namespace sharelock::document {

//! \brief The conversation as it stands: opencode keeps what a person reverted until the next prompt, marked
//! in the session's `revert`. Those messages and parts, and the mark, are left out. Errors: InvalidJson.
[[nodiscard]] Expected<ShareDocument> withoutReverted(const ShareDocument& document);

} // namespace sharelock::document
