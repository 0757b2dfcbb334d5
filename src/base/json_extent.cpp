// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/json_extent.h"

#include <cstddef>

namespace sharelock {

namespace {

// The position of the quote that ends the string begun before `from`, or npos.
std::size_t endOfString(std::string_view bytes, std::size_t from)
{
    for (std::size_t at = bytes.find_first_of("\"\\", from); at != std::string_view::npos;
         at = bytes.find_first_of("\"\\", at + 2)) {
        if (bytes[at] == '"')
            return at;
        if (at + 2 > bytes.size())
            break;
    }
    return std::string_view::npos;
}

} // namespace

bool endsInsideJson(std::string_view bytes)
{
    const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || (bytes[begin] != '[' && bytes[begin] != '{'))
        return false;
    std::size_t depth = 0;
    for (std::size_t at = begin; at < bytes.size(); ++at) {
        switch (bytes[at]) {
        case '[':
        case '{':
            ++depth;
            break;
        case ']':
        case '}':
            if (--depth == 0)
                return false;
            break;
        case '"':
            at = endOfString(bytes, at + 1);
            if (at == std::string_view::npos)
                return true;
            break;
        default:
            break;
        }
    }
    return true;
}

} // namespace sharelock
