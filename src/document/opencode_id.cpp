// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/opencode_id.h"

#include <algorithm>
#include <charconv>

namespace sharelock::document {

namespace {

bool isWordCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<OpencodeId::Kind> kindOf(std::string_view name)
{
    if (name == "ses")
        return OpencodeId::Kind::Session;
    if (name == "msg")
        return OpencodeId::Kind::Message;
    if (name == "prt")
        return OpencodeId::Kind::Part;
    return std::nullopt;
}

} // namespace

bool OpencodeId::hasTime() const
{
    constexpr std::size_t shortestTail = 8;
    const std::string_view digits = body().substr(0, opencodeIdPrefixSize);
    return body().size() >= opencodeIdPrefixSize + shortestTail &&
           std::all_of(digits.begin(), digits.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::uint64_t OpencodeId::prefix() const
{
    std::uint64_t value = 0;
    const std::string_view digits = body().substr(0, opencodeIdPrefixSize);
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

std::optional<OpencodeId> firstOpencodeId(std::string_view text, std::size_t from)
{
    constexpr std::size_t nameLetters = opencodeIdNameSize - 1;
    constexpr std::size_t shortestBody = 8;
    std::size_t underscore = text.find('_', from);
    for (; underscore != std::string_view::npos; underscore = text.find('_', underscore + 1)) {
        if (underscore < from + nameLetters)
            continue;
        const auto kind = kindOf(text.substr(underscore - nameLetters, nameLetters));
        if (!kind)
            continue;
        std::size_t end = underscore + 1;
        while (end < text.size() && isWordCharacter(text[end]))
            ++end;
        if (end - underscore - 1 < shortestBody)
            continue;
        const std::size_t begin = underscore - nameLetters;
        return OpencodeId{*kind, text.substr(begin, end - begin), begin};
    }
    return std::nullopt;
}

} // namespace sharelock::document
