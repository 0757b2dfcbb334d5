// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "sharing/config_watch.h"

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QStringList>

namespace sharelock::sharing {

//! \brief Follows the files of others' rules: the person's, those of projects, and what these extend. Lives
//! on one thread with an event loop, not the GUI's.
class RuleWatch : public QObject
{
    Q_OBJECT
public:
    explicit RuleWatch(Environment environment);

    //! \brief Follows these projects from now on, in the place of those before. \returns those of them whose
    //! rules are others than when they were last looked at.
    [[nodiscard]] QSet<QString> look(const QSet<QString>& worktrees);
    //! \brief Changes with any of the files, as they were last looked at.
    [[nodiscard]] QByteArray version() const;

Q_SIGNALS:
    //! \brief One of the files was made, changed or removed: time for another look().
    void changed();

private:
    //! \brief A file of rules as it was last read.
    struct File
    {
        QByteArray stamp;
        QStringList extended; //!< Others that it takes rules from.
    };
    using Versions = QHash<QString, QByteArray>;

    [[nodiscard]] const File& read(const QString& path);
    //! \brief Of one file with all that it extends.
    [[nodiscard]] QByteArray versionOf(const QString& path, Versions& known);

    Environment m_environment;
    QHash<QString, File> m_files;
    Versions m_seen; //!< By work tree.
    ConfigWatch m_watch;
};

} // namespace sharelock::sharing
