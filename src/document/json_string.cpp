// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_string.h"

#include "document/json_text.h"

#include <QByteArray>
#include <QString>

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sharelock::document {

namespace {

constexpr std::size_t unicodeEscapeSize = 6; // \uXXXX

std::optional<char32_t> hex4(std::string_view text)
{
    if (text.size() < 4)
        return std::nullopt;
    char32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const char c = text[i];
        value <<= 4;
        if (c >= '0' && c <= '9')
            value |= static_cast<char32_t>(c - '0');
        else if (c >= 'a' && c <= 'f')
            value |= static_cast<char32_t>(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            value |= static_cast<char32_t>(c - 'A' + 10);
        else
            return std::nullopt;
    }
    return value;
}

//! \brief What stands behind a backslash, and for what; zero for what is no escape.
constexpr std::array<char, 256> simpleEscapes = [] {
    std::array<char, 256> escapes{};
    escapes['n'] = '\n';
    escapes['t'] = '\t';
    escapes['r'] = '\r';
    escapes['b'] = '\b';
    escapes['f'] = '\f';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    escapes['/'] = '/';
    return escapes;
}();

char simpleEscape(char c)
{
    return simpleEscapes[static_cast<unsigned char>(c)];
}

//! \brief Decodes the `\u` escape at the start of \p rest. \returns how many bytes it takes.
std::size_t decodeUnicodeEscape(std::string_view rest, char32_t& codePoint)
{
    codePoint = hex4(rest.substr(2)).value_or(0xFFFD);
    const bool high = codePoint >= 0xD800 && codePoint < 0xDC00;
    if (high && rest.size() >= 2 * unicodeEscapeSize && rest[6] == '\\' && rest[7] == 'u') {
        const char32_t second = hex4(rest.substr(8)).value_or(0);
        if (second >= 0xDC00 && second < 0xE000) {
            codePoint = 0x10000 + ((codePoint - 0xD800) << 10) + (second - 0xDC00);
            return 2 * unicodeEscapeSize;
        }
    }
    return unicodeEscapeSize;
}

//! \brief The next backslash, or \p end. In program text it is seldom far, which std::memchr is not made for.
const char* nextBackslash(const char* from, const char* end)
{
#ifdef __SSE2__
    constexpr std::ptrdiff_t width = 16;
    const __m128i wanted = _mm_set1_epi8('\\');
    for (; end - from >= width; from += width) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)));
        if (found != 0)
            return from + std::countr_zero(found);
    }
    return std::find(from, end, '\\');
#else
    const void* const found = std::memchr(from, '\\', static_cast<std::size_t>(end - from));
    return found == nullptr ? end : static_cast<const char*>(found);
#endif
}

//! \brief \p codePoint as UTF-8 to \p out, at most four bytes. \returns the end of it.
char* writeUtf8(char32_t codePoint, char* out)
{
    if (codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint < 0xE000))
        codePoint = 0xFFFD;
    const auto byte = [&out](char32_t value) { *out++ = static_cast<char>(value); };
    if (codePoint < 0x80) {
        byte(codePoint);
        return out;
    }
    if (codePoint < 0x800) {
        byte(0xC0 | (codePoint >> 6));
    } else if (codePoint < 0x10000) {
        byte(0xE0 | (codePoint >> 12));
        byte(0x80 | ((codePoint >> 6) & 0x3F));
    } else {
        byte(0xF0 | (codePoint >> 18));
        byte(0x80 | ((codePoint >> 12) & 0x3F));
        byte(0x80 | ((codePoint >> 6) & 0x3F));
    }
    byte(0x80 | (codePoint & 0x3F));
    return out;
}

} // namespace

void appendUtf8(char32_t codePoint, std::string& out)
{
    char bytes[4];
    out.append(bytes, writeUtf8(codePoint, bytes));
}

bool hasValidEscapes(std::string_view body)
{
    const char* const end = body.data() + body.size();
    for (const char* at = nextBackslash(body.data(), end); at < end; at = nextBackslash(at, end)) {
        const auto left = static_cast<std::size_t>(end - at);
        if (left < 2)
            return false;
        if (simpleEscape(at[1]) != '\0')
            at += 2;
        else if (at[1] == 'u' && hex4({at + 2, left - 2}))
            at += unicodeEscapeSize;
        else
            return false;
    }
    return true;
}

// No escape is shorter than what it stands for, so that the text fits into as many bytes.
std::string_view unescaped(std::string_view body, std::string& buffer)
{
    const char* const end = body.data() + body.size();
    const char* at = nextBackslash(body.data(), end);
    if (at == end)
        return body;
    buffer.resize(body.size());
    char* out = std::copy(body.data(), at, buffer.data());
    while (at < end) {
        if (at[1] == 'u') {
            char32_t codePoint = 0;
            at += decodeUnicodeEscape({at, static_cast<std::size_t>(end - at)}, codePoint);
            out = writeUtf8(codePoint, out);
        } else {
            *out++ = simpleEscape(at[1]);
            at += 2;
        }
        const char* const next = nextBackslash(at, end);
        out = std::copy(at, next, out);
        at = next;
    }
    buffer.resize(static_cast<std::size_t>(out - buffer.data()));
    return buffer;
}

char* unescapedTo(std::string_view body, char* out)
{
    const char* at = body.data();
    const char* const end = at + body.size();
    while (true) {
#ifdef __SSE2__
        // Copied before it is known where the next backslash is: what is behind it is overwritten. The text
        // is never ahead of its body, so that there is room.
        constexpr std::ptrdiff_t width = 16;
        const __m128i wanted = _mm_set1_epi8('\\');
        unsigned found = 0;
        while (end - at >= width) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
            found = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)));
            const int plain = found != 0 ? std::countr_zero(found) : static_cast<int>(width);
            at += plain;
            out += plain;
            if (found != 0)
                break;
        }
        if (found == 0)
#endif
        {
            const char* const next = nextBackslash(at, end);
            out = std::copy(at, next, out);
            at = next;
            if (at == end)
                return out;
        }
        if (end - at < 2)
            return nullptr;
        if (const char plain = simpleEscape(at[1]); plain != '\0') {
            *out++ = plain;
            at += 2;
        } else {
            if (at[1] != 'u' || !hex4({at + 2, static_cast<std::size_t>(end - at - 2)}))
                return nullptr;
            char32_t codePoint = 0;
            at += decodeUnicodeEscape({at, static_cast<std::size_t>(end - at)}, codePoint);
            out = writeUtf8(codePoint, out);
        }
    }
}

namespace {

//! \brief The next character that JSON escapes, or the end.
std::size_t nextEscaped(std::string_view text, std::size_t from)
{
#ifdef __SSE2__
    constexpr std::size_t width = 16;
    const __m128i lastControl = _mm_set1_epi8(0x1F);
    for (; from + width <= text.size(); from += width) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));
        const __m128i controls = _mm_cmpeq_epi8(_mm_max_epu8(bytes, lastControl), lastControl);
        const __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                           _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(controls, signs)));
        if (found != 0)
            return from + static_cast<unsigned>(std::countr_zero(found));
    }
#endif
    while (from < text.size() && static_cast<unsigned char>(text[from]) >= 0x20 && text[from] != '"' &&
           text[from] != '\\')
        ++from;
    return from;
}

//! \brief Appends the inside of a literal.
void appendEscaped(std::string& out, std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::size_t copied = 0;
    for (std::size_t i = nextEscaped(text, 0); i < text.size(); i = nextEscaped(text, i + 1)) {
        const char c = text[i];
        out.append(text, copied, i - copied);
        copied = i + 1;
        out.push_back('\\');
        switch (c) {
        case '\n':
            out.push_back('n');
            break;
        case '\t':
            out.push_back('t');
            break;
        case '\r':
            out.push_back('r');
            break;
        case '"':
        case '\\':
            out.push_back(c);
            break;
        default:
            out.append("u00");
            out.push_back(digits[(c >> 4) & 0xF]);
            out.push_back(digits[c & 0xF]);
        }
    }
    out.append(text, copied);
}

//! \brief IDs and the like, which are by far the most: quicker told than all of UTF-8 is checked.
bool isPlainAscii(std::string_view text)
{
    constexpr std::size_t most = 64;
    if (text.size() > most)
        return false;
#ifdef __SSE2__
    constexpr std::size_t width = 16;
    const auto isPlain = [](const char* at) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        // What is not ASCII is negative.
        const __m128i others = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
        const __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                           _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        return _mm_movemask_epi8(_mm_or_si128(others, signs)) == 0;
    };
    if (text.size() >= width) {
        const char* const last = text.data() + text.size() - width;
        const char* at = text.data();
        while (at < last && isPlain(at))
            at += width;
        return at >= last && isPlain(last);
    }
#endif
    return std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c - ' ') < 0x60 && c != '"' && c != '\\';
    });
}

} // namespace

void appendQuoted(std::string& out, std::string_view text)
{
    out.push_back('"');
    if (isPlainAscii(text))
        out.append(text);
    else if (simdjson::validate_utf8(text.data(), text.size()))
        appendEscaped(out, text);
    else
        appendEscaped(out, QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toStdString());
    out.push_back('"');
}

std::string quoted(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 16 + 2);
    appendQuoted(out, text);
    return out;
}

} // namespace sharelock::document
