// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/pattern_begins.h"

#include "redaction/ascii.h"

#include <optional>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr std::size_t mostTexts = 512;
constexpr std::size_t longestText = 24;
constexpr int deepest = 16;

struct Expansion
{
    std::vector<std::string> texts{std::string()};
    bool isComplete = true; //!< The texts are all that is matched, not only its beginning.
};

//! \brief Where the group ends that begins at \p open; nothing for an unbalanced one.
std::optional<std::size_t> groupEnd(std::string_view pattern, std::size_t open)
{
    int depth = 0;
    bool isInClass = false;
    for (std::size_t at = open; at < pattern.size(); ++at) {
        const char c = pattern[at];
        if (c == '\\')
            ++at;
        else if (isInClass)
            isInClass = c != ']';
        else if (c == '[')
            isInClass = true;
        else if (c == '(')
            ++depth;
        else if (c == ')' && --depth == 0)
            return at;
    }
    return std::nullopt;
}

std::vector<std::string_view> choices(std::string_view pattern)
{
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < pattern.size()) {
        const char c = pattern[at];
        if (c == '\\') {
            at += 2;
        } else if (c == '(') {
            at = groupEnd(pattern, at).value_or(pattern.size()) + 1;
        } else if (c == '[') {
            const std::size_t close = pattern.find(']', at + 2);
            at = close == std::string_view::npos ? pattern.size() : close + 1;
        } else if (c == '|') {
            parts.push_back(pattern.substr(begin, at - begin));
            begin = ++at;
        } else {
            ++at;
        }
    }
    parts.push_back(pattern.substr(begin));
    return parts;
}

class Expander
{
public:
    Expansion choice(std::string_view pattern, int depth)
    {
        Expansion all{{}, true};
        for (const std::string_view part : choices(pattern)) {
            const Expansion one = sequence(part, depth);
            all.texts.insert(all.texts.end(), one.texts.begin(), one.texts.end());
            all.isComplete = all.isComplete && one.isComplete;
        }
        if (all.texts.size() > mostTexts)
            return {{std::string()}, false};
        return all;
    }

    bool ignoreCase = false;

private:
    Expansion sequence(std::string_view pattern, int depth)
    {
        Expansion sum;
        std::size_t at = 0;
        while (at < pattern.size() && sum.isComplete) {
            std::size_t size = 0;
            const Expansion next = atom(pattern.substr(at), size, depth);
            const std::string_view behind = pattern.substr(at + size, 1);
            if (size == 0 ||
                (!behind.empty() && std::string_view("*+?{").find(behind) != std::string_view::npos) ||
                !append(sum, next)) {
                sum.isComplete = false;
                return sum;
            }
            at += size;
        }
        return sum;
    }

    static bool append(Expansion& sum, const Expansion& next)
    {
        if (sum.texts.size() * next.texts.size() > mostTexts || sum.texts.front().size() > longestText)
            return false;
        std::vector<std::string> product;
        for (const std::string& head : sum.texts) {
            for (const std::string& tail : next.texts)
                product.push_back(head + tail);
        }
        sum.texts = std::move(product);
        sum.isComplete = next.isComplete;
        return true;
    }

    //! \brief The first part of \p pattern, and how long it is there; 0 for what is not plain.
    Expansion atom(std::string_view pattern, std::size_t& size, int depth)
    {
        const char c = pattern.front();
        if (c == '(')
            return group(pattern, size, depth);
        if (c == '[')
            return smallClass(pattern, size);
        if (c == '\\' && pattern.size() > 1 && !isAlphanumeric(pattern[1])) {
            size = 2;
            return {{std::string(1, pattern[1])}, true};
        }
        if (std::string_view("\\^$.*+?{").find(c) != std::string_view::npos)
            return {};
        size = 1;
        return {{std::string(1, c)}, true};
    }

    Expansion group(std::string_view pattern, std::size_t& size, int depth)
    {
        const auto end = groupEnd(pattern, 0);
        if (!end || depth == deepest)
            return {};
        std::string_view inner = pattern.substr(1, *end - 1);
        if (inner.starts_with('?')) {
            const std::size_t colon = inner.find_first_of(":>");
            if (colon == std::string_view::npos)
                return {};
            ignoreCase = ignoreCase || inner.substr(0, colon).find('i') != std::string_view::npos;
            inner.remove_prefix(colon + 1);
        }
        size = *end + 1;
        return choice(inner, depth + 1);
    }

    static Expansion smallClass(std::string_view pattern, std::size_t& size)
    {
        const std::size_t end = pattern.find(']', 1);
        constexpr std::size_t largest = 16;
        if (end == std::string_view::npos || end < 2 || pattern[1] == '^')
            return {};
        Expansion members{{}, true};
        for (std::size_t at = 1; at < end; ++at) {
            const bool isRange = at + 2 < end && pattern[at + 1] == '-';
            const auto first = static_cast<unsigned char>(pattern[at]);
            const auto last = static_cast<unsigned char>(isRange ? pattern[at + 2] : pattern[at]);
            if (first == '\\' || first == '[' || first == '-' || last < first)
                return {};
            for (int each = first; each <= last && members.texts.size() <= largest; ++each)
                members.texts.emplace_back(1, static_cast<char>(each));
            at += isRange ? 2 : 0;
        }
        if (members.texts.size() > largest)
            return {};
        size = end + 1;
        return members;
    }
};

} // namespace

PatternBegins patternBegins(std::string_view pattern)
{
    Expander expander;
    Expansion begins = expander.choice(pattern, 0);
    return {std::move(begins.texts), expander.ignoreCase};
}

} // namespace sharelock::redaction
