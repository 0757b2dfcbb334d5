// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/leak_views.h"

#include "base/large_pages.h"

#include <QByteArrayView>

#include <algorithm>

namespace sharelock::redaction {

namespace {

constexpr std::size_t nowhere = std::string_view::npos;

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

//! \brief -1 if there are no \p count hexadecimal digits at \p at.
long hexAt(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return -1;
    long value = 0;
    for (const char c : text.substr(at, count)) {
        const int digit = digitOf(c);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

void encode(long c, std::string& out)
{
    if (c >= 0xD800 && c < 0xE000)
        c = 0xFFFD;
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const int extra = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr int lead[] = {0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(lead[extra] | (c >> (6 * extra)));
    for (int i = extra - 1; i >= 0; --i)
        out += static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F));
}

std::size_t decodeEscape(std::string_view source, std::size_t at, std::string& out)
{
    const char kind = at + 1 < source.size() ? source[at + 1] : '\0';
    constexpr std::string_view letters = "nrtbf";
    constexpr std::string_view controls = "\n\r\t\b\f";
    if (kind == '"' || kind == '\\' || kind == '/') {
        out += kind;
        return 2;
    }
    if (const std::size_t found = letters.find(kind); kind != '\0' && found != nowhere) {
        out += controls[found];
        return 2;
    }
    const long first = kind == 'u' ? hexAt(source, at + 2, 4) : -1;
    if (first < 0) {
        out += '\\';
        return 1;
    }
    if (first >= 0xD800 && first < 0xDC00 && source.substr(at + 6, 2) == "\\u") {
        const long second = hexAt(source, at + 8, 4);
        if (second >= 0xDC00 && second < 0xE000) {
            encode(0x10000 + (first - 0xD800) * 0x400 + (second - 0xDC00), out);
            return 12;
        }
    }
    encode(first, out);
    return 6;
}

int base64Value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

//! \brief Decodes from \p at on, and moves \p at behind the payload.
std::string decodePayload(std::string_view text, std::size_t& at)
{
    std::string out;
    unsigned bits = 0;
    int count = 0;
    while (at < text.size()) {
        std::size_t next = at;
        while (next < text.size() && text[next] == '\\')
            ++next;
        const int value = next < text.size() ? base64Value(text[next]) : -1;
        if (value < 0 || (next > at && text[next] != '/'))
            break;
        at = next + 1;
        bits = ((bits << 6) | static_cast<unsigned>(value)) & 0xFFFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> count) & 0xFF);
        }
    }
    return out;
}

bool isText(std::string_view bytes)
{
    for (std::size_t cut = 0; cut < 4 && cut < bytes.size(); ++cut) {
        if (QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size() - cut)).isValidUtf8())
            return true;
    }
    return false;
}

} // namespace

LeakView::LeakView(std::string_view source, Layer layer, Extent extent)
    : m_source(source)
    , m_layer(layer)
{
    if (extent == Extent::All) {
        m_text.reserve(source.size()); // What is decoded is never longer.
        preferLargePages(m_text.data(), source.size());
        decode(0, source.size());
        return;
    }
    // No hidden value spans a quote or a line end, and both end a word.
    constexpr std::string_view borders = "\"\n";
    std::size_t done = 0;
    for (std::size_t mark = nextMark(0); mark != nowhere; mark = nextMark(done)) {
        const std::size_t before = mark == 0 ? nowhere : source.find_last_of(borders, mark - 1);
        const std::size_t begin = before == nowhere ? done : std::max(done, before + 1);
        const std::size_t after = source.find_first_of(borders, std::min(mark + 2, source.size()));
        done = after == nowhere ? source.size() : after + 1;
        decode(begin, done);
        m_text += '\n';
    }
}

std::size_t LeakView::nextMark(std::size_t from) const
{
    std::size_t at = m_source.find(m_layer == Layer::Percent ? '%' : '\\', from);
    while (m_layer == Layer::Percent && at != nowhere && hexAt(m_source, at + 1, 2) < 0)
        at = m_source.find('%', at + 1);
    return at;
}

void LeakView::decode(std::size_t begin, std::size_t end)
{
    m_stretches.push_back({m_text.size(), begin});
    std::size_t at = begin;
    while (at < end) {
        const std::size_t mark = std::min(nextMark(at), end);
        m_text.append(m_source, at, mark - at);
        at = mark < end ? mark + decodeOne(mark, m_text) : end;
    }
}

std::size_t LeakView::decodeOne(std::size_t at, std::string& out) const
{
    if (m_layer == Layer::JsonEscapes && m_source[at] == '\\')
        return decodeEscape(m_source, at, out);
    const long byte = m_layer == Layer::Percent && m_source[at] == '%' ? hexAt(m_source, at + 1, 2) : -1;
    out += byte < 0 ? m_source[at] : static_cast<char>(byte);
    return byte < 0 ? 1 : 3;
}

std::size_t LeakView::sourceOffset(std::size_t offset) const
{
    auto stretch = std::upper_bound(m_stretches.begin(), m_stretches.end(), offset,
                                    [](std::size_t value, const Stretch& s) { return value < s.inText; });
    if (stretch == m_stretches.begin())
        return 0;
    --stretch;
    std::size_t at = stretch->inSource;
    std::string decoded;
    while (at < m_source.size()) {
        const std::size_t next = at + decodeOne(at, decoded);
        if (stretch->inText + decoded.size() > offset)
            break;
        at = next;
    }
    return at;
}

std::optional<LeakPayload> nextTextPayload(std::string_view text, std::size_t from)
{
    constexpr std::string_view mark = ";base64,";
    std::size_t found = text.find(mark, from);
    while (found != nowhere) {
        std::size_t at = found + mark.size();
        LeakPayload payload{at, decodePayload(text, at)};
        if (isText(payload.text))
            return payload;
        found = text.find(mark, at);
    }
    return std::nullopt;
}

} // namespace sharelock::redaction
