// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace sharelock::opencode {

//! \brief What kind of place a layer is, lowest first.
enum class LayerKind
{
    Default,       //!< What opencode does when nobody says anything.
    Global,        //!< This machine's files, in opencode's configuration folder.
    NamedFile,     //!< `OPENCODE_CONFIG`.
    ProjectFile,   //!< From the work tree's root down to the directory.
    ProjectFolder, //!< In a `.opencode` folder of one of those.
    HomeFolder,    //!< In `~/.opencode`.
    ConfigFolder,  //!< In `OPENCODE_CONFIG_DIR`.
    Inline,        //!< `OPENCODE_CONFIG_CONTENT`.
    Managed,       //!< The organisation's, which only an administrator changes.
    Variable,      //!< A switch in the environment, which no file outdoes.
};

//! \brief One place that opencode takes configuration from.
struct ConfigLayer
{
    LayerKind kind = LayerKind::Global;
    QString name;                   //!< The file's path, or the variable that holds the text itself.
    QString folder;                 //!< What relative references in it start from.
    std::optional<QByteArray> text; //!< Set for a variable; a file is read when its turn comes.
};

//! \brief The layers for a session's directory, lowest first; files need not exist.
[[nodiscard]] std::vector<ConfigLayer> configLayers(const Environment& environment, const QString& directory,
                                                    const QString& worktree);

//! \brief What machine this is, as far as paths differ.
enum class System
{
    Linux,
    MacOs,
    Windows
};

//! \brief Where an organisation's files are; `OPENCODE_TEST_MANAGED_CONFIG_DIR` wins, as in opencode.
[[nodiscard]] QString managedConfigFolder(System system, const Environment& environment);

} // namespace sharelock::opencode
