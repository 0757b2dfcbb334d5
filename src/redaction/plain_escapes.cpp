// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/plain_escapes.h"

#include <charconv>

namespace sharelock::redaction {

namespace {

constexpr std::size_t digits = 4;

//! \brief The printable ASCII character of the four hexadecimal digits at \p at; nothing for any other.
std::optional<char> printableAt(std::string_view text, std::size_t at)
{
    if (at + digits > text.size())
        return std::nullopt;
    unsigned code = 0;
    const char* const begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + digits, code, 16);
    if (error != std::errc() || end != begin + digits || code < 0x20 || code > 0x7e)
        return std::nullopt;
    return static_cast<char>(code);
}

} // namespace

std::optional<std::string> withPlainEscapes(std::string_view text)
{
    if (text.find("\\u005c") == std::string_view::npos && text.find("\\u005C") == std::string_view::npos)
        return std::nullopt;
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        std::size_t run = 0;
        while (at + run < text.size() && text[at + run] == '\\')
            ++run;
        const bool escaped = run > 0 && at + run < text.size() && text[at + run] == 'u';
        const auto plain = escaped ? printableAt(text, at + run + 1) : std::nullopt;
        if (!plain) {
            const std::size_t length = run > 0 ? run : 1;
            out.append(text, at, length);
            at += length;
            continue;
        }
        // A character that must stay escaped keeps as many backslashes as its escape had.
        if (*plain == '\\' || *plain == '"')
            out.append(run, '\\');
        if (*plain == '\\')
            out.append(run, '\\');
        else
            out.push_back(*plain);
        at += run + 1 + digits;
    }
    return out;
}

} // namespace sharelock::redaction
