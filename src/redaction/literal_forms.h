// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/literal_index.h"

#include <vector>

namespace sharelock::redaction {

struct RuleSource;

//! \brief The literals of \p rule in every form that a text may have them: other scripts in upper and lower
//! case, and escaped as JSON inside a text has them.
[[nodiscard]] std::vector<Literal> literalForms(const RuleSource& rule);

} // namespace sharelock::redaction
