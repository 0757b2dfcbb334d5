// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/config_file.h"

#include "base/thread_guard.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sharelock::opencode {

namespace {

//! A config file of more is a mistake or an attack.
constexpr qint64 maxConfigBytes = 16 * 1024 * 1024;

tl::unexpected<Error> failed(const QFileDevice& file, const QString& path)
{
    const bool isFull = file.error() == QFileDevice::ResourceError;
    return fail(isFull ? ErrorCode::DiskFull : ErrorCode::FileFailed, path, file.errorString());
}

//! The folders above a new file: those that were missing go again unless keep() is called.
class NewFolders
{
public:
    explicit NewFolders(const QString& path)
    {
        for (QString folder = path; !QFileInfo::exists(folder); folder = QFileInfo(folder).path()) {
            m_made.append(folder);
        }
        m_isThere = QDir().mkpath(path);
    }
    ~NewFolders()
    {
        for (const QString& folder : std::as_const(m_made)) {
            QDir().rmdir(folder); // does nothing where somebody put something meanwhile
        }
    }
    Q_DISABLE_COPY_MOVE(NewFolders)

    [[nodiscard]] bool isThere() const { return m_isThere; }
    void keep() { m_made.clear(); }

private:
    QStringList m_made; //!< The innermost first.
    bool m_isThere = false;
};

Expected<void> checkUnchanged(const QString& path, const std::optional<QByteArray>& before)
{
    const auto current = readConfigFile(path);
    if (!current) {
        return tl::unexpected(current.error());
    }
    return *current == before ? Expected<void>() : fail(ErrorCode::ConfigChanged, path);
}

#ifdef Q_OS_UNIX
//! A replaced file belongs to who replaces it; root or a member of a group can hand it back.
bool keepOwner(const QSaveFile& file, const QString& target)
{
    struct stat old = {};
    struct stat own = {};
    if (::stat(QFile::encodeName(target).constData(), &old) != 0 || ::fstat(file.handle(), &own) != 0) {
        return !QFileInfo::exists(target);
    }
    if (old.st_uid == own.st_uid && old.st_gid == own.st_gid) {
        return true;
    }
    // A new owner takes away special bits, never the ordinary ones.
    return ::fchown(file.handle(), old.st_uid, old.st_gid) == 0;
}

bool hasOtherNames(const QString& target)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(target).constData(), &status) == 0 && status.st_nlink > 1;
}

bool syncToDisk(const QFile& file)
{
    return ::fsync(file.handle()) == 0;
}
#else
bool keepOwner(const QSaveFile&, const QString&)
{
    return true;
}

bool hasOtherNames(const QString&)
{
    return false;
}

bool syncToDisk(const QFile&)
{
    return true;
}
#endif

Expected<void> writeInPlace(const QString& path, const QString& target,
                            const std::optional<QByteArray>& before, const QByteArray& after)
{
    QFile file(target);
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly)) {
        return failed(file, path);
    }
    if (auto same = checkUnchanged(path, before); !same) {
        return same;
    }
    const bool isWritten = file.write(after) == after.size() && file.flush() && file.resize(after.size());
    return isWritten && syncToDisk(file) ? Expected<void>() : failed(file, path);
}

Expected<void> replace(const QString& path, const QString& target, const std::optional<QByteArray>& before,
                       const QByteArray& after)
{
    NewFolders folders(QFileInfo(target).path());
    if (!folders.isThere()) {
        return fail(ErrorCode::FileFailed, path, QStringLiteral("Its folder could not be made."));
    }
    QSaveFile file(target);
    if (!file.open(QIODevice::WriteOnly) || file.write(after) != after.size() || !file.flush()) {
        return failed(file, path);
    }
    if (!keepOwner(file, target)) {
        return fail(ErrorCode::FileFailed, path, QStringLiteral("It belongs to somebody else."));
    }
    if (auto same = checkUnchanged(path, before); !same) {
        return same;
    }
    if (!file.commit()) {
        return failed(file, path);
    }
    folders.keep();
    return {};
}

Expected<void> remove(const QString& path, const std::optional<QByteArray>& before)
{
    if (auto same = checkUnchanged(path, before); !same || !before) {
        return same;
    }
    if (QFileInfo(path).isSymLink()) {
        return fail(ErrorCode::ConfigChanged, path); // a file that we made is none
    }
    QFile file(path);
    return file.remove() ? Expected<void>() : failed(file, path);
}

} // namespace

Expected<std::optional<QByteArray>> readConfigFile(const QString& path)
{
    assertOffGuiThread("reading a configuration file");
    const QFileInfo info(path);
    if (!info.exists()) {
        return std::nullopt;
    }
    // Opening a pipe would wait for somebody to write. The null device is a usual way to name no file.
    if (!info.isFile() && path != QFile::decodeName("/dev/null")) {
        return fail(ErrorCode::FileFailed, path, QStringLiteral("It is no regular file."));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failed(file, path);
    }
    QByteArray bytes = file.read(maxConfigBytes + 1);
    if (bytes.size() > maxConfigBytes) {
        return fail(ErrorCode::ConfigBroken, path, QStringLiteral("The file is too large."));
    }
    if (file.error() != QFileDevice::NoError) {
        return failed(file, path);
    }
    return bytes;
}

Expected<void> writeConfigFile(const QString& path, const std::optional<QByteArray>& before,
                               const std::optional<QByteArray>& after)
{
    assertOffGuiThread("writing a configuration file");
    const QFileInfo info(path);
    if (info.isSymLink() && !info.exists()) {
        return fail(ErrorCode::ConfigDangling, path);
    }
    if (!after) {
        return remove(path, before);
    }
    if (info.exists() && !info.isFile()) {
        return fail(ErrorCode::FileFailed, path, QStringLiteral("It is no regular file."));
    }
    // Asked of the mode, too: root may write anything, also what somebody made read-only on purpose.
    const bool isWritable = info.isWritable() && info.permission(QFileDevice::WriteOwner);
    if (info.exists() && !isWritable) {
        return fail(ErrorCode::FileFailed, path, QStringLiteral("It is read-only."));
    }
    if (before == after) {
        return checkUnchanged(path, before);
    }
    const QString target = info.exists() ? info.canonicalFilePath() : path;
    return hasOtherNames(target) ? writeInPlace(path, target, before, *after)
                                 : replace(path, target, before, *after);
}

} // namespace sharelock::opencode
