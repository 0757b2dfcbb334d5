// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace sharelock::sharing {

//! \brief A session to look into, and which words must all stand in its messages.
struct SearchedSession
{
    QString id;
    QStringList words;
};

//! \brief How a search in messages goes on.
struct MessageSearchProgress
{
    QStringList found; //!< Since it was last told: IDs of sessions.
    int done = 0;      //!< Sessions that were looked into.
    int total = 0;
};
using MessageSearchObserver = std::function<void(const MessageSearchProgress& progress)>;

} // namespace sharelock::sharing
