// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"

#include <string>
#include <vector>

namespace sharelock::document {

inline const std::string session = "ses_5a1b2c3d4e5fABCDEFGHIJKLMN";
inline const std::string otherSession = "ses_5a1b2c3d4e60zyxwvutsrqponm";
inline const std::string project = "0123456789abcdef0123456789abcdef01234567";

//! \brief A conversation with \p count messages that names its IDs in as many ways as there are.
[[nodiscard]] ShareDocument conversation(int count, std::vector<std::string>* ids = nullptr);

} // namespace sharelock::document
