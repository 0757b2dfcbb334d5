// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QString>

namespace sharelock::app {

//! \brief Short for lists: "now", "12 min", "2 h", "Yesterday", "3 d", "18 Oct", "Oct 2024". Empty for no
//! time.
[[nodiscard]] QString relativeTime(const QDateTime& at, const QDateTime& now);
//! \brief Date and time in the person's locale and time zone. Empty for no time.
[[nodiscard]] QString absoluteTime(const QDateTime& at);

} // namespace sharelock::app
