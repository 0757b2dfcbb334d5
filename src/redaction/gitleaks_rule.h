// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/rule.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace sharelock::redaction {

//! \brief A rule as it stands in gitleaks' format, its file's allowlists joined to its own.
struct GitleaksRule
{
    std::string id;
    std::string description;
    std::string regex;
    std::optional<int> secretGroup;
    std::optional<double> entropy;
    std::vector<std::string> keywords;
    std::vector<Allowance> allowances;
    std::string file; //!< As people see it.
    std::size_t line = 0;
    bool hasPath = false;
};

//! \brief Turns rules of others into ours, within bounds on what all of them together may cost.
class GitleaksTranslation
{
public:
    //! \brief The rule, or what is wrong with it.
    [[nodiscard]] tl::expected<RuleSource, QString> translate(const GitleaksRule& rule,
                                                              const std::string& prefix);
    //! \brief What is wrong with \p pattern, if anything is. Counts what it costs.
    [[nodiscard]] QString mistakeIn(const std::string& pattern);

private:
    std::size_t m_instructions = 0; //!< Of all compiled patterns.
    std::size_t m_wholeTexts = 0;
};

//! \brief As RE2 reads it: Go knows one more spelling of named groups.
[[nodiscard]] std::string withNamedGroups(std::string pattern);

} // namespace sharelock::redaction
