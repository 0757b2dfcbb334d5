// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace sharelock {

//! \brief "318 KB", "1.2 MB": decimal units, three digits at most. Empty for less than nothing. Any thread.
[[nodiscard]] QString sizeText(qint64 bytes);

} // namespace sharelock
