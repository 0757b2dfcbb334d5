// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/follower.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace sharelock::sharing {

using namespace std::chrono_literals;

Follower::Follower(QString database)
    : m_database(std::move(database))
{
    m_each.setInterval(1s);
    // A transaction touches the files several times.
    m_soon.setInterval(30ms);
    m_soon.setSingleShot(true);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, soon);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, soon);
    const auto look = [this] {
        watchFiles();
        Q_EMIT lookNow();
    };
    connect(&m_each, &QTimer::timeout, this, look);
    connect(&m_soon, &QTimer::timeout, this, look);
    watchFiles();
    m_each.start();
}

void Follower::watchFiles()
{
    // A file that was deleted, or replaced by another, has fallen out of the watcher.
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    const QStringList wanted{QFileInfo(m_database).absolutePath(), m_database, m_database % u"-wal"};
    for (const QString& path : wanted) {
        if (!watched.contains(path) && QFile::exists(path))
            m_watcher.addPath(path);
    }
}

QByteArray fileIdentity(const QString& path)
{
#ifdef Q_OS_UNIX
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    return QByteArray::number(quint64(status.st_dev)) + ':' + QByteArray::number(quint64(status.st_ino));
#else
    // An open file can't be replaced here.
    return QFile::exists(path) ? QByteArrayLiteral("there") : QByteArray();
#endif
}

QByteArray fileStamp(const QString& path)
{
    QByteArray stamp = fileIdentity(path);
    for (const QString& file : {path, QString(path % u"-wal")}) {
        const QFileInfo info(file);
        stamp += ' ' + QByteArray::number(info.size()) + ':';
        stamp += QByteArray::number(info.lastModified().toMSecsSinceEpoch());
    }
    return stamp;
}

} // namespace sharelock::sharing
