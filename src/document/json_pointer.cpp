// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_pointer.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace sharelock::document {

void appendPointerToken(std::string& pointer, std::string_view name)
{
    pointer.push_back('/');
    if (std::none_of(name.begin(), name.end(), [](char c) { return c == '~' || c == '/'; })) {
        pointer.append(name);
        return;
    }
    for (const char c : name) {
        if (c == '~')
            pointer.append("~0");
        else if (c == '/')
            pointer.append("~1");
        else
            pointer.push_back(c);
    }
}

void appendPointerToken(std::string& pointer, std::size_t index)
{
    char digits[24];
    const auto result = std::to_chars(std::begin(digits), std::end(digits), index);
    pointer.push_back('/');
    pointer.append(digits, result.ptr);
}

} // namespace sharelock::document
