// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/session_rows.h"
#include "sharing/link.h"
#include "sharing/link_ledger.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace sharelock::app {

//! \brief One link as the list shows it, made on the core thread.
struct LinkRow
{
    QString id; //!< "origin|shareId".
    sharing::LinkId linkId;
    QString url;
    QString stateKey;
    QString stateText;
    QString title;
    QString project;
    QString kind;
    QString kindText;
    QString server;
    QString key; //!< For the search, lower case.
    QString proof;
    QDateTime sharedAt;
    QDateTime checkedAt;
    QDateTime syncedAt;
    QString sourceSessionId;
    int messages = -1;
    int secrets = -1;  //!< Values in what is public; -1: nobody has looked.
    int personal = -1; //!< As secrets.
    QDateTime expiresAt;
    bool isOverdue = false; //!< It should be gone by now.
    QString sourceText;     //!< How it became known, for people.
    bool sessionDeleted = false;
    bool hasKey = false;
    bool mayBePublic = false;
    bool updatable = false;
    bool partlyUpdated = false;
    bool replaceable = false; //!< A live link whose place a snapshot can take.

    bool operator==(const LinkRow&) const = default;
};

//! \brief The snapshot of a session that can be updated.
struct SnapshotRow
{
    QString linkName;
    QDateTime through; //!< When the last message in it is from.

    bool operator==(const SnapshotRow&) const = default;
};
//! \brief By local session ID; the newest where there are several.
using SnapshotRows = QHash<QString, SnapshotRow>;

//! \brief All links with what the page says about them together.
struct LinkRows
{
    std::vector<LinkRow> rows;
    QStringList projects;
    LinkChips chips;
    SnapshotRows snapshots;
    QList<int> liveHistory; //!< Live links per week, 15 weeks, oldest first.
    QDateTime lastChecked;
    int live = 0;
    int orphans = 0;
    int stillServed = 0;
    int withSecrets = 0;
    int overdue = 0;
    int attention = 0; //!< All of these but the live ones, each link once.
};
using LinkRowsPtr = std::shared_ptr<const LinkRows>;

//! \brief Not on the GUI thread.
[[nodiscard]] LinkRowsPtr linkRows(const std::vector<sharing::Link>& links, Timestamp at);
[[nodiscard]] QString linkName(const sharing::LinkId& id);
//! \brief The other way round.
[[nodiscard]] sharing::LinkId linkOfName(const QString& name);
//! \brief Why a link that was to go may still be public, for people; empty when it is proved to be gone.
[[nodiscard]] QString doubtText(const Expected<sharing::Link>& link);
//! \brief The filter group of a state: `live`, `orphan`, `still-served`, `removed`, `other`. Groups that are
//! no states: `secrets`, `overdue`.
[[nodiscard]] QString stateGroup(const QString& stateKey);

} // namespace sharelock::app
