// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/layer_reading.h"

namespace sharelock::opencode {

//! \brief Where a mode is asked for. An empty directory stands for this machine, whatever the project.
struct ModePlace
{
    QString directory; //!< Absolute.
    QString worktree;  //!< Its project's root; `/` for none.

    bool operator==(const ModePlace&) const = default;
};

//! \brief The place of a directory as opencode sees it: its project is the nearest folder upward with a
//! `.git`, and symbolic links are followed. Not on the GUI thread.
[[nodiscard]] ModePlace modePlace(const QString& directory);

//! \brief One place that says something about the share mode, or can't be read.
struct ModeLayer
{
    LayerKind kind = LayerKind::Default;
    QString name;  //!< The file's path or the variable; empty for the default.
    int line = 0;  //!< From 1; 0 where it is no file.
    QString value; //!< As it counts: manual, auto, disabled; for `autoshare`, true or false.
    std::optional<ShareMode> mode;
    bool legacy = false;   //!< It is `autoshare`, which only counts where no layer has `share`.
    bool wins = false;     //!< The effective mode is this one's.
    bool editable = false; //!< A file that we may write.
    std::optional<Error> error;

    bool operator==(const ModeLayer&) const = default;
};

//! \brief Whether a layer is the place's own: this machine's files there, else those of its project.
[[nodiscard]] bool isOwnLayer(LayerKind kind, const ModePlace& place);

//! \brief Kebab case, for JSON: `default`, `global`, `named-file`, `project-file`, `project-folder`,
//! `home-folder`, `config-folder`, `inline`, `managed`, `variable`.
[[nodiscard]] QString layerName(LayerKind kind);

//! \brief What a person should know about the layers besides which one wins.
struct ModeWarning
{
    enum class Kind
    {
        Overridden,     //!< The project's file `name` says otherwise; `other` overrides it.
        TwoFiles,       //!< `name` and `other` lie in one folder; `other` wins.
        Legacy,         //!< `name` has `autoshare`, which newer opencodes may not know.
        VariableWins,   //!< The variable `name` decides, for programs that see it.
        ProjectIgnored, //!< The variable `name` makes opencode ignore the project's files.
        Remote,         //!< opencode fetches configuration from `name`, too; that is not seen here.
    };
    Kind kind = Kind::Overridden;
    QString name;
    QString other;

    bool operator==(const ModeWarning&) const = default;
};

//! \brief The effective share mode of a place, and why.
struct ModeReport
{
    ModePlace place;
    //! \brief Unset when a file is broken: opencode does not start there then, and `error` says which one.
    std::optional<ShareMode> mode;
    std::optional<Error> error;
    std::vector<ModeLayer> layers; //!< Lowest first; the last one with a mode wins, switches apart.
    std::vector<ModeWarning> warnings;
    QStringList files; //!< All that were looked for, whether they exist or not: what to watch.

    //! \brief Null when there is none.
    [[nodiscard]] const ModeLayer* winner() const;
    bool operator==(const ModeReport&) const = default;
};

//! \brief Resolves it from all layers that this machine has. Not on the GUI thread.
[[nodiscard]] ModeReport shareMode(const Environment& environment, const ModePlace& place,
                                   const FileTexts& instead = {});

} // namespace sharelock::opencode
