// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_tree.h"

#include <string>

namespace sharelock::document {

//! \brief One file's change as text: its patch, if it has one; else its two versions in one, with all
//! unchanged lines, since those are public too. Linear.
[[nodiscard]] std::string diffText(JsonValue fileDiff);

} // namespace sharelock::document
