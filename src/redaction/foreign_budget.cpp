// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/foreign_budget.h"

#include <algorithm>

namespace sharelock::redaction {

namespace {

using namespace std::chrono_literals;

// A rule that has no literal runs through 256 MB in less than a second, unless it is made to be slow.
constexpr std::chrono::nanoseconds mostTime = 2s;
constexpr std::chrono::nanoseconds mostTimeOfAll = 10s;
constexpr std::uint32_t mostFindings = 20'000;

} // namespace

ForeignBudget::ForeignBudget(std::size_t rules)
    : m_spent(rules)
{
}

bool ForeignBudget::mayRun(std::uint16_t rule) const
{
    return !m_spent[rule].isStopped;
}

void ForeignBudget::spend(std::uint16_t rule, std::chrono::nanoseconds time)
{
    m_spent[rule].time += time;
    m_all += time;
    // Of all together, those that took their share end first.
    const auto share = mostTimeOfAll / static_cast<std::int64_t>(m_spent.size());
    if (m_spent[rule].time > mostTime || (m_all > mostTimeOfAll && m_spent[rule].time > share))
        stop(rule);
}

void ForeignBudget::countFinding(std::uint16_t rule)
{
    if (++m_spent[rule].findings == mostFindings)
        stop(rule);
}

void ForeignBudget::stop(std::uint16_t rule)
{
    if (m_spent[rule].isStopped)
        return;
    m_spent[rule].isStopped = true;
    m_stopped.push_back(rule);
}

void ForeignBudget::reset()
{
    if (m_all == 0ns && m_stopped.empty())
        return;
    std::fill(m_spent.begin(), m_spent.end(), Spent());
    m_all = {};
    m_stopped.clear();
}

} // namespace sharelock::redaction
