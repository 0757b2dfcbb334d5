// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace sharelock::sharing {

//! \brief Says when one of some small files was made, changed or removed, soon after it was.
//! What changes several times in a moment is told of once.
class ConfigWatch : public QObject
{
    Q_OBJECT
public:
    explicit ConfigWatch(QObject* parent = nullptr);

    //! \brief In the place of those before. They need not exist; nor need their folders.
    void watch(const QStringList& files);

Q_SIGNALS:
    void changed();

private:
    void look();
    void watchPaths();
    [[nodiscard]] QByteArray stamp() const;

    QStringList m_files;
    QByteArray m_seen;
    QFileSystemWatcher m_watcher;
    QTimer m_soon;
};

} // namespace sharelock::sharing
