// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/hidden_patterns.h"

#include "redaction/ascii.h"
#include "redaction/encoded_text.h"

#include <QChar>
#include <QList>
#include <QString>

#include <algorithm>
#include <cstring>
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

char32_t caseFolded(char32_t c)
{
    // The function asks tables, and nearly every character is one of these.
    return c < 0x80 ? static_cast<char32_t>(toLower(static_cast<char>(c))) : QChar::toCaseFolded(c);
}

//! \brief Such a character is written in one byte, in either case, or encoded, or not in ASCII (the Kelvin
//! sign).
bool isSimple(char32_t c)
{
    return c > 0x20 && c < 0x7F && c != '\\' && c != '%';
}

//! \brief Of an escape, or of a character that is none of ASCII.
bool isEncodedBegin(char c)
{
    return c == '\\' || c == '%' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr std::size_t longStart = 4;

//! \brief What the tables of pairs say; a place may be a start where both of its pairs agree in one.
constexpr std::uint8_t withNext = 1;
constexpr std::uint8_t alone = 2;

//! \brief Of the four bytes at \p bytes, whatever their case.
std::size_t hashOf(const char* bytes)
{
    std::uint32_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return ((word | 0x20202020U) * 2654435761U) >> 16;
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

std::string utf8(char32_t c)
{
    return QString::fromUcs4(&c, 1).toStdString();
}

std::size_t pairAt(const char* bytes)
{
    std::uint16_t pair = 0;
    std::memcpy(&pair, bytes, sizeof pair);
    return pair;
}

std::size_t pairOf(char first, char second)
{
    const std::array bytes{first, second};
    return pairAt(bytes.data());
}

//! \brief What folds to \p c, as UTF-8.
std::vector<std::string> spellings(char32_t c)
{
    if (c == separator)
        return {"/", "\\", "%"};
    std::vector<std::string> all{utf8(c)};
    const auto [begin, end] = foldedFrom().equal_range(c);
    for (auto found = begin; found != end; ++found)
        all.push_back(utf8(found->second));
    if (c == ' ')
        all.emplace_back("+");
    return all;
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

//! \brief End of the character at \p at if it is \p expected, in any case, plain or encoded; a percent sign
//! of the name's own is encoded \p times.
std::optional<std::size_t> characterEnd(char32_t expected, std::string_view text, std::size_t at,
                                        std::size_t times)
{
    if (expected == '%') {
        if (const auto end = ownPercentEnd(text, at, times))
            return end;
    }
    const Unit unit = plainUnit(text, at);
    if (caseFolded(unit.codePoint) == expected || (expected == ' ' && text[at] == '+'))
        return at + unit.size;
    if (text[at] != '\\' && text[at] != '%')
        return std::nullopt;
    const auto encoded = text[at] == '%' ? percentUnit(text, at) : escapedUnit(text, at);
    return encoded && caseFolded(encoded->codePoint) == expected ? std::optional(at + encoded->size)
                                                                 : std::nullopt;
}

//! \brief One at the start, so that `file:///` keeps its own slashes; any number further on.
std::optional<std::size_t> separatorsEnd(std::string_view text, std::size_t at, bool atStart)
{
    auto size = separatorSize(text, at);
    if (!size)
        return std::nullopt;
    do {
        at += *size;
        size = atStart ? std::nullopt : separatorSize(text, at);
    } while (size);
    return at;
}

std::optional<std::size_t> borderedEnd(const HiddenPattern& pattern, std::string_view text, std::size_t begin,
                                       std::size_t times)
{
    std::size_t at = begin;
    for (const char32_t expected : pattern.characters) {
        if (at >= text.size())
            return std::nullopt;
        const auto end = expected == separator ? separatorsEnd(text, at, at == begin)
                                               : characterEnd(expected, text, at, times);
        if (!end)
            return std::nullopt;
        at = *end;
    }
    const bool ends =
        pattern.border == HiddenPattern::Border::PathPrefix ? endsPathSegment(text, at) : endsWord(text, at);
    if (!ends || (pattern.startsAtWord && !startsWord(text, begin)))
        return std::nullopt;
    return at;
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
    if (m_patterns.empty())
        return;
    m_byPair.resize(m_starts.size());
    m_nexts.fill(alone);
    for (std::size_t i = 0; i < m_patterns.size(); ++i)
        index(static_cast<std::uint32_t>(i));
    indexEscapes();
}

//! \brief What is not written plainly may be anything.
void HiddenPatterns::indexEscapes()
{
    for (int each = 0; each < 256; ++each) {
        const char any = static_cast<char>(each);
        for (const char escape : {'\\', '%'})
            m_starts[pairOf(escape, any)] |= alone;
        if (m_isBehindSeparator[static_cast<std::size_t>(each)])
            m_starts[pairOf('/', any)] |= alone;
        for (int other = 0; isEncodedBegin(any) && other < 256; ++other) {
            m_nexts[pairOf(any, static_cast<char>(other))] |= withNext;
            m_nexts[pairOf(static_cast<char>(other), any)] |= withNext;
        }
    }
}

void HiddenPatterns::indexLong(const std::vector<char32_t>& characters)
{
    std::array<char, longStart> bytes{};
    for (std::size_t i = 0; i < longStart; ++i)
        bytes[i] = static_cast<char>(characters[i]);
    m_isLongStart.set(hashOf(bytes.data()));
    for (const std::string& second : spellings(characters[1])) {
        for (const std::string& third : spellings(characters[2]))
            m_nexts[pairOf(second[0], third[0])] |= withNext;
    }
}

void HiddenPatterns::add(HiddenPattern pattern)
{
    if (pattern.characters.empty())
        return;
    pattern.hasPercent =
        std::find(pattern.characters.begin(), pattern.characters.end(), U'%') != pattern.characters.end();
    m_patterns.push_back(std::move(pattern));
}

void HiddenPatterns::index(std::uint32_t number)
{
    const std::vector<char32_t>& characters = m_patterns[number].characters;
    if (characters[0] == separator) {
        m_bySeparator.push_back(number);
        for (std::size_t c = 0; c < m_isBehindSeparator.size(); ++c)
            m_isBehindSeparator[c] = m_isBehindSeparator[c] || characters.size() < 2 ||
                                     !isSimple(characters[1]) || isEncodedBegin(static_cast<char>(c)) ||
                                     toLower(static_cast<char>(c)) == static_cast<char>(characters[1]);
        return;
    }
    const bool isLong = characters.size() >= longStart &&
                        std::all_of(characters.begin(),
                                    characters.begin() + static_cast<std::ptrdiff_t>(longStart), isSimple);
    if (isLong)
        indexLong(characters);
    m_byEncoded[characters[0]].push_back(number);
    const auto add = [this, number, isLong](char first, char second) {
        const std::size_t pair = pairOf(first, second);
        m_starts[pair] |= isLong ? withNext : alone;
        if (!isLong)
            m_isOtherStart.set(pair);
        if (m_byPair[pair].empty() || m_byPair[pair].back() != number)
            m_byPair[pair].push_back(number);
    };
    for (const std::string& first : spellings(characters[0])) {
        if (first.size() > 1) {
            add(first[0], first[1]);
            continue;
        }
        for (int second = 0; characters.size() == 1 && second < 256; ++second)
            add(first[0], static_cast<char>(second));
        if (characters.size() == 1)
            continue;
        // Any character may be escaped.
        add(first[0], '\\');
        add(first[0], '%');
        for (const std::string& second : spellings(characters[1]))
            add(first[0], second[0]);
    }
}

std::optional<HiddenPlace> HiddenPatterns::find(std::string_view text, std::size_t from) const
{
    if (m_patterns.empty())
        return std::nullopt;
    std::size_t at = from;
    for (; at + 2 < text.size(); ++at) {
        const char* const begin = text.data() + at;
        if ((m_starts[pairAt(begin)] & m_nexts[pairAt(begin + 1)]) == 0 || !mayStart(text, at))
            continue;
        if (const auto place = placeAt(text, at))
            return place;
    }
    // The last bytes, behind which nothing stands.
    for (; at < text.size(); ++at) {
        const auto place = m_starts[pairOf(text[at], at + 1 < text.size() ? text[at + 1] : '\0')] != 0
                               ? placeAt(text, at)
                               : std::nullopt;
        if (place)
            return place;
    }
    return std::nullopt;
}

//! \brief Whether the bytes behind the first two fit, too. Of what is not written plainly nothing is known.
bool HiddenPatterns::mayStart(std::string_view text, std::size_t at) const
{
    if (at + longStart > text.size())
        return true;
    const char* const begin = text.data() + at;
    return m_isLongStart[hashOf(begin)] || m_isOtherStart[pairAt(begin)] ||
           (*begin == '/' && m_isBehindSeparator[static_cast<unsigned char>(begin[1])]) ||
           std::any_of(begin, begin + longStart, isEncodedBegin);
}

std::optional<HiddenPlace> HiddenPatterns::placeAt(std::string_view text, std::size_t at) const
{
    std::optional<HiddenPlace> best;
    longest(m_byPair[pairOf(text[at], at + 1 < text.size() ? text[at + 1] : '\0')], text, at, best);
    const bool isEscape = text[at] == '\\' || text[at] == '%';
    if (isEscape || text[at] == '/')
        longest(m_bySeparator, text, at, best);
    const auto encoded = !isEscape         ? std::nullopt
                         : text[at] == '%' ? percentUnit(text, at)
                                           : escapedUnit(text, at);
    if (text.substr(at, 3) == "%25") {
        if (const auto own = m_byEncoded.find(U'%'); own != m_byEncoded.end())
            longest(own->second, text, at, best);
    }
    const auto found = encoded ? m_byEncoded.find(caseFolded(encoded->codePoint)) : m_byEncoded.end();
    if (found != m_byEncoded.end())
        longest(found->second, text, at, best);
    return best;
}

void HiddenPatterns::longest(const Candidates& candidates, std::string_view text, std::size_t at,
                             std::optional<HiddenPlace>& best) const
{
    for (const std::uint32_t number : candidates) {
        const auto end = matchEnd(m_patterns[number], text, at);
        if (end && (!best || *end > best->end))
            best = HiddenPlace{at, *end, m_patterns[number].value};
    }
}

std::optional<std::size_t> HiddenPatterns::matchEnd(const HiddenPattern& pattern, std::string_view text,
                                                    std::size_t begin)
{
    // As it is first: what looks encoded in a name (`100%25`) is its own.
    auto end = borderedEnd(pattern, text, begin, 0);
    for (std::size_t times = 1; !end && pattern.hasPercent && times <= mostPercentEncodings; ++times)
        end = borderedEnd(pattern, text, begin, times);
    return end;
}

} // namespace sharelock::redaction
