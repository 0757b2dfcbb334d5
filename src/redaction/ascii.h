// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <array>
#include <string_view>

namespace sharelock::redaction {

// The C library's own ask the locale, and take no negative char.

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

constexpr bool isLetter(char c)
{
    return isLower(c) || isUpper(c);
}

constexpr bool isAlphanumeric(char c)
{
    return isLetter(c) || isDigit(c);
}

//! \brief Of program text: letters, digits and `_`.
constexpr bool isIdentifier(char c)
{
    return isAlphanumeric(c) || c == '_';
}

constexpr bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

constexpr bool isSpace(char c)
{
    return isBlank(c) || c == '\n' || c == '\r';
}

constexpr char toLower(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

//! \brief Some characters. Asked by a look into a table: to search a string of them is a call each time.
class CharSet
{
public:
    constexpr explicit CharSet(std::string_view characters)
    {
        for (const char c : characters)
            m_has[static_cast<unsigned char>(c)] = true;
    }

    [[nodiscard]] constexpr bool has(char c) const { return m_has[static_cast<unsigned char>(c)]; }

private:
    std::array<bool, 256> m_has{};
};

} // namespace sharelock::redaction
