// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/plain_escapes.h"

#include "redaction/ascii.h"

#include <algorithm>
#include <bit>
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

struct EscapedSign
{
    char sign = '\0';
    std::size_t backslashes = 0;
    std::size_t size = 0;
};

//! \brief The escape that begins with the backslash at \p at, of those in front of it all belong to it.
//! Letters and digits are no signs: nobody escapes them who does not mean to hide them. \p skipped are the
//! backslashes there, if it is none.
std::optional<EscapedSign> escapedSignAt(std::string_view text, std::size_t at, std::size_t& skipped)
{
    std::size_t run = 0;
    while (at + run < text.size() && text[at + run] == '\\')
        ++run;
    skipped = run;
    if (run == 0 || at + run == text.size())
        return std::nullopt;
    if (text[at + run] == '/')
        return EscapedSign{'/', run, run + 1};
    const auto plain = text[at + run] == 'u' ? printableAt(text, at + run + 1) : std::nullopt;
    if (!plain || isAlphanumeric(*plain))
        return std::nullopt;
    return EscapedSign{*plain, run, run + 1 + digits};
}

//! \brief As many as would stand there if only quotes and backslashes were escaped. One of an odd number
//! belongs to the escape and the rest are backslashes themselves; each layer around has doubled them.
std::size_t keptBackslashes(const EscapedSign& escaped)
{
    if (escaped.sign == '/')
        return 0;
    const auto layers = static_cast<std::size_t>(std::countr_zero(escaped.backslashes));
    const std::size_t own = (escaped.backslashes >> layers) - 1;
    std::size_t kept = own + (escaped.sign == '"' ? 1 : escaped.sign == '\\' ? 2 : 0);
    for (std::size_t i = 0; i < layers; ++i)
        kept = 2 * kept + (escaped.sign == '"' ? 1 : 0);
    return kept;
}

//! \brief What no name or value is longer than that is read around a sign.
constexpr std::size_t nearSign = 512;
constexpr std::size_t longestRun = 16 * 1024;

//! \brief Not in the middle of a word, if that is not very long: of `public_key` the end alone is another
//! name.
std::size_t beginBefore(std::string_view text, std::size_t at, std::size_t least)
{
    constexpr std::size_t longestWord = 128;
    std::size_t begin = std::max(least, at - std::min(at, nearSign));
    const std::size_t farthest = std::max(least, begin - std::min(begin, longestWord));
    while (begin > farthest && !isBlank(text[begin - 1]) && text[begin - 1] != '"')
        --begin;
    return begin;
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

SignEscapes signEscapesAround(std::string_view text, std::size_t at, TextRun within)
{
    const std::size_t most = std::min(within.end, at + longestRun);
    std::size_t end = std::min(most, at + nearSign);
    for (std::size_t next = text.find('\\', at + 1); next < end; next = text.find('\\', next)) {
        std::size_t skipped = 0;
        const auto sign = escapedSignAt(text, next, skipped);
        next += sign ? sign->size : skipped;
        if (sign)
            end = std::min(most, next + nearSign);
    }
    const bool goesOn = end < within.end && end == at + longestRun;
    return {{beginBefore(text, at, within.begin), end}, goesOn ? end - nearSign : end};
}

bool decodeSigns(std::string_view piece, DecodedText& decoded)
{
    decoded.clear();
    decoded.text.reserve(piece.size());
    decoded.origins.reserve(piece.size() + 1);
    bool any = false;
    for (std::size_t at = 0; at < piece.size();) {
        const std::size_t backslash = std::min(piece.find('\\', at), piece.size());
        decoded.addPlain(piece.substr(at, backslash - at), at);
        at = backslash;
        if (at == piece.size())
            break;
        std::size_t skipped = 0;
        const auto sign = escapedSignAt(piece, at, skipped);
        if (!sign) {
            decoded.addPlain(piece.substr(at, skipped), at);
            at += skipped;
            continue;
        }
        for (std::size_t i = keptBackslashes(*sign); i > 0; --i)
            decoded.add('\\', at);
        if (sign->sign != '\\')
            decoded.add(sign->sign, at);
        at += sign->size;
        any = true;
    }
    decoded.origins.push_back(static_cast<std::uint32_t>(piece.size()));
    return any;
}

bool startsEscapedSign(std::string_view text, std::size_t at)
{
    std::size_t skipped = 0;
    return at < text.size() && text[at] == '\\' && escapedSignAt(text, at, skipped).has_value();
}

bool hasEscapedSign(std::string_view text, TextRun run)
{
    constexpr std::size_t longest = 8; // With two backslashes; of more, some are enough.
    const std::size_t begin = run.begin - std::min(run.begin, longest);
    const std::string_view near = text.substr(0, run.end);
    std::size_t skipped = 0;
    for (std::size_t at = near.find('\\', begin); at < run.end; at = near.find('\\', at + skipped)) {
        const auto sign = escapedSignAt(text, at, skipped);
        if (sign && at + sign->size > run.begin)
            return true;
    }
    return false;
}

} // namespace sharelock::redaction
