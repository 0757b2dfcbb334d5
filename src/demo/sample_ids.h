// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/time.h"

#include <QString>

#include <cstdint>
#include <random>

namespace sharelock::demo {

//! \brief IDs as opencode makes them: a 48-bit time in hex, then random letters. The same in every run.
class SampleIds
{
public:
    //! \brief Sorts by time, newest last: messages and parts.
    [[nodiscard]] QString ascending(const QString& prefix, Timestamp at);
    //! \brief Sorts by time, newest first: sessions.
    [[nodiscard]] QString descending(const QString& prefix, Timestamp at);
    //! \brief 40 hex digits, as of a project or a snapshot.
    [[nodiscard]] QString hash();
    [[nodiscard]] int number(int from, int to);

private:
    [[nodiscard]] std::uint64_t timeBits(Timestamp at);
    [[nodiscard]] QString made(const QString& prefix, std::uint64_t bits);

    std::mt19937_64 m_random{20260731}; // NOLINT: it has to be the same each time.
    qint64 m_lastTime = 0;
    std::uint64_t m_counter = 0;
};

} // namespace sharelock::demo
