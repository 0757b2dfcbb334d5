// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/prefix_table.h"

#include <algorithm>
#include <utility>

namespace sharelock::redaction {

void PrefixTable::add(std::string prefix, std::uint16_t rule)
{
    m_entries.push_back({std::move(prefix), rule});
}

void PrefixTable::build()
{
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const Entry& a, const Entry& b) { return slotOf(a.prefix) < slotOf(b.prefix); });
    for (std::uint32_t slot = 0; slot <= slots; ++slot) {
        const auto begin =
            std::lower_bound(m_entries.begin(), m_entries.end(), slot,
                             [](const Entry& e, std::uint32_t s) { return slotOf(e.prefix) < s; });
        m_begins[slot] = static_cast<std::uint32_t>(begin - m_entries.begin());
    }
}

} // namespace sharelock::redaction
