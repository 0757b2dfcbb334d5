// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/share_server.h"

#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace sharelock::sharing {

//! \brief How a search for a lost key ended, and where it looked.
struct KeyRecovery
{
    Link link;          //!< As it is now.
    bool found = false; //!< The key is in the vault.
    //! \brief The server gave it to who knows the session ID, as the first generation does; no file was read.
    bool fromServer = false;
    QStringList files; //!< That were searched.
    QStringList unreadable;
    qint64 bytes = 0;   //!< Read.
    int candidates = 0; //!< That stood near the share's ID.
    int tried = 0;      //!< Asked the server about.
};

//! \brief How far a search has come: through the files, then through the candidates.
struct RecoveryProgress
{
    qint64 bytes = 0;
    qint64 totalBytes = 0;
    int tried = 0;
    int candidates = 0;
};
using RecoveryObserver = std::function<void(const RecoveryProgress&)>;

//! \brief Which of \p candidates is the key of \p shareId, asked one after the other, with pauses, by a sync
//! without items: the right key is accepted, a wrong one refused, and what is public stays as it is. A server
//! that accepts a key that is certainly wrong proves nothing by accepting another.
//! \param onTried is told how many were tried.
//! \returns the index; nothing when none is right. Errors: those of ShareServer that stop the search
//! (unreachable, busy, redirected); ServerBadAnswer when any key is accepted; Cancelled.
[[nodiscard]] QCoro::Task<Expected<std::optional<std::size_t>>> findKey(ShareServer server, QString shareId,
                                                                        std::vector<Secret> candidates,
                                                                        std::function<void(int)> onTried,
                                                                        std::stop_token stop);

//! \brief Asks a server of the first generation for the key of the share that is there. It would make a share
//! where there is none, so content has to be seen first; one that was made all the same is removed again.
//! \returns nothing where it gives no key that works, or the session ID is not known. Errors: as findKey().
[[nodiscard]] QCoro::Task<Expected<std::optional<Secret>>> askForKey(ShareServer server, QString shareId,
                                                                     std::stop_token stop);

//! \brief What to send to who runs the share server, when nobody has the key: share, session, address and
//! times, in plain words. Translated. No title, which is as foreign as it may be private.
[[nodiscard]] QString removalRequest(const Link& link);

} // namespace sharelock::sharing
