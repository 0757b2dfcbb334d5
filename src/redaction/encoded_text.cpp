// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/encoded_text.h"

#include <QChar>

#include <charconv>

namespace sharelock::redaction {

namespace {

constexpr char32_t replacementCharacter = 0xFFFD;

std::optional<unsigned> hexNumber(std::string_view text, std::size_t at, std::size_t digits)
{
    if (at > text.size() || text.size() - at < digits)
        return std::nullopt;
    unsigned value = 0;
    const char* const begin = text.data() + at;
    const auto result = std::from_chars(begin, begin + digits, value, 16);
    if (result.ec != std::errc() || result.ptr != begin + digits)
        return std::nullopt;
    return value;
}

//! \brief One byte: `%XX`, with any number of `25` between.
std::optional<Unit> percentByte(std::string_view text, std::size_t at)
{
    if (at >= text.size() || text[at] != '%')
        return std::nullopt;
    std::size_t digits = at + 1;
    while (text.substr(digits, 2) == "25" && hexNumber(text, digits + 2, 2))
        digits += 2;
    const auto value = hexNumber(text, digits, 2);
    if (!value)
        return std::nullopt;
    return Unit{*value, digits + 2 - at};
}

std::size_t sequenceSize(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return 2;
    if (first >= 0xE0 && first < 0xF0)
        return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

char32_t firstBits(unsigned char first, std::size_t size)
{
    return size == 1 ? first : first & (0xFFU >> (size + 1));
}

//! \brief Bounded, so that a long row of them is not counted again from each: 32 are five levels of JSON in
//! JSON.
std::size_t backslashes(std::string_view text, std::size_t at)
{
    constexpr std::size_t most = 32;
    std::size_t count = 0;
    while (count < most && at + count < text.size() && text[at + count] == '\\')
        ++count;
    return count;
}

bool isSlash(char32_t codePoint)
{
    return codePoint == '/' || codePoint == '\\';
}

//! \brief The character that ends before \p at.
char32_t plainBefore(std::string_view text, std::size_t at)
{
    for (std::size_t size = 1; size <= 4 && size <= at; ++size) {
        if (const Unit unit = plainUnit(text, at - size);
            unit.size == size && unit.codePoint != replacementCharacter)
            return unit.codePoint;
    }
    return replacementCharacter;
}

} // namespace

Unit plainUnit(std::string_view text, std::size_t at)
{
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t size = sequenceSize(first);
    if (size == 0 || text.size() - at < size)
        return {replacementCharacter, 1};
    char32_t value = firstBits(first, size);
    for (std::size_t i = 1; i < size; ++i) {
        const auto next = static_cast<unsigned char>(text[at + i]);
        if ((next & 0xC0) != 0x80)
            return {replacementCharacter, 1};
        value = (value << 6) | (next & 0x3F);
    }
    return {value, size};
}

std::optional<Unit> escapedUnit(std::string_view text, std::size_t at)
{
    const std::size_t run = backslashes(text, at);
    if (run == 0 || at + run >= text.size() || text[at + run] != 'u')
        return std::nullopt;
    const auto value = hexNumber(text, at + run + 1, 4);
    if (!value)
        return std::nullopt;
    const std::size_t size = run + 5;
    if (!QChar::isHighSurrogate(*value))
        return Unit{*value, size};
    const std::size_t second = at + size;
    const std::size_t secondRun = backslashes(text, second);
    if (secondRun > 0 && second + secondRun < text.size() && text[second + secondRun] == 'u') {
        const auto low = hexNumber(text, second + secondRun + 1, 4);
        if (low && QChar::isLowSurrogate(*low))
            return Unit{QChar::surrogateToUcs4(static_cast<char16_t>(*value), static_cast<char16_t>(*low)),
                        size + secondRun + 5};
    }
    return Unit{replacementCharacter, size};
}

std::optional<char32_t> shortEscapeMeaning(char32_t letter)
{
    static constexpr std::u32string_view letters = U"\"/bfnrt";
    static constexpr std::u32string_view meanings = U"\"/\b\f\n\r\t";
    const std::size_t which = letters.find(letter);
    return which == std::u32string_view::npos ? std::nullopt : std::optional(meanings[which]);
}

std::optional<Unit> percentUnit(std::string_view text, std::size_t at)
{
    const auto first = percentByte(text, at);
    if (!first)
        return std::nullopt;
    const std::size_t count = sequenceSize(static_cast<unsigned char>(first->codePoint));
    if (count == 0)
        return Unit{replacementCharacter, first->size};
    Unit unit{firstBits(static_cast<unsigned char>(first->codePoint), count), first->size};
    for (std::size_t i = 1; i < count; ++i) {
        const auto next = percentByte(text, at + unit.size);
        if (!next || (next->codePoint & 0xC0) != 0x80)
            return Unit{replacementCharacter, first->size};
        unit.codePoint = (unit.codePoint << 6) | (next->codePoint & 0x3F);
        unit.size += next->size;
    }
    return unit;
}

std::optional<std::size_t> ownPercentEnd(std::string_view text, std::size_t at, std::size_t times)
{
    if (text[at] != '%')
        return std::nullopt;
    for (std::size_t i = 0; i < times; ++i) {
        if (text.substr(at + 1 + 2 * i, 2) != "25")
            return std::nullopt;
    }
    return at + 1 + 2 * times;
}

std::optional<std::size_t> separatorSize(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return std::nullopt;
    if (text[at] == '/')
        return 1;
    if (text[at] == '%') {
        const auto unit = percentUnit(text, at);
        return unit && isSlash(unit->codePoint) ? std::optional(unit->size) : std::nullopt;
    }
    const std::size_t run = backslashes(text, at);
    if (run == 0)
        return std::nullopt;
    if (const auto unit = escapedUnit(text, at); unit && isSlash(unit->codePoint))
        return unit->size;
    return at + run < text.size() && text[at + run] == '/' ? run + 1 : run;
}

bool isWordCharacter(char32_t codePoint)
{
    if (codePoint < 0x80)
        return (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= 'A' && codePoint <= 'Z') ||
               (codePoint >= '0' && codePoint <= '9') || codePoint == '_';
    return QChar::isLetterOrNumber(codePoint);
}

bool startsWord(std::string_view text, std::size_t at)
{
    if (at == 0 || !isWordCharacter(plainBefore(text, at)))
        return true;
    if (at >= 2 && text[at - 2] == '\\')
        return std::string_view("ntrbf").find(text[at - 1]) != std::string_view::npos;
    if (at >= 3) {
        // The two digits end an escaped byte if only `25` stand between them and a percent sign.
        const auto byte = hexNumber(text, at - 2, 2);
        std::size_t percent = at - 3;
        while (percent >= 2 && text[percent] == '5' && text[percent - 1] == '2')
            percent -= 2;
        if (byte && text[percent] == '%')
            return !isWordCharacter(*byte) || *byte >= 0x80;
    }
    if (at >= 6 && text[at - 6] == '\\' && text[at - 5] == 'u') {
        const auto value = hexNumber(text, at - 4, 4);
        return value && !isWordCharacter(*value);
    }
    return false;
}

bool endsWord(std::string_view text, std::size_t at)
{
    return at >= text.size() || !isWordCharacter(plainUnit(text, at).codePoint);
}

bool endsPathSegment(std::string_view text, std::size_t at)
{
    while (at < text.size() && (text[at] == '.' || text[at] == '-'))
        ++at;
    return endsWord(text, at);
}

} // namespace sharelock::redaction
