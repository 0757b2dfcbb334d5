// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "sharing/link.h"

#include <QObject>
#include <QStringList>
#include <QThread>

#include <vector>

namespace sharelock::sharing {

//! \brief A session whose content opencode uploads as it is written.
struct LiveSession
{
    LinkId link;
    bool isNew = false; //!< It was shared just now: all that stands in it is public since.
};

class LiveScanWorker;

//! \brief Looks at shared sessions as soon as they are written, for secrets that were not in them before.
//! Unlike BackgroundScan it waits for no rest and no person: what stands there is public already. On a thread
//! of its own, with a SessionStore for each data folder, a ledger and the cache.
//!
//! What stood in a session when it was first looked at counts as seen, unless it is new; what an earlier run
//! saw is remembered by the cache, so that what was written since counts.
class LiveScan : public QObject
{
    Q_OBJECT
public:
    explicit LiveScan(const Environment& environment);
    //! \brief Stops, between pieces of a text, and waits for it.
    ~LiveScan() override;

    //! \brief All that are to be looked at from now on, in each folder whose opencode holds a key for their
    //! link. \param folders of opencode's data, besides the one in use.
    void setSessions(const QStringList& folders, const std::vector<LiveSession>& sessions);
    //! \brief An opencode.db was written.
    void sessionsChanged();

Q_SIGNALS:
    //! \brief \p secrets values, undoubted and not kept by the person, that were not there before.
    void found(const sharelock::sharing::LinkId& link, int secrets);

private:
    QThread m_thread;
    LiveScanWorker* m_worker; //!< Deleted by its thread.
};

} // namespace sharelock::sharing
