// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/time.h"

#include <QDateTime>

#include <optional>

namespace sharelock::app {

//! \brief For QML, whose numbers are too small for milliseconds since the epoch. Invalid for no time.
[[nodiscard]] inline QDateTime dateTime(std::optional<Timestamp> at)
{
    return at ? QDateTime::fromMSecsSinceEpoch(toMilliseconds(*at), Qt::UTC) : QDateTime();
}

} // namespace sharelock::app
