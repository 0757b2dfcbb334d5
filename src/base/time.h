// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace sharelock {

//! \brief A moment in UTC with millisecond resolution, as opencode.db stores it.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

//! \brief Where "now" comes from; tests hand in their own.
using Clock = std::function<Timestamp()>;

[[nodiscard]] Timestamp now();

[[nodiscard]] constexpr Timestamp fromMilliseconds(qint64 sinceEpoch)
{
    return Timestamp(std::chrono::milliseconds(sinceEpoch));
}
[[nodiscard]] constexpr qint64 toMilliseconds(Timestamp at)
{
    return at.time_since_epoch().count();
}

//! \brief `2026-11-22T20:32:45.120Z`; empty for no time.
[[nodiscard]] QString isoString(std::optional<Timestamp> at);

} // namespace sharelock
