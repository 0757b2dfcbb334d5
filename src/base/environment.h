// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProcessEnvironment>
#include <QString>

namespace sharelock {

//! \brief The surroundings that decide where files are and who the person is.
//! A value, read once at start and handed on; tests and the demo make their own. All paths absolute.
struct Environment
{
    QProcessEnvironment variables; //!< As given to child processes too.
    QString home;                  //!< The person's home folder.
    QString userName;              //!< Login name; may be empty.
    QString hostName;              //!< As the kernel has it; may be empty.

    //! \brief Reads the process's own surroundings.
    [[nodiscard]] static Environment system();

    //! \brief `$XDG_DATA_HOME/opencode`, default `~/.local/share/opencode`.
    [[nodiscard]] QString opencodeDataFolder() const;
    //! \brief `$OPENCODE_DB`, else `opencode.db` in opencodeDataFolder(). A relative value is taken in that
    //! folder.
    [[nodiscard]] QString opencodeDatabase() const;
    //! \brief `$XDG_CONFIG_HOME/opencode`, default `~/.config/opencode`.
    [[nodiscard]] QString opencodeConfigFolder() const;
    //! \brief Our own data: `$SHARELOCK_DATA`, else `$XDG_DATA_HOME/sharelock`.
    [[nodiscard]] QString dataFolder() const;
    //! \brief Our own settings: `$XDG_CONFIG_HOME/sharelock`.
    [[nodiscard]] QString configFolder() const;
    //! \brief What we can do without, and the person may delete: `$XDG_CACHE_HOME/sharelock`.
    [[nodiscard]] QString cacheFolder() const;
};

} // namespace sharelock
