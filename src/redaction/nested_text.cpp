// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/nested_text.h"

#include "document/json_string.h"
#include "redaction/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <optional>

namespace sharelock::redaction {

namespace {

constexpr std::uint8_t noDigit = 255;

//! \brief What a character of each of the four places in a group stands for, moved to where it belongs; more
//! than three bytes for what is no digit.
constexpr std::array<std::array<std::uint32_t, 256>, 4> base64Values = [] {
    std::array<std::array<std::uint32_t, 256>, 4> values{};
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t place = 0; place < values.size(); ++place) {
        values[place].fill(1U << 24);
        const auto set = [&](char c, std::size_t value) {
            values[place][static_cast<unsigned char>(c)] =
                static_cast<std::uint32_t>(value << (18 - 6 * place));
        };
        for (std::size_t i = 0; i < digits.size(); ++i)
            set(digits[i], i);
        set('-', 62);
        set('_', 63);
    }
    return values;
}();

std::size_t index(char c)
{
    return static_cast<unsigned char>(c);
}

std::uint8_t base64Value(char c)
{
    const std::uint32_t value = base64Values[3][index(c)];
    return value > 63 ? noDigit : static_cast<std::uint8_t>(value);
}

std::optional<unsigned> hexAt(std::string_view text, std::size_t at, std::size_t digits)
{
    if (at > text.size() || text.size() - at < digits)
        return std::nullopt;
    unsigned value = 0;
    const char* const begin = text.data() + at;
    const auto result = std::from_chars(begin, begin + digits, value, 16);
    if (result.ptr != begin + digits)
        return std::nullopt;
    return value;
}

char plainEscape(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case '"':
    case '\'':
    case '`':
    case '\\':
    case '/':
        return c;
    default:
        return '\0';
    }
}

//! \brief Decodes the escape at the start of \p rest. \returns its size, 0 if it is none.
std::size_t decodeEscape(std::string_view rest, std::string& utf8)
{
    utf8.clear();
    if (rest.size() < 2)
        return 0;
    if (const char plain = plainEscape(rest[1]); plain != '\0') {
        utf8.push_back(plain);
        return 2;
    }
    const auto first = rest[1] == 'u' ? hexAt(rest, 2, 4) : std::nullopt;
    if (!first)
        return 0;
    constexpr std::size_t size = 6;
    char32_t codePoint = *first;
    std::size_t taken = size;
    if (codePoint >= 0xD800 && codePoint < 0xDC00 && rest.substr(size, 2) == "\\u") {
        if (const auto second = hexAt(rest, size + 2, 4); second && *second >= 0xDC00 && *second < 0xE000) {
            codePoint = 0x10000 + ((codePoint - 0xD800) << 10) + (*second - 0xDC00);
            taken = 2 * size;
        }
    }
    document::appendUtf8(codePoint, utf8);
    return taken;
}

constexpr bool isTextByte(unsigned char c)
{
    return c >= 0x20 ? c != 0x7F : c == '\n' || c == '\r' || c == '\t' || c == 0x1B;
}

constexpr std::array<bool, 256> textBytes = [] {
    std::array<bool, 256> are{};
    for (std::size_t c = 0; c < are.size(); ++c)
        are[c] = isTextByte(static_cast<unsigned char>(c));
    return are;
}();

bool isUrlCharacter(char c)
{
    return static_cast<unsigned char>(c) > 0x20 && c != '"' && c != '\'' && c != '<' && c != '>' &&
           c != '`' && c != '\\' && c != 0x7F;
}

} // namespace

void DecodedText::clear()
{
    text.clear();
    origins.clear();
    sharesBytes = false;
}

TextRun DecodedText::origin(std::size_t begin, std::size_t end) const
{
    if (!sharesBytes || begin == end)
        return {origins[begin], origins[end]};
    return {origins[begin], origins[end - 1] + std::size_t(2)};
}

void DecodedText::add(char c, std::size_t origin)
{
    text.push_back(c);
    origins.push_back(static_cast<std::uint32_t>(origin));
}

void DecodedText::addPlain(std::string_view piece, std::size_t origin)
{
    text.append(piece);
    const std::size_t before = origins.size();
    origins.resize(before + piece.size());
    std::iota(origins.begin() + static_cast<std::ptrdiff_t>(before), origins.end(),
              static_cast<std::uint32_t>(origin));
}

bool decodeEscapes(std::string_view piece, DecodedText& decoded)
{
    decoded.clear();
    decoded.text.reserve(piece.size());
    decoded.origins.reserve(piece.size() + 1);
    bool any = false;
    std::string utf8;
    std::size_t at = 0;
    while (at < piece.size()) {
        const std::size_t backslash = std::min(piece.find('\\', at), piece.size());
        decoded.addPlain(piece.substr(at, backslash - at), at);
        at = backslash;
        if (at == piece.size())
            break;
        const std::size_t size = decodeEscape(piece.substr(at), utf8);
        any = any || size > 0;
        if (size == 0)
            decoded.add('\\', at);
        for (const char c : utf8)
            decoded.add(c, at);
        at += std::max<std::size_t>(size, 1);
    }
    decoded.origins.push_back(static_cast<std::uint32_t>(piece.size()));
    return any;
}

bool decodePercent(std::string_view piece, DecodedText& decoded)
{
    decoded.clear();
    bool any = false;
    for (std::size_t at = 0; at < piece.size();) {
        const auto value = piece[at] == '%' ? hexAt(piece, at + 1, 2) : std::nullopt;
        decoded.add(value ? static_cast<char>(*value) : piece[at], at);
        at += value ? 3 : 1;
        any = any || value;
    }
    decoded.origins.push_back(static_cast<std::uint32_t>(piece.size()));
    return any;
}

bool decodeBase64(std::string_view piece, DecodedText& decoded)
{
    decoded.clear();
    decoded.sharesBytes = true;
    decoded.text.resize(piece.size() / 4 * 3 + 3);
    decoded.origins.resize(decoded.text.size() + 1);
    char* const text = decoded.text.data();
    std::uint32_t* const origins = decoded.origins.data();
    std::size_t size = 0;
    std::size_t at = 0;
    // A byte begins in the character before the one that completes it.
    for (; at + 4 <= piece.size(); at += 4) {
        const std::uint32_t bits = base64Values[0][index(piece[at])] | base64Values[1][index(piece[at + 1])] |
                                   base64Values[2][index(piece[at + 2])] |
                                   base64Values[3][index(piece[at + 3])];
        if (bits >> 24 != 0)
            break;
        for (std::uint32_t i = 0; i < 3; ++i) {
            const auto byte = static_cast<unsigned char>(bits >> (16 - 8 * i));
            if (!textBytes[byte])
                return false;
            text[size + i] = static_cast<char>(byte);
            origins[size + i] = static_cast<std::uint32_t>(at) + i;
        }
        size += 3;
    }
    unsigned bits = 0;
    int count = 0;
    for (; at < piece.size() && base64Value(piece[at]) != noDigit; ++at) {
        bits = bits << 6 | base64Value(piece[at]);
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        const auto byte = static_cast<unsigned char>(bits >> count);
        if (!textBytes[byte])
            return false;
        text[size] = static_cast<char>(byte);
        origins[size++] = static_cast<std::uint32_t>(at - 1);
    }
    decoded.text.resize(size);
    decoded.origins.resize(size);
    decoded.origins.push_back(static_cast<std::uint32_t>(at));
    return !decoded.text.empty();
}

TextRun percentRun(std::string_view text, std::size_t at)
{
    constexpr std::size_t farthest = 16384;
    const std::size_t least = at > farthest ? at - farthest : 0;
    const std::size_t most = std::min(text.size(), at + farthest);
    TextRun run{at, at};
    while (run.begin > least && isUrlCharacter(text[run.begin - 1]))
        --run.begin;
    while (run.end < most && isUrlCharacter(text[run.end]))
        ++run.end;
    return run;
}

TextRun base64Run(std::string_view text, TextRun word, std::size_t from)
{
    TextRun run = word;
    while (run.begin > from && base64Value(text[run.begin - 1]) != noDigit)
        --run.begin;
    while (run.end < text.size() && base64Value(text[run.end]) != noDigit)
        ++run.end;
    return run;
}

bool startsAsBase64Text(std::string_view run)
{
    constexpr std::size_t looked = 16;
    for (std::size_t i = 0; i + 4 <= std::min(run.size(), looked); i += 4) {
        const unsigned bits = unsigned(base64Value(run[i])) << 18 | unsigned(base64Value(run[i + 1])) << 12 |
                              unsigned(base64Value(run[i + 2])) << 6 | base64Value(run[i + 3]);
        for (const int shift : {16, 8, 0}) {
            const auto byte = static_cast<unsigned char>(bits >> shift);
            if (byte >= 0x80 || !isTextByte(byte))
                return false;
        }
    }
    return true;
}

} // namespace sharelock::redaction
