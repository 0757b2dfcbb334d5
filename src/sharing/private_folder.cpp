// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/private_folder.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sharelock::sharing {

tl::unexpected<Error> systemFailure(const QString& path, int systemError)
{
    const bool full = systemError == ENOSPC || systemError == EDQUOT;
    return fail(full ? ErrorCode::DiskFull : ErrorCode::FileFailed, path, qt_error_string(systemError));
}

Expected<void> makePrivateFolder(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return {};
    const QString above = info.absolutePath();
    if (above != info.absoluteFilePath()) {
        if (auto made = makePrivateFolder(above); !made)
            return made;
    }
    // Another process may make it at the same moment.
    if (::mkdir(QFile::encodeName(info.absoluteFilePath()).constData(), 0700) != 0 && errno != EEXIST)
        return systemFailure(path, errno);
    return syncFolder(above);
}

Expected<void> syncFolder(const QString& path)
{
    const int folder = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return systemFailure(path, errno);
    // EINVAL: a file system whose folders can't be synced, and don't have to be.
    const bool failed = ::fsync(folder) != 0 && errno != EINVAL;
    const int reason = errno;
    ::close(folder);
    if (failed)
        return systemFailure(path, reason);
    return {};
}

} // namespace sharelock::sharing
