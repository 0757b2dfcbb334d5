// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sharelock::redaction {

//! \brief What foreign rules may cost in one scan, one thread: somebody else's project must not hold up its
//! reader. A rule that has used up its part is not tried any more, and whoever scanned is told which. One
//! thread.
class ForeignBudget
{
public:
    explicit ForeignBudget(std::size_t rules);

    [[nodiscard]] bool mayRun(std::uint16_t rule) const;
    void spend(std::uint16_t rule, std::chrono::nanoseconds time);
    void countFinding(std::uint16_t rule);
    //! \brief Those that were stopped since the last reset().
    [[nodiscard]] const std::vector<std::uint16_t>& stopped() const { return m_stopped; }
    void reset();

private:
    struct Spent
    {
        std::chrono::nanoseconds time{};
        std::uint32_t findings = 0;
        bool isStopped = false;
    };

    void stop(std::uint16_t rule);

    std::vector<Spent> m_spent; //!< By rule.
    std::chrono::nanoseconds m_all{};
    std::vector<std::uint16_t> m_stopped;
};

} // namespace sharelock::redaction
