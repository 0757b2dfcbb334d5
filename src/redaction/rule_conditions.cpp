// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/rule_conditions.h"

#include "redaction/ascii.h"
#include "redaction/rule.h"

#include <re2/re2.h>

#include <algorithm>

namespace sharelock::redaction {

namespace {

re2::StringPiece stringPiece(std::string_view text)
{
    return {text.data(), text.size()};
}

bool isIn(const LazyPattern& pattern, std::string_view text)
{
    const re2::RE2& compiled = pattern.get();
    return compiled.ok() &&
           compiled.Match(stringPiece(text), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

//! \brief All lines that \p match is on, as far as they are not too long to be any.
std::string_view linesAround(std::string_view text, TextRun match)
{
    constexpr std::size_t farthest = 4096;
    std::size_t begin = match.begin;
    while (begin > 0 && match.begin - begin < farthest && text[begin - 1] != '\n')
        --begin;
    std::size_t end = match.end;
    while (end < text.size() && end - match.end < farthest && text[end] != '\n')
        ++end;
    return text.substr(begin, end - begin);
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), toLower);
    return lower;
}

} // namespace

RuleConditions::RuleConditions(const std::vector<std::string>& keywords,
                               const std::vector<Allowance>& allowances)
{
    std::string choice;
    for (const std::string& keyword : keywords)
        choice.append(choice.empty() ? "(?i)" : "|").append(re2::RE2::QuoteMeta(keyword));
    if (!choice.empty())
        m_keywords = std::make_unique<const LazyPattern>(std::move(choice), foreignPatternMemory);
    for (const Allowance& allowance : allowances) {
        Compiled compiled{allowance.target, {}, allowance.stopwords, allowance.needsBoth};
        for (const std::string& pattern : allowance.patterns)
            compiled.patterns.push_back(std::make_unique<const LazyPattern>(pattern, foreignPatternMemory));
        m_allowances.push_back(std::move(compiled));
    }
}

RuleConditions::~RuleConditions() = default;

bool RuleConditions::hasKeyword(std::string_view text) const
{
    return m_keywords == nullptr || isIn(*m_keywords, text);
}

bool RuleConditions::isAllowed(std::string_view text, TextRun match, std::string_view secret) const
{
    const std::string lower = m_allowances.empty() ? std::string() : lowerCase(secret);
    return std::any_of(m_allowances.begin(), m_allowances.end(), [&](const Compiled& allowance) {
        const bool hasStopword = std::any_of(
            allowance.stopwords.begin(), allowance.stopwords.end(),
            [&lower](const std::string& stopword) { return lower.find(stopword) != std::string::npos; });
        if (hasStopword != allowance.needsBoth)
            return hasStopword;
        const std::string_view target = allowance.target == Allowance::Target::Secret ? secret
                                        : allowance.target == Allowance::Target::Line
                                            ? linesAround(text, match)
                                            : text.substr(match.begin, match.end - match.begin);
        return std::any_of(allowance.patterns.begin(), allowance.patterns.end(),
                           [target](const auto& pattern) { return isIn(*pattern, target); });
    });
}

} // namespace sharelock::redaction
