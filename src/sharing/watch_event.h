// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link.h"

#include <QMetaType>

namespace sharelock::sharing {

//! \brief What a Watcher tells of.
enum class WatchKind
{
    Shared,   //!< opencode made a live link.
    Secret,   //!< Secrets stand in a live link that did not stand there before.
    Orphaned, //!< The session of a link that may be public was deleted.
    Returned, //!< A link that was removed answers again.
    Expired,  //!< A link's time was over; whether it is gone, its state tells.
    TakenDown //!< A takedown that the watcher was asked for, or told to make by itself, has ended.
};

//! \brief Holds no found value and no content.
struct WatchEvent
{
    WatchKind kind = WatchKind::Shared;
    Timestamp at{};
    Link link;                  //!< As it stands then.
    int secrets = 0;            //!< Of Secret: how many values are new.
    std::optional<Error> error; //!< Of Expired and TakenDown: why it is not gone.
};

//! \brief Kebab case, for JSON: `taken-down`. Never changes.
[[nodiscard]] QString watchKindName(WatchKind kind);
//! \brief One line for people, translated: what happened. Without the title.
[[nodiscard]] QString watchCaption(const WatchEvent& event);
//! \brief Whether taking the link down is what a person may want to do about it.
[[nodiscard]] bool asksForUnsharing(const WatchEvent& event);

} // namespace sharelock::sharing

Q_DECLARE_METATYPE(sharelock::sharing::WatchEvent)
