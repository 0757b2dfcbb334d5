// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/nested_text.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

class LazyPattern;

//! \brief Bytes that one pattern of a foreign rule may take, compiled and while searching.
constexpr std::int64_t foreignPatternMemory = 4 * 1024 * 1024;

//! \brief What a foreign rule finds but does not mean: gitleaks' allowlist.
struct Allowance
{
    enum class Target : std::uint8_t
    {
        Secret,
        Match,
        Line
    };

    Target target = Target::Secret;     //!< What the patterns are tried on.
    std::vector<std::string> patterns;  //!< RE2 syntax, searched for.
    std::vector<std::string> stopwords; //!< Lower case; in the secret, whatever its case.
    bool needsBoth = false;             //!< A pattern and a stopword; else either will do.
};

//! \brief What a foreign rule asks of a match beyond its pattern. Immutable and thread-safe.
class RuleConditions
{
public:
    RuleConditions(const std::vector<std::string>& keywords, const std::vector<Allowance>& allowances);
    ~RuleConditions();
    RuleConditions(const RuleConditions&) = delete;
    RuleConditions& operator=(const RuleConditions&) = delete;

    [[nodiscard]] bool needsKeyword() const { return m_keywords != nullptr; }
    //! \brief Whether one of the keywords stands in \p text. Linear.
    [[nodiscard]] bool hasKeyword(std::string_view text) const;
    //! \brief Whether an allowance holds for \p secret of \p match in \p text.
    [[nodiscard]] bool isAllowed(std::string_view text, TextRun match, std::string_view secret) const;

private:
    struct Compiled
    {
        Allowance::Target target = Allowance::Target::Secret;
        std::vector<std::unique_ptr<const LazyPattern>> patterns;
        std::vector<std::string> stopwords;
        bool needsBoth = false;
    };

    std::unique_ptr<const LazyPattern> m_keywords; //!< Null for none.
    std::vector<Compiled> m_allowances;
};

} // namespace sharelock::redaction
