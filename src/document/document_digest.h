// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"

#include <QByteArray>

namespace sharelock::document {

//! \brief BLAKE2b-256 over the items in the order of their keys, without white space between tokens: equal
//! for two answers that say the same, whatever their order. Tells nothing to who does not have the document.
//! An empty document has a digest too. Not on the GUI thread.
[[nodiscard]] QByteArray digest(const ShareDocument& document);

} // namespace sharelock::document
