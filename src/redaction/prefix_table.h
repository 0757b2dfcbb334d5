// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief Finds the prefixes, of at least three bytes, that a word begins with.
class PrefixTable
{
public:
    void add(std::string prefix, std::uint16_t rule);
    //! \brief To be called after the last add().
    void build();

    //! \brief Calls \p visit with each rule that has a prefix of \p word.
    template <typename Visit>
    void forEach(std::string_view word, const Visit& visit) const
    {
        if (word.size() < keySize)
            return;
        const std::uint32_t slot = slotOf(word);
        for (std::uint32_t at = m_begins[slot]; at < m_begins[slot + 1]; ++at) {
            if (word.starts_with(m_entries[at].prefix))
                visit(m_entries[at].rule);
        }
    }

    [[nodiscard]] bool hasPrefixOf(std::string_view word) const
    {
        bool has = false;
        forEach(word, [&has](std::uint16_t) { has = true; });
        return has;
    }

private:
    struct Entry
    {
        std::string prefix;
        std::uint16_t rule = 0;
    };

    static constexpr std::size_t keySize = 3;
    static constexpr std::uint32_t slots = 4096;

    static std::uint32_t slotOf(std::string_view word)
    {
        const std::uint32_t key = static_cast<unsigned char>(word[0]) |
                                  static_cast<unsigned char>(word[1]) << 8 |
                                  static_cast<unsigned char>(word[2]) << 16;
        return (key * 2654435761U) >> 20;
    }

    std::vector<Entry> m_entries; //!< By slot.
    std::vector<std::uint32_t> m_begins = std::vector<std::uint32_t>(slots + 1, 0);
};

} // namespace sharelock::redaction
