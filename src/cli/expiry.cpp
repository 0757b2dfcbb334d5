// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/expiry.h"

#include "cli/since.h"

namespace sharelock::cli {

std::optional<std::optional<std::chrono::hours>> expiryAfter(const QString& words, Output& out)
{
    if (words == QLatin1String("never"))
        return std::optional<std::chrono::hours>();
    const Timestamp at = now();
    const auto before = since(words, at);
    if (!before || *before == at) {
        out.note(QStringLiteral("sharelock: a link expires after an age like 12h, 7d or 4w, or never."));
        return std::nullopt;
    }
    return std::optional(std::chrono::duration_cast<std::chrono::hours>(at - *before));
}

} // namespace sharelock::cli
