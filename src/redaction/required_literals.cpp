// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/required_literals.h"

#include "redaction/ascii.h"
#include "redaction/rule_conditions.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>

namespace sharelock::redaction {

namespace {

constexpr int shortest = 3;
constexpr std::size_t mostLiterals = 200;

bool isPlain(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

//! \brief Whether what ends at \p at may also be missing, or stands there again.
bool isRepeated(std::string_view pattern, std::size_t at)
{
    return at + 1 < pattern.size() &&
           std::string_view("?*{+").find(pattern[at + 1]) != std::string_view::npos;
}

//! \brief Whether the pattern can match a text that has all literals but those that are chosen.
bool matchesWithout(const re2::FilteredRE2& filter, const std::vector<bool>& isChosen)
{
    std::vector<int> present;
    for (std::size_t i = 0; i < isChosen.size(); ++i) {
        if (!isChosen[i])
            present.push_back(static_cast<int>(i));
    }
    std::vector<int> possible;
    filter.AllPotentials(present, &possible);
    return !possible.empty();
}

} // namespace

std::vector<std::string> requiredLiterals(const std::string& pattern)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(foreignPatternMemory);
    re2::FilteredRE2 filter(shortest);
    int id = 0;
    if (filter.Add(pattern, options, &id) != re2::RE2::NoError)
        return {};
    std::vector<std::string> literals;
    filter.Compile(&literals);
    if (literals.empty() || literals.size() > mostLiterals)
        return {};
    std::vector<bool> isChosen;
    for (const std::string& literal : literals)
        isChosen.push_back(isPlain(literal));
    if (matchesWithout(filter, isChosen))
        return {};
    // A match has several of them, and one is enough to find it by. The short ones stand in too many texts.
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < literals.size(); ++i)
        order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&literals](std::size_t a, std::size_t b) {
        return literals[a].size() < literals[b].size();
    });
    for (const std::size_t i : order) {
        if (!isChosen[i])
            continue;
        isChosen[i] = false;
        isChosen[i] = matchesWithout(filter, isChosen);
    }
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < literals.size(); ++i) {
        if (isChosen[i])
            chosen.push_back(literals[i]);
    }
    return chosen;
}

std::optional<char> requiredSign(const std::string& pattern, std::string_view known)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    re2::FilteredRE2 filter(1);
    int id = 0;
    std::vector<std::string> literals;
    if (filter.Add(pattern, options, &id) != re2::RE2::NoError)
        return std::nullopt;
    filter.Compile(&literals);
    if (literals.empty() || literals.size() > mostLiterals)
        return std::nullopt;
    for (const char sign : std::string_view("@:=/.;,&?+#~|%$!*<>(){}[]\"'`^ ")) {
        std::vector<bool> isChosen;
        for (const std::string& literal : literals)
            isChosen.push_back(literal.find(sign) != std::string::npos);
        if (known.find(sign) == std::string_view::npos && !matchesWithout(filter, isChosen))
            return sign;
    }
    return std::nullopt;
}

std::optional<std::string> patternFrom(std::string_view pattern, std::string_view literal)
{
    if (!std::all_of(literal.begin(), literal.end(), [](char c) { return isIdentifier(c) || c == ' '; }))
        return std::nullopt;
    // All may stand in one group that sets flags, which the rest is then put into again.
    const std::size_t colon = pattern.starts_with("(?") ? pattern.find_first_not_of("ims", 2) : 0;
    const bool hasFlags = colon > 2 && colon < pattern.size() && pattern[colon] == ':';
    std::size_t found = std::string_view::npos;
    int depth = 0;
    bool isInFlags = hasFlags;
    bool isInClass = false;
    for (std::size_t at = hasFlags ? colon + 1 : 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        const bool isHere = depth == 0 && !isInClass && pattern.substr(at, literal.size()) == literal;
        if (isHere && found == std::string_view::npos && isInFlags == hasFlags) {
            found = at;
            at += literal.size() - 1;
            if (isRepeated(pattern, at))
                return std::nullopt;
        } else if (c == '\\') {
            ++at;
        } else if (isInClass) {
            isInClass = c != ']';
        } else if (c == '[') {
            isInClass = true;
            at += pattern.substr(at + 1, 1) == "]" ? 1 : pattern.substr(at + 1, 2) == "^]" ? 2 : 0;
        } else if (c == '(') {
            ++depth;
            // `(?i)` is for all that follows.
            const std::size_t next = pattern.find_first_not_of("imsU-", at + 2);
            if (pattern.substr(at, 2) == "(?" && pattern.substr(std::min(next, pattern.size()), 1) == ")")
                return std::nullopt;
        } else if (c == ')' && --depth < 0) {
            if (!isInFlags)
                return std::nullopt;
            isInFlags = false;
            depth = 0;
            if (isRepeated(pattern, at))
                return std::nullopt;
        } else if (c == '|' && depth == 0) {
            return std::nullopt;
        }
    }
    if (found == std::string_view::npos)
        return std::nullopt;
    return std::string(pattern.substr(0, hasFlags ? colon + 1 : 0)).append(pattern.substr(found));
}

} // namespace sharelock::redaction
