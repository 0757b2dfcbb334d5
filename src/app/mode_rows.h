// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/share_modes.h"

#include <QDateTime>
#include <QVariantList>

#include <memory>

namespace sharelock::app {

//! \brief This machine, or a project, as the page Share mode shows it; made on the core thread.
struct ModeRow
{
    QString directory; //!< Empty for this machine.
    QString name;
    QString path;        //!< Of the folder, the home folder as `~`.
    QString modeKey;     //!< manual, auto, disabled; broken when opencode would not start there.
    QString why;         //!< Which layer decides, in a few words.
    QString key;         //!< For the search, lower case.
    QVariantList layers; //!< Maps for the table: kindText, value, place, wins, locked, problem.
    QStringList warnings;
    QString errorText;
    QString errorDetail;
    QDateTime lastSession;
    int sessions = 0;
    double perDay = 0; //!< Sessions begun a day, lately.
    int links = 0;     //!< That may be public.
    int violating = 0; //!< Of those, where nothing may be shared.
    bool missing = false;
    bool added = false;
    bool locked = false; //!< The layer that decides can't be edited.
    bool hasOwn = false; //!< A file of its own says something.

    [[nodiscard]] bool isMachine() const { return directory.isEmpty(); }
    bool operator==(const ModeRow&) const = default;
};

//! \brief All of them, and what the page says of them together.
struct ModeRows
{
    std::vector<ModeRow> rows;
    QStringList files; //!< All that decide.
    int onAuto = 0;    //!< Places where every new session is public at once.
};
using ModeRowsPtr = std::shared_ptr<const ModeRows>;

[[nodiscard]] ModeRowsPtr modeRows(const std::vector<sharing::ProjectMode>& projects, const QString& home);

//! \brief What a mode's layer is, for people.
[[nodiscard]] QString layerText(opencode::LayerKind kind);
//! \brief A path as people write it.
[[nodiscard]] QString pathText(const QString& path, const QString& home);
//! \brief As pathText(), and from \p directory on where it lies in that.
[[nodiscard]] QString placeText(const QString& path, const QString& directory, const QString& home);

} // namespace sharelock::app
