// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"
#include "value_maker.h"

#include <string>

namespace sharelock::redaction {

//! \brief Lines of \p forms in runs of one group, \p bytes long at the least. Nothing in it is anybody's.
[[nodiscard]] std::string cleanText(ValueMaker& maker, const FormGroups& forms, std::size_t bytes);

//! \brief \p text cut into parts of a conversation, some of them as JSON inside of the JSON.
[[nodiscard]] document::ShareDocument asConversation(const std::string& text);

} // namespace sharelock::redaction
