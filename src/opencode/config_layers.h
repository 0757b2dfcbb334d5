// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace sharelock::opencode {

//! \brief One place that opencode takes configuration from.
struct ConfigLayer
{
    QString name;                   //!< The file's path, or the variable that holds the text itself.
    QString folder;                 //!< What relative references in it start from.
    std::optional<QByteArray> text; //!< Set for a variable; a file is read when its turn comes.
};

//! \brief The layers for a session's directory, lowest first; files need not exist.
[[nodiscard]] std::vector<ConfigLayer> configLayers(const Environment& environment, const QString& directory,
                                                    const QString& worktree);

} // namespace sharelock::opencode
