// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/share_mode.h"

namespace sharelock::opencode {

//! \brief One file as it would be written. Nothing is, before writeConfigFile() gets `before` and `after`.
struct ModeChange
{
    ModePlace place;
    std::optional<ShareMode> mode; //!< Unset: the file's own word is taken away.
    LayerKind kind = LayerKind::ProjectFile;
    QString file;
    std::optional<QByteArray> before; //!< Unset: there is no such file yet.
    QByteArray after;
    std::optional<ShareMode> outcome; //!< The effective mode of the place then.

    bool operator==(const ModeChange&) const = default;
};

//! \brief How a place gets a mode: by a change of its own file; else by one of the layer that stands above
//! it; else not at all.
struct ModePlan
{
    bool already = false; //!< The place's own file says so, and wins; or the blocker does.
    std::optional<ModeChange> change;
    //! \brief Wins over every file of the place; a lock, when it is not editable.
    std::optional<ModeLayer> blocker;
    std::optional<ModeChange> instead; //!< A change of the blocker, which holds for other places, too.
};

//! \brief Finds the file where \p mode wins: the one that decides now when it is the place's own, else
//! opencode.json (or .jsonc where there is one) in the project's root, or in opencode's configuration folder.
//! \param mode unset: take the place's own word away, so that what is below it holds. Not on the GUI thread.
//! Errors: ConfigBroken (any layer: then nobody can tell what wins), FileFailed.
[[nodiscard]] Expected<ModePlan> planMode(const Environment& environment, const ModePlace& place,
                                          std::optional<ShareMode> mode);

} // namespace sharelock::opencode
