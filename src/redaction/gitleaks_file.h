// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/rule.h"

#include <QStringList>

#include <string>
#include <vector>

namespace sharelock::redaction {

//! \brief What files of gitleaks' rules say.
struct ForeignRules
{
    std::vector<RuleSource> rules; //!< Good ones; RuleSet::compile() takes them beside ours.
    //! \brief RulesBroken; the subject is `file:line`, the detail says what is wrong there. It is left out.
    std::vector<Error> problems;
    QStringList notes; //!< `file:line: …`: what is good, but taken differently than gitleaks takes it.
    QStringList files; //!< Absolute; all that were read, or that would have been.
};

//! \brief Reads rules in the format of gitleaks 8 (`[[rules]]`, `[allowlist]`, `[extend]`; TOML). Rules that
//! it extends by `useDefault` are those that we have anyway. Paths and commits are not asked for, since the
//! texts of a conversation have none. Whatever the file holds, it is read in bounded time and memory.
//! \p prefix goes before the IDs, so that rules of several files differ. Not on the GUI thread.
[[nodiscard]] ForeignRules readGitleaksFile(const QString& path, const std::string& prefix);

} // namespace sharelock::redaction
