// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/secret.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <stop_token>
#include <vector>

namespace sharelock::opencode {

//! \brief A share whose row is gone from opencode.db, and its key with it.
struct LostShare
{
    QUrl origin; //!< Of its server.
    QString shareId;
    QString sessionId; //!< May be empty.
};

//! \brief What a search for a lost key found, and where it looked.
struct LostKeySearch
{
    //! \brief What has the form of a key (a UUID) and stood near the share's ID, the nearest first. Which one
    //! is right, if any, only the share's server knows. What stood beside the address of another share, or of
    //! the same ID on another server, is not among them.
    std::vector<Secret> candidates;
    QStringList files;      //!< That were read to their end.
    QStringList unreadable; //!< That the system refused.
    qint64 bytes = 0;
};

//! \brief No more candidates than that are handed out.
inline constexpr std::size_t mostKeyCandidates = 32;

//! \brief Files of \p database that may still hold what was deleted: itself, its WAL and journal, backups
//! beside it, and older opencode's files about shares. Regular files only.
[[nodiscard]] QStringList filesWithLostKeys(const QString& database);

//! \brief Reads the raw bytes of \p files, free pages and all: SQLite leaves what it deletes in place until
//! something else needs the room. Never opens one for writing, never locks. Reads through a small buffer, so
//! memory does not grow with the files. Any thread but the GUI's; slow.
//! \param progress may be called from this thread, with the bytes read so far and in total.
//! Errors: Cancelled.
[[nodiscard]] Expected<LostKeySearch> searchLostKey(const QStringList& files, const LostShare& share,
                                                    std::stop_token stop = {},
                                                    const std::function<void(qint64, qint64)>& progress = {});

} // namespace sharelock::opencode
