// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/session_store.h"

#include <QDateTime>
#include <QHash>
#include <QStringList>

#include <memory>
#include <vector>

namespace sharelock::app {

//! \brief What the list says about a session's links.
enum class LinkChip
{
    None,
    Live,
    Snapshot,
    Orphan
};
//! \brief By local session ID.
using LinkChips = QHash<QString, LinkChip>;

//! \brief One session as the list shows it, made on the core thread.
struct SessionRow
{
    QString id;
    QString title;
    QString project;
    QString directory;
    QString key; //!< Title and project in lower case, for the search.
    QDateTime updated;
    int messages = -1; //!< -1 while they are not counted.
    int depth = 0;     //!< 0: no parent in the list.
    int parent = -1;   //!< Its place in the same list.
    bool archived = false;

    //! \brief Whether both look the same: places in the list do not count.
    friend bool operator==(const SessionRow& a, const SessionRow& b)
    {
        return a.id == b.id && a.title == b.title && a.project == b.project && a.directory == b.directory &&
               a.updated == b.updated && a.messages == b.messages && a.archived == b.archived;
    }
};

//! \brief All sessions in display order: newest first, children under their parent.
struct SessionRows
{
    std::vector<SessionRow> rows;
    QStringList projects; //!< Sorted, each once.
};
using SessionRowsPtr = std::shared_ptr<const SessionRows>;

//! \brief Parents that are missing or run in a circle make a root. Not on the GUI thread.
[[nodiscard]] SessionRowsPtr sessionRows(const std::vector<opencode::SessionSummary>& sessions);

} // namespace sharelock::app
