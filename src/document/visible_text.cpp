// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/visible_text.h"

#include "document/json_string.h"

#include <algorithm>

namespace sharelock::document {

namespace {

constexpr std::string_view zeroWidthSpace = "\xE2\x80\x8B";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

//! \brief The largest length up to \p bytes that cuts no UTF-8 sequence.
std::size_t cutAt(std::string_view text, std::size_t bytes)
{
    if (bytes >= text.size())
        return text.size();
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
        --bytes;
    return bytes;
}

std::string_view firstLines(std::string_view text, std::size_t lines)
{
    std::size_t end = 0;
    for (std::size_t i = 0; i < lines; ++i) {
        const std::size_t found = text.find('\n', end);
        if (found == std::string_view::npos)
            return text;
        end = found + 1;
    }
    return text.substr(0, end == 0 ? 0 : end - 1);
}

//! \brief Three bytes that start with 0xE2, and what they do to a text's direction or line.
bool turnsDirection(std::string_view sequence)
{
    const auto second = static_cast<unsigned char>(sequence[1]);
    const auto third = static_cast<unsigned char>(sequence[2]);
    const bool marks = second == 0x80 && (third == 0x8E || third == 0x8F);   // U+200E, U+200F
    const bool overrides = second == 0x80 && third >= 0xAA && third <= 0xAE; // U+202A to U+202E
    const bool isolates = second == 0x81 && third >= 0xA6 && third <= 0xA9;  // U+2066 to U+2069
    return marks || overrides || isolates;
}

bool isLineSeparator(std::string_view sequence)
{
    const auto third = static_cast<unsigned char>(sequence[2]);
    return static_cast<unsigned char>(sequence[1]) == 0x80 &&
           (third == 0xA8 || third == 0xA9); // U+2028, U+2029
}

//! \brief Copies a text character by character, with what must not be drawn replaced.
class Drawable
{
public:
    Drawable(std::string_view text, std::size_t tokenBytes)
        : m_text(text)
        , m_tokenBytes(tokenBytes)
    {
        m_out.reserve(text.size() + text.size() / 64);
    }

    std::string make()
    {
        for (std::size_t at = 0; at < m_text.size();)
            at += take(at);
        return std::move(m_out);
    }

private:
    std::size_t take(std::size_t at)
    {
        const auto c = static_cast<unsigned char>(m_text[at]);
        if (c == '\n' || c == '\t' || c == ' ') {
            m_out.push_back(m_text[at]);
            m_run = 0;
            return 1;
        }
        if (c < 0x20 || c == 0x7F) {
            if (c == '\r' && at + 1 < m_text.size() && m_text[at + 1] == '\n')
                return 1;
            appendUtf8(c == 0x7F ? 0x2421 : 0x2400 + c, m_out);
            return 1;
        }
        const std::size_t size = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
        const std::string_view sequence = m_text.substr(at, size);
        if (sequence.size() == size && isHidden(c, sequence))
            return size;
        if (sequence.size() == 3 && c == 0xE2 && isLineSeparator(sequence)) {
            m_out.push_back('\n');
            m_run = 0;
            return size;
        }
        m_run += size;
        if (m_tokenBytes > 0 && m_run > m_tokenBytes) {
            m_out.append(zeroWidthSpace);
            m_run = size;
        }
        m_out.append(sequence);
        return size;
    }

    static bool isHidden(unsigned char first, std::string_view sequence)
    {
        const auto second = sequence.size() > 1 ? static_cast<unsigned char>(sequence[1]) : 0;
        if (first == 0xC2)
            return second >= 0x80 && second < 0xA0; // C1 controls
        if (first == 0xD8)
            return second == 0x9C; // U+061C
        return first == 0xE2 && sequence.size() == 3 && turnsDirection(sequence);
    }

    std::string_view m_text;
    std::size_t m_tokenBytes;
    std::size_t m_run = 0;
    std::string m_out;
};

} // namespace

VisibleText visibleText(std::string_view text, const TextCap& cap)
{
    VisibleText result;
    result.bytes = text.size();
    if (text.empty())
        return result;
    const auto newlines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    result.lines = newlines + (text.back() == '\n' ? 0 : 1);
    std::string_view shown = text.substr(0, cutAt(text, cap.bytes));
    shown = firstLines(shown, cap.lines);
    if (shown.ends_with('\n'))
        shown.remove_suffix(1);
    result.shownBytes = shown.size();
    result.truncated = shown.size() + 1 < text.size() || (shown.size() < text.size() && text.back() != '\n');
    result.text = Drawable(shown, cap.tokenBytes).make();
    return result;
}

std::string oneLine(std::string_view text, std::size_t bytes)
{
    const std::size_t size = cutAt(text, bytes);
    std::string line = Drawable(text.substr(0, size), 0).make();
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\t', ' ');
    if (size < text.size())
        line.append(ellipsis);
    return line;
}

} // namespace sharelock::document
