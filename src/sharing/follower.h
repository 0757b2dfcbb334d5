// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFileSystemWatcher>
#include <QTimer>

namespace sharelock::sharing {

//! \brief Says when it is time to look at a database that other processes write: soon after its files
//! changed, and each second, since a write into a shared-memory file may pass unseen.
class Follower : public QObject
{
    Q_OBJECT
public:
    //! \param database may not exist yet.
    explicit Follower(QString database);

Q_SIGNALS:
    void lookNow();

private:
    void watchFiles();

    QString m_database;
    QFileSystemWatcher m_watcher;
    QTimer m_each;
    QTimer m_soon;
};

//! \brief Which file stands at \p path: changes when another one takes its place. Empty without one.
[[nodiscard]] QByteArray fileIdentity(const QString& path);
//! \brief Changes too when the file, or its WAL, was written.
[[nodiscard]] QByteArray fileStamp(const QString& path);

} // namespace sharelock::sharing
