// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/share_server.h"
#include "sharing/takedown.h"
#include "sharing_world.h"

namespace sharelock::test {

//! \brief A live link with everything in it, as opencode makes it.
struct LiveLink
{
    sharing::Link link;
    Secret key;
};

//! \brief What a link to \p sessionId on \p server looks like, which its generation decides.
[[nodiscard]] sharing::Link linkAt(const demo::LoopbackShareServer& server, const QString& sessionId);

//! \brief Shares \p document as an opencode of the server's time does, and leaves out what that does not
//! send.
[[nodiscard]] sharing::CreatedShare shareAt(const demo::LoopbackShareServer& server, const QString& sessionId,
                                            const document::ShareDocument& document);

//! \brief Makes one of \p messages messages, known to the ledger of \p world.
[[nodiscard]] LiveLink shareLive(SharingWorld& world, const demo::LoopbackShareServer& server,
                                 bool withKey = true, int messages = 5);

//! \brief Takes it down and waits for the outcome.
Expected<sharing::Link> takeDown(SharingWorld& world, const sharing::LinkId& id, const Secret& spareKey = {},
                                 sharing::TakedownObserver observe = {}, std::stop_token stop = {},
                                 Clock clock = now);

//! \brief Whether the server gives out anything that can be read.
[[nodiscard]] bool isReadable(const demo::LoopbackShareServer& server, const QString& shareId);

} // namespace sharelock::test
