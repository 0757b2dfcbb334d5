// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief BLAKE2b of \p text with a key of at least 16 bytes: tells whether a text is the one that was meant,
//! and nothing about it to who has not got the key.
[[nodiscard]] std::string keyedDigest(std::string_view text, std::string_view key);

//! \brief What is kept of a text that must be found again without being kept.
struct TextPrint
{
    std::size_t length = 0; //!< In bytes.
    std::uint32_t fingerprint = 0;
    std::string digest;

    bool operator==(const TextPrint&) const = default;
};

//! \brief Finds texts again by their prints: a rolling fingerprint for each length there is (Rabin and Karp),
//! and the digest where it fits. Linear time for each length. Immutable; any thread.
class TextPrints
{
public:
    //! \brief More lengths than that would make every preview slow.
    static constexpr std::size_t mostLengths = 64;

    TextPrints() = default;
    TextPrints(std::string key, std::vector<TextPrint> prints);

    [[nodiscard]] static TextPrint of(std::string_view text, std::string_view key);
    [[nodiscard]] bool isEmpty() const { return m_lengths.empty(); }

    //! \brief Calls \p found with every place of every text; of one length, no two overlap.
    void forEachIn(std::string_view text, const std::function<void(std::string_view)>& found) const;

private:
    struct Length
    {
        std::size_t bytes = 0;
        std::uint64_t leaving = 1;  //!< What the first byte of a window counts.
        std::bitset<65536> isThere; //!< By the lower half of the fingerprint.
        std::multimap<std::uint32_t, std::string> digests;
    };

    void forEachOf(const Length& length, std::string_view text,
                   const std::function<void(std::string_view)>& found) const;

    std::string m_key;
    std::uint64_t m_base = 1;
    std::vector<Length> m_lengths;
};

} // namespace sharelock::redaction
