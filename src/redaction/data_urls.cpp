// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/data_urls.h"

#include "document/json_text.h"
#include "redaction/ascii.h"

#include <utility>

namespace sharelock::redaction {

namespace {

constexpr std::string_view scheme = "data:";
constexpr std::string_view base64Mark = ";base64,";
constexpr std::size_t longestHead = 200; //!< Of the media type and its parameters.

bool isHead(char c)
{
    return isAlphanumeric(c) || std::string_view("/+.-_;=\\%").find(c) != std::string_view::npos;
}

bool isBase64(char c)
{
    return isAlphanumeric(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
}

//! \brief Behind the comma of the URL whose scheme is at \p at; nothing if it is none.
std::optional<std::size_t> payloadBegin(std::string_view text, std::size_t at)
{
    const std::size_t begin = at + scheme.size();
    std::size_t end = begin;
    while (end < text.size() && end - begin < longestHead && isHead(text[end]))
        ++end;
    const std::string_view head = text.substr(begin, end - begin);
    if (end == text.size() || text[end] != ',' || head.find('/') == std::string_view::npos)
        return std::nullopt;
    return end + 1;
}

//! \brief End of the base64 text at \p at, whose slashes may be escaped and whose lines may be broken.
std::size_t payloadEnd(std::string_view text, std::size_t at)
{
    while (at < text.size()) {
        std::size_t next = at;
        while (next < text.size() && text[next] == '\\')
            ++next;
        if (next >= text.size() || !isBase64(text[next]) || (next > at && text[next] != '/'))
            break;
        at = next + 1;
    }
    return at;
}

} // namespace

std::optional<std::string> withoutDataPayloads(std::string_view text)
{
    std::string out;
    std::size_t copied = 0;
    bool changed = false;
    for (std::size_t at = text.find(scheme); at != std::string_view::npos;) {
        std::size_t next = at + scheme.size();
        if (const auto begin = payloadBegin(text, at)) {
            const bool isEncoded = text.substr(0, *begin).ends_with(base64Mark);
            const bool isAll = at == 0 && text.find_first_of(" \n") == std::string_view::npos;
            const std::size_t end = isEncoded ? payloadEnd(text, *begin) : isAll ? text.size() : *begin;
            if (end > *begin) {
                out.append(text, copied, *begin - copied);
                copied = end;
                changed = true;
            }
            next = end;
        }
        at = text.find(scheme, next);
    }
    if (!changed)
        return std::nullopt;
    out.append(text, copied);
    return out;
}

std::optional<std::string> jsonWithoutDataPayloads(std::string_view json)
{
    // Escaped as numbers, the scheme may look like anything.
    const bool mayHaveSome =
        json.find(scheme) != std::string_view::npos || json.find("\\u00") != std::string_view::npos;
    if (!mayHaveSome)
        return std::nullopt;
    bool changed = false;
    auto mapped = document::mapTexts(json, [&changed](const document::TextPlace&, std::string_view text) {
        auto without = withoutDataPayloads(text);
        changed = changed || without.has_value();
        return without;
    });
    // What does not parse is refused by whoever looks at the item as a whole.
    return mapped && changed ? std::optional(*std::move(mapped)) : std::nullopt;
}

} // namespace sharelock::redaction
