// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/value_patterns.h"

#include "redaction/encoded_text.h"

#include <QByteArray>
#include <QString>

#include <algorithm>
#include <array>
#include <cstring>

namespace sharelock::redaction {

namespace {

std::string utf8(char32_t c)
{
    return QString::fromUcs4(&c, 1).toStdString();
}

std::size_t pairOf(char first, char second)
{
    return static_cast<std::size_t>(static_cast<unsigned char>(first)) * 256 +
           static_cast<unsigned char>(second);
}

constexpr std::size_t longStart = 4;

//! \brief Of the four bytes at \p bytes.
std::size_t hashOf(const char* bytes)
{
    std::uint32_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return (word * 2654435761U) >> 14;
}

constexpr std::size_t longestStride = 5;

//! \brief Such a character is written in one way, or as an escape.
bool isSimple(char32_t c)
{
    return c > 0x20 && c < 0x7F && c != '\\' && c != '%';
}

//! \brief How many characters at the begin are written in one way.
std::size_t simpleBegin(const std::vector<char32_t>& characters)
{
    const auto end = std::find_if_not(characters.begin(), characters.end(), isSimple);
    return static_cast<std::size_t>(end - characters.begin());
}

//! \brief Where the next escape begins; the end of the text if there is none.
std::size_t nextEscape(std::string_view text, std::size_t from)
{
    const std::string_view rest = text.substr(from);
    const std::size_t backslash = std::min(rest.find('\\'), rest.size());
    return from + std::min(rest.substr(0, backslash).find('%'), backslash);
}

//! \brief What of the value's base64 form does not depend on what stands around the value: one for each of
//! the three places in a group that it can start at.
std::vector<std::string> insideBase64(std::string_view value)
{
    constexpr std::size_t shortest = 8; // Less would match in too many places.
    std::vector<std::string> forms;
    for (std::size_t before = 0; before < 3; ++before) {
        QByteArray bytes(static_cast<qsizetype>(before), '\0');
        bytes.append(value.data(), static_cast<qsizetype>(value.size()));
        const qsizetype whole = bytes.size() / 3 * 4;
        const qsizetype skip = before == 0 ? 0 : 4;
        for (const auto option : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const std::string form =
                bytes.toBase64(option | QByteArray::OmitTrailingEquals).mid(skip, whole - skip).toStdString();
            if (form.size() >= shortest && std::find(forms.begin(), forms.end(), form) == forms.end())
                forms.push_back(form);
        }
    }
    return forms;
}

//! \brief The character at \p at if it is escaped by its number, in JSON's or in an address's way.
std::optional<Unit> encodedUnit(std::string_view text, std::size_t at)
{
    return text[at] == '%' ? percentUnit(text, at) : escapedUnit(text, at);
}

//! \brief End of a row of backslashes. JSON doubles a backslash in each layer, so any number of them stands
//! for any other.
std::optional<std::size_t> backslashesEnd(std::string_view text, std::size_t at)
{
    const std::size_t begin = at;
    while (at < text.size()) {
        const auto unit = text[at] == '%' ? percentUnit(text, at) : escapedUnit(text, at);
        if (unit && unit->codePoint == '\\')
            at += unit->size;
        else if (text[at] == '\\')
            ++at;
        else
            break;
    }
    return at > begin ? std::optional(at) : std::nullopt;
}

//! \brief A letter of JSON's behind backslashes, each of them maybe in an address: `\\n`, `%5Cn`, `%5C%22`.
std::optional<Unit> letterEscape(std::string_view text, std::size_t at)
{
    const auto run = backslashesEnd(text, at);
    if (!run || *run >= text.size())
        return std::nullopt;
    const Unit letter = percentUnit(text, *run).value_or(plainUnit(text, *run));
    const auto meaning = shortEscapeMeaning(letter.codePoint);
    return meaning ? std::optional(Unit{*meaning, *run + letter.size - at}) : std::nullopt;
}

//! \brief End of what stands for \p expected at \p at; a percent sign of the value's own is encoded \p times.
std::optional<std::size_t> characterEnd(char32_t expected, std::string_view text, std::size_t at,
                                        std::size_t times)
{
    if (expected == '%' && text[at] == '%') {
        if (const auto end = ownPercentEnd(text, at, times))
            return end;
    }
    if (expected == '\\')
        return backslashesEnd(text, at);
    if (const auto unit = encodedUnit(text, at); unit && unit->codePoint == expected)
        return at + unit->size;
    if (const auto unit = letterEscape(text, at); unit && unit->codePoint == expected)
        return at + unit->size;
    if (expected == ' ' && text[at] == '+')
        return at + 1;
    const Unit unit = plainUnit(text, at);
    return unit.codePoint == expected ? std::optional(at + unit.size) : std::nullopt;
}

std::optional<std::size_t> matchEnd(const std::vector<char32_t>& characters, std::string_view text,
                                    std::size_t at, std::size_t times)
{
    for (std::size_t i = 0; i < characters.size(); ++i) {
        if (at >= text.size())
            return std::nullopt;
        // A backslash before a line end: `\\\\\\n` has the backslashes of both in one row.
        const bool inOneRow = characters[i] == '\\' && i + 1 < characters.size();
        const auto both = inOneRow ? letterEscape(text, at) : std::nullopt;
        if (both && both->codePoint == characters[i + 1]) {
            at += both->size;
            ++i;
            continue;
        }
        const auto end = characterEnd(characters[i], text, at, times);
        if (!end)
            return std::nullopt;
        at = *end;
    }
    return at;
}

//! \brief As above, for a value that holds percent signs however often it is encoded.
std::optional<std::size_t> matchEnd(const std::vector<char32_t>& characters, std::string_view text,
                                    std::size_t at)
{
    auto end = matchEnd(characters, text, at, 1);
    if (end || std::find(characters.begin(), characters.end(), U'%') == characters.end())
        return end;
    for (std::size_t times = 2; !end && times <= mostPercentEncodings; ++times)
        end = matchEnd(characters, text, at, times);
    return end;
}

} // namespace

ValuePatterns::ValuePatterns(const RedactionPlan& plan)
{
    for (std::size_t i = 0; i < plan.hidden.size(); ++i) {
        if (plan.hidden[i].shape != HiddenShape::Value)
            continue;
        const std::string_view value = plan.hidden[i].value;
        add(value, i);
        for (const std::string& form : insideBase64(value))
            add(form, i);
    }
    buildProbes();
}

void ValuePatterns::add(std::string_view characters, std::size_t value)
{
    Pattern pattern{std::string(characters), {}, value};
    for (std::size_t at = 0; at < characters.size();) {
        const Unit unit = plainUnit(characters, at);
        at += unit.size;
        if (unit.codePoint != '\\' || pattern.characters.empty() || pattern.characters.back() != '\\')
            pattern.characters.push_back(unit.codePoint);
    }
    if (pattern.characters.size() < 2)
        return;
    m_patterns.push_back(std::move(pattern));
    index(static_cast<std::uint32_t>(m_patterns.size() - 1));
}

void ValuePatterns::index(std::uint32_t number)
{
    const std::vector<char32_t>& characters = m_patterns[number].characters;
    m_byEscaped[characters[0]].push_back(number);
    if (characters[0] == '\\') {
        m_byBackslash.push_back(number);
        return;
    }
    m_byPair.resize(m_isStart.size());
    const std::size_t known = simpleBegin(characters);
    const bool isLong = known >= longStart;
    if (isLong) {
        // One byte each, so the same begin as in the text.
        m_isLongStart.set(hashOf(m_patterns[number].plain.data()));
        const std::size_t stride = known - longStart + 1;
        m_stride = std::min({stride, m_stride == 0 ? stride : m_stride, longestStride});
    }
    const std::string first = characters[0] == ' ' ? " +" : utf8(characters[0]);
    const bool oneByte = characters[0] < 0x80;
    std::string seconds = oneByte ? std::string("\\%") + utf8(characters[1])[0] : first.substr(1, 1);
    if (oneByte && characters[1] == ' ')
        seconds += '+';
    for (const char byte : oneByte ? first : first.substr(0, 1)) {
        for (const char second : seconds) {
            m_isStart[pairOf(byte, second)] = true;
            if (!isLong) {
                m_isOtherStart.set(pairOf(byte, second));
                m_hasOtherStarts = true;
            }
            m_byPair[pairOf(byte, second)].push_back(number);
        }
    }
}

void ValuePatterns::buildProbes()
{
    for (const Pattern& pattern : m_patterns) {
        if (simpleBegin(pattern.characters) < longStart)
            continue;
        for (std::size_t i = 0; i < m_stride; ++i)
            m_isInside.set(hashOf(pattern.plain.data() + i));
    }
}

std::optional<HiddenPlace> ValuePatterns::find(std::string_view text, std::size_t from) const
{
    if (m_patterns.empty())
        return std::nullopt;
    for (std::size_t at = nextStart(text, from); at + 1 < text.size(); at = nextStart(text, at + 1)) {
        auto place = placeAt(text, at);
        if (!place)
            continue;
        for (std::size_t inside = at + 1; inside < place->end; ++inside) {
            if (const auto other = placeAt(text, inside); other && other->end > place->end)
                place->end = other->end;
        }
        return place;
    }
    return std::nullopt;
}

bool ValuePatterns::probePlain(const char* text, std::size_t& at, std::size_t end) const
{
    // Each probe tells of all places up to it, and does not wait for what another one tells.
    for (std::size_t probe = at + m_stride - 1; probe + longStart <= end; probe += m_stride) {
        if (m_isInside[hashOf(text + probe)]) {
            for (at = probe + 1 - m_stride; at <= probe; ++at) {
                if (m_isLongStart[hashOf(text + at)])
                    return true;
            }
        }
        at = probe + 1;
    }
    return false;
}

bool ValuePatterns::stepPlain(const char* text, std::size_t& at, std::size_t end) const
{
    for (; at + longStart <= end; ++at) {
        if (m_isLongStart[hashOf(text + at)] || m_isOtherStart[pairOf(text[at], text[at + 1])])
            return true;
    }
    return false;
}

//! \brief Up to the next escape every place can be told by its first bytes; most texts have none.
std::size_t ValuePatterns::nextStart(std::string_view text, std::size_t from) const
{
    constexpr std::size_t blockSize = 512;
    const bool probes = !m_hasOtherStarts && m_stride > 0;
    std::size_t at = from;
    while (at + 1 < text.size()) {
        const std::size_t limit = std::min(text.size(), at + blockSize);
        const std::size_t escape = nextEscape(text.substr(0, limit), at);
        if (probes ? probePlain(text.data(), at, escape) : stepPlain(text.data(), at, escape))
            return at;
        if (escape == limit && limit < text.size())
            continue;
        // The escape may be one of the first bytes, and a text's end has less.
        for (; at < escape && at + 1 < text.size(); ++at) {
            if (m_isStart[pairOf(text[at], text[at + 1])])
                return at;
        }
        if (at == escape && escape < text.size())
            return at;
    }
    return text.size();
}

std::optional<HiddenPlace> ValuePatterns::placeAt(std::string_view text, std::size_t at) const
{
    std::optional<HiddenPlace> best;
    if (at + 1 < text.size() && m_isStart[pairOf(text[at], text[at + 1])])
        longest(m_byPair[pairOf(text[at], text[at + 1])], text, at, best);
    if (text[at] == '\\')
        longest(m_byBackslash, text, at, best);
    if (text[at] != '\\' && text[at] != '%')
        return best;
    if (text.substr(at, 3) == "%25") {
        if (const auto found = m_byEscaped.find(U'%'); found != m_byEscaped.end())
            longest(found->second, text, at, best);
    }
    const auto number = encodedUnit(text, at);
    if (number && number->codePoint == '\\')
        longest(m_byBackslash, text, at, best);
    for (const auto& unit : {number, letterEscape(text, at)}) {
        const auto found = unit ? m_byEscaped.find(unit->codePoint) : m_byEscaped.end();
        if (found != m_byEscaped.end())
            longest(found->second, text, at, best);
    }
    return best;
}

void ValuePatterns::longest(const Candidates& candidates, std::string_view text, std::size_t at,
                            std::optional<HiddenPlace>& best) const
{
    for (const std::uint32_t number : candidates) {
        const Pattern& pattern = m_patterns[number];
        // As it is first: what looks encoded in it (`100%25`) is its own.
        const auto end = text.substr(at).starts_with(pattern.plain) ? std::optional(at + pattern.plain.size())
                                                                    : matchEnd(pattern.characters, text, at);
        if (end && (!best || *end > best->end))
            best = HiddenPlace{at, *end, m_patterns[number].value};
    }
}

} // namespace sharelock::redaction
