// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/text_prints.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace sharelock::redaction {

namespace {

//! \brief Odd, so that no byte of a window is lost on the way through the powers; from the key, so that
//! nobody can write a text that fits everywhere.
std::uint64_t baseOf(std::string_view key)
{
    const std::string bytes = keyedDigest("rolling fingerprint", key);
    std::uint64_t base = 0;
    std::memcpy(&base, bytes.data(), sizeof base);
    return base | 1U;
}

std::uint64_t pushed(std::uint64_t sum, char byte, std::uint64_t base)
{
    return sum * base + static_cast<unsigned char>(byte) + 1U;
}

//! \brief The upper half, where every byte counts: in the sum itself the last ones reach the lower half only.
std::uint32_t fingerprint(std::uint64_t sum, std::uint64_t base)
{
    return static_cast<std::uint32_t>((sum * base) >> 32U);
}

std::uint64_t sumOf(std::string_view text, std::uint64_t base)
{
    std::uint64_t sum = 0;
    for (const char byte : text)
        sum = pushed(sum, byte, base);
    return sum;
}

} // namespace

std::string keyedDigest(std::string_view text, std::string_view key)
{
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

TextPrints::TextPrints(std::string key, std::vector<TextPrint> prints)
    : m_key(std::move(key))
    , m_base(baseOf(m_key))
{
    for (TextPrint& print : prints) {
        if (print.length == 0)
            continue;
        auto known = std::find_if(m_lengths.begin(), m_lengths.end(),
                                  [&print](const Length& length) { return length.bytes == print.length; });
        if (known == m_lengths.end()) {
            Length length;
            length.bytes = print.length;
            for (std::size_t i = 1; i < print.length; ++i)
                length.leaving *= m_base;
            known = m_lengths.insert(m_lengths.end(), std::move(length));
        }
        known->isThere.set(print.fingerprint & 0xFFFFU);
        known->digests.emplace(print.fingerprint, std::move(print.digest));
    }
}

TextPrint TextPrints::of(std::string_view text, std::string_view key)
{
    const std::uint64_t base = baseOf(key);
    return {text.size(), fingerprint(sumOf(text, base), base), keyedDigest(text, key)};
}

void TextPrints::forEachIn(std::string_view text, const std::function<void(std::string_view)>& found) const
{
    for (const Length& length : m_lengths) {
        if (text.size() >= length.bytes)
            forEachOf(length, text, found);
    }
}

void TextPrints::forEachOf(const Length& length, std::string_view text,
                           const std::function<void(std::string_view)>& found) const
{
    const auto isOne = [&](std::uint32_t print, std::string_view window) {
        const auto [begin, end] = length.digests.equal_range(print);
        if (begin == end)
            return false;
        const std::string digest = keyedDigest(window, m_key);
        return std::any_of(begin, end, [&digest](const auto& known) { return known.second == digest; });
    };
    std::size_t at = 0;
    std::uint64_t sum = sumOf(text.substr(0, length.bytes), m_base);
    for (;;) {
        const std::uint32_t print = fingerprint(sum, m_base);
        const bool isFound = length.isThere[print & 0xFFFFU] && isOne(print, text.substr(at, length.bytes));
        if (isFound)
            found(text.substr(at, length.bytes));
        const std::size_t next = at + (isFound ? length.bytes : 1);
        if (next + length.bytes > text.size())
            return;
        if (isFound) {
            sum = sumOf(text.substr(next, length.bytes), m_base);
        } else {
            sum -= length.leaving * (static_cast<unsigned char>(text[at]) + 1U);
            sum = pushed(sum, text[at + length.bytes], m_base);
        }
        at = next;
    }
}

} // namespace sharelock::redaction
