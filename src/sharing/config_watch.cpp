// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/config_watch.h"

#include "sharing/follower.h"

#include <QDir>
#include <QFileInfo>

namespace sharelock::sharing {

namespace {

//! An editor's several steps are one change.
constexpr int quietMilliseconds = 100;

//! The nearest folder that is there: where the next one would appear.
QString existingFolder(const QString& file)
{
    QString folder = QFileInfo(file).path();
    while (!QFileInfo(folder).isDir()) {
        const QString parent = QFileInfo(folder).path();
        if (parent == folder)
            return {};
        folder = parent;
    }
    return folder;
}

} // namespace

ConfigWatch::ConfigWatch(QObject* parent)
    : QObject(parent)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(quietMilliseconds);
    const auto noticed = [this] {
        // Not begun anew by each event: a folder in which much happens would put it off for ever.
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, noticed);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, noticed);
    connect(&m_soon, &QTimer::timeout, this, &ConfigWatch::look);
}

void ConfigWatch::watch(const QStringList& files)
{
    m_files = files;
    m_files.removeDuplicates();
    m_files.sort();
    watchPaths();
    m_seen = stamp();
}

void ConfigWatch::watchPaths()
{
    QSet<QString> wanted;
    for (const QString& file : m_files) {
        if (QFileInfo::exists(file))
            wanted.insert(file);
        if (const QString folder = existingFolder(file); !folder.isEmpty())
            wanted.insert(folder);
    }
    const QStringList list = m_watcher.files() + m_watcher.directories();
    const QSet<QString> present(list.begin(), list.end());
    if (const auto gone = (present - wanted).values(); !gone.isEmpty())
        m_watcher.removePaths(gone);
    if (const auto fresh = (wanted - present).values(); !fresh.isEmpty())
        m_watcher.addPaths(fresh);
}

QByteArray ConfigWatch::stamp() const
{
    QByteArray all;
    for (const QString& file : m_files)
        all += fileStamp(file) + '\n';
    return all;
}

void ConfigWatch::look()
{
    // A file that was replaced is watched no longer.
    watchPaths();
    const QByteArray now = stamp();
    if (now == m_seen)
        return;
    m_seen = now;
    Q_EMIT changed();
}

} // namespace sharelock::sharing
