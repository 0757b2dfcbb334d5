// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/sample_sessions.h"

#include "demo/sample_writer.h"

namespace sharelock::demo {

Expected<void> writeSampleSessions(const QString& path, const QString& home, const QString& user,
                                   Timestamp newest)
{
    const Expected<QStringList> written = writeSamples(path, {home, user, user + u"-laptop"}, newest);
    if (!written)
        return tl::unexpected(written.error());
    return {};
}

} // namespace sharelock::demo
