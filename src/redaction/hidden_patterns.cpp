// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/hidden_patterns.h"

#include "redaction/encoded_text.h"

#include <QChar>
#include <QList>
#include <QString>

#include <algorithm>
#include <map>
#include <set>

namespace sharelock::redaction {

namespace {

constexpr char32_t separator = 0;

std::vector<char32_t> folded(const QString& text)
{
    std::vector<char32_t> characters;
    for (const uint codePoint : text.toUcs4())
        characters.push_back(QChar::toCaseFolded(static_cast<char32_t>(codePoint)));
    return characters;
}

bool isSlash(char32_t c)
{
    return c == '/' || c == '\\';
}

bool isAsciiLetter(char32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

//! \brief All characters that fold to another one, by that one. Several can fold to the same: `K` and the
//! Kelvin sign.
const std::multimap<char32_t, char32_t>& foldedFrom()
{
    static const auto map = [] {
        std::multimap<char32_t, char32_t> made;
        constexpr char32_t lastWithCase = 0x1FFFF;
        for (char32_t c = 0; c <= lastWithCase; ++c) {
            if (const char32_t target = QChar::toCaseFolded(c); target != c)
                made.emplace(target, c);
        }
        return made;
    }();
    return map;
}

unsigned char firstByte(char32_t c)
{
    return static_cast<unsigned char>(QString::fromUcs4(&c, 1).toUtf8()[0]);
}

//! \brief `/home/alice` as separator, `home`, separator, `alice`; nothing behind the last folder's name.
std::vector<char32_t> pathCharacters(const std::vector<char32_t>& path)
{
    std::vector<char32_t> characters;
    for (const char32_t c : path) {
        if (!isSlash(c))
            characters.push_back(c);
        else if (characters.empty() || characters.back() != separator)
            characters.push_back(separator);
    }
    while (!characters.empty() && characters.back() == separator)
        characters.pop_back();
    return characters;
}

//! \brief The path as tools write it into a folder's name: all but letters and digits becomes a hyphen.
std::vector<char32_t> hyphenated(std::vector<char32_t> characters)
{
    std::replace_if(
        characters.begin(), characters.end(), [](char32_t c) { return c == '_' || !isWordCharacter(c); },
        U'-');
    return characters;
}

std::vector<HiddenPattern> pathPatterns(const std::vector<char32_t>& path, std::size_t value)
{
    const std::vector<char32_t> characters = pathCharacters(path);
    if (characters.empty())
        return {};
    const auto folders = std::count(characters.begin(), characters.end(), separator);
    std::vector<HiddenPattern> patterns;
    // A single folder (`/root`) is also the tail of other paths, and `-root` is an option of many programs.
    patterns.push_back({characters, value, HiddenPattern::Border::PathPrefix, folders < 2});
    if (folders >= 2)
        patterns.push_back({hyphenated(characters), value, HiddenPattern::Border::HyphenPath, false});
    if (characters.size() > 3 && isAsciiLetter(characters[0]) && characters[1] == ':') {
        // `C:\Users\alice` is `/c/Users/alice` in a Unix-like shell on Windows.
        std::vector<char32_t> mounted = characters;
        std::swap(mounted[0], mounted[1]);
        mounted[0] = separator;
        patterns.push_back({mounted, value, HiddenPattern::Border::PathPrefix, false});
    }
    return patterns;
}

} // namespace

HiddenPatterns::HiddenPatterns(const RedactionPlan& plan)
{
    for (std::size_t i = 0; i < plan.hidden.size(); ++i) {
        const HiddenValue& hidden = plan.hidden[i];
        if (hidden.shape == HiddenShape::Value)
            continue;
        const QString text =
            QString::fromUtf8(hidden.value.data(), static_cast<qsizetype>(hidden.value.size()));
        std::set<std::vector<char32_t>> spellings;
        for (const auto form : {QString::NormalizationForm_C, QString::NormalizationForm_D})
            spellings.insert(folded(text.normalized(form)));
        spellings.insert(folded(text));
        for (const auto& spelling : spellings) {
            if (hidden.shape == HiddenShape::Name)
                add({spelling, i, HiddenPattern::Border::Word, true});
            else
                for (HiddenPattern& pattern : pathPatterns(spelling, i))
                    add(std::move(pattern));
        }
    }
    indexFirstBytes();
}

void HiddenPatterns::add(HiddenPattern pattern)
{
    if (!pattern.characters.empty())
        m_patterns.push_back(std::move(pattern));
}

void HiddenPatterns::indexFirstBytes()
{
    if (m_patterns.empty())
        return;
    m_firstBytes[static_cast<unsigned char>('\\')] = true;
    m_firstBytes[static_cast<unsigned char>('%')] = true;
    std::set<char32_t> firsts;
    for (const HiddenPattern& pattern : m_patterns) {
        const char32_t first = pattern.characters.front();
        if (first == separator)
            m_firstBytes[static_cast<unsigned char>('/')] = true;
        else if (first == ' ')
            m_firstBytes[static_cast<unsigned char>('+')] = true;
        firsts.insert(first);
    }
    for (const char32_t first : firsts) {
        if (first == separator)
            continue;
        m_firstBytes[firstByte(first)] = true;
        const auto [begin, end] = foldedFrom().equal_range(first);
        for (auto found = begin; found != end; ++found)
            m_firstBytes[firstByte(found->second)] = true;
    }
}

std::optional<HiddenPlace> HiddenPatterns::find(std::string_view text, std::size_t from) const
{
    for (std::size_t at = from; at < text.size(); ++at) {
        if (!m_firstBytes[static_cast<unsigned char>(text[at])])
            continue;
        std::optional<HiddenPlace> longest;
        for (const HiddenPattern& pattern : m_patterns) {
            const auto end = matchEnd(pattern, text, at);
            if (end && (!longest || *end > longest->end))
                longest = HiddenPlace{at, *end, pattern.value};
        }
        if (longest)
            return longest;
    }
    return std::nullopt;
}

std::optional<std::size_t> HiddenPatterns::matchEnd(const HiddenPattern& pattern, std::string_view text,
                                                    std::size_t begin) const
{
    std::size_t at = begin;
    for (const char32_t expected : pattern.characters) {
        if (at >= text.size())
            return std::nullopt;
        if (expected == separator) {
            auto size = separatorSize(text, at);
            if (!size)
                return std::nullopt;
            // One at the start, so that `file:///` keeps its own slashes; any number further on.
            const bool atStart = at == begin;
            do {
                at += *size;
                size = atStart ? std::nullopt : separatorSize(text, at);
            } while (size);
            continue;
        }
        Unit unit = plainUnit(text, at);
        bool equal = QChar::toCaseFolded(unit.codePoint) == expected || (expected == ' ' && text[at] == '+');
        if (!equal && (text[at] == '\\' || text[at] == '%')) {
            const auto encoded = text[at] == '%' ? percentUnit(text, at) : escapedUnit(text, at);
            equal = encoded && QChar::toCaseFolded(encoded->codePoint) == expected;
            unit = encoded.value_or(unit);
        }
        if (!equal)
            return std::nullopt;
        at += unit.size;
    }
    const bool ends =
        pattern.border == HiddenPattern::Border::PathPrefix ? endsPathSegment(text, at) : endsWord(text, at);
    if (!ends || (pattern.startsAtWord && !startsWord(text, begin)))
        return std::nullopt;
    return at;
}

} // namespace sharelock::redaction
