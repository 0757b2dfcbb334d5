// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/time.h"

#include <QDateTime>

namespace sharelock {

Timestamp now()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

QString isoString(std::optional<Timestamp> at)
{
    if (!at)
        return {};
    return QDateTime::fromMSecsSinceEpoch(toMilliseconds(*at), Qt::UTC).toString(Qt::ISODateWithMs);
}

} // namespace sharelock
