// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "redaction/found_values.h"

#include <vector>

namespace sharelock::sharing {

//! \brief Those of \p found that stand in \p items of the redacted conversation, hidden ones by what took
//! their place. A value that stands only inside of another one is told of by that one. One pass for all of
//! them; not on the GUI thread. Errors: InvalidJson.
[[nodiscard]] Expected<std::vector<redaction::FoundValue>>
standingIn(const std::vector<document::ShareItem>& items, const std::vector<redaction::FoundValue>& found);

} // namespace sharelock::sharing
