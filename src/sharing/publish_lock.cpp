// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/publish_lock.h"

#include <QDir>
#include <QUuid>

namespace sharelock::sharing {

PublishLock::PublishLock(const QString& folder)
    : m_file(folder % u"/publish-" % QUuid::createUuid().toString(QUuid::Id128) % u".lock")
{
    // No age makes it stale, only the death of its process: an upload may take long.
    m_file.setStaleLockTime(0);
    m_file.tryLock(0);
}

bool PublishLock::isAnyHeld(const QString& folder)
{
    const QDir dir(folder);
    const QStringList names = dir.entryList({QStringLiteral("publish-*.lock")}, QDir::Files);
    for (const QString& name : names) {
        QLockFile lock(dir.filePath(name));
        lock.setStaleLockTime(0);
        if (!lock.tryLock(0))
            return true;
        lock.unlock();
    }
    return false;
}

} // namespace sharelock::sharing
