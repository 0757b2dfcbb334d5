// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/toml_depth.h"

#include <algorithm>

namespace sharelock::redaction {

namespace {

//! \brief Behind the string or comment that begins at \p at; one further for anything else.
std::size_t skipped(std::string_view toml, std::size_t at)
{
    const char c = toml[at];
    if (c == '#')
        return std::min(toml.find('\n', at), toml.size());
    if (c != '"' && c != '\'')
        return at + 1;
    const bool isTriple = toml.substr(at, 3) == std::string_view(c == '"' ? "\"\"\"" : "'''");
    std::size_t next = at + (isTriple ? 3 : 1);
    while (next < toml.size()) {
        if (toml[next] == '\\' && c == '"') {
            next += 2;
            continue;
        }
        if (!isTriple && (toml[next] == c || toml[next] == '\n'))
            return next + 1;
        if (isTriple && toml.substr(next, 3) == toml.substr(at, 3))
            return next + 3;
        ++next;
    }
    return toml.size();
}

} // namespace

std::optional<std::size_t> lineOfDeepName(std::string_view toml, std::size_t most)
{
    std::size_t dots = 0;
    std::size_t line = 1;
    std::size_t at = 0;
    while (at < toml.size()) {
        const char c = toml[at];
        if (std::string_view("=,[]{}\n").find(c) != std::string_view::npos)
            dots = 0;
        else if (c == '.' && ++dots > most)
            return line;
        const std::size_t next = std::min(skipped(toml, at), toml.size());
        line += static_cast<std::size_t>(std::count(toml.begin() + static_cast<std::ptrdiff_t>(at),
                                                    toml.begin() + static_cast<std::ptrdiff_t>(next), '\n'));
        at = next;
    }
    return std::nullopt;
}

} // namespace sharelock::redaction
