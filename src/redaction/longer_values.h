// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "redaction/finding.h"

#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief A password in prose ends before its last `!` for one rule, and behind it for another that found it
//! elsewhere: where a secret that was found stands as the beginning of another one that was found, the place
//! is one of the longer one. Only for what is a little longer. \p findings as SecretScanner::scan() gives
//! them for \p document. Linear; not on the GUI thread.
void takeLongerValues(const document::ShareDocument& document, std::vector<Finding>& findings);
//! \brief As above, where \p text by itself was scanned: pointers and items are empty.
void takeLongerValues(std::string_view text, std::vector<Finding>& findings);

} // namespace sharelock::redaction
