// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/rule.h"

#include <memory>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief Reads a file of rules (TOML, `[[rule]]`). A mistake anywhere leaves the whole file out.
//! Errors: RulesBroken; the subject is `file:line`, the detail says what is wrong.
[[nodiscard]] Expected<std::vector<RuleSource>> parseRules(std::string_view toml, const QString& fileName);

enum class Infrastructure
{
    LeftOut,
    Included
};

//! \brief The rules that come with the program; those for private addresses and host names only if asked for.
//! Read once; thread-safe. Not on the GUI thread.
[[nodiscard]] std::shared_ptr<const RuleSet>
builtInRules(Infrastructure infrastructure = Infrastructure::LeftOut);
//! \brief All of them as written, to be compiled together with a person's own.
[[nodiscard]] const std::vector<RuleSource>& builtInRuleSources();

} // namespace sharelock::redaction
