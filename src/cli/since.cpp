// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/since.h"

namespace sharelock::cli {

std::optional<Timestamp> since(const QString& age, Timestamp at)
{
    constexpr int most = 1'000'000; // Hours, days or weeks; no sum of it overflows.
    bool isNumber = false;
    const int count = age.chopped(age.isEmpty() ? 0 : 1).toInt(&isNumber);
    if (!isNumber || count < 0 || count > most)
        return std::nullopt;
    const std::chrono::hours hour{1};
    switch (age.back().unicode()) {
    case u'h':
        return at - count * hour;
    case u'd':
        return at - count * 24 * hour;
    case u'w':
        return at - count * 7 * 24 * hour;
    default:
        return std::nullopt;
    }
}

} // namespace sharelock::cli
