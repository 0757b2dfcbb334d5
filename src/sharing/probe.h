// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"
#include "sharing/share_server.h"

#include <optional>

namespace sharelock::sharing {

//! \brief One look at what is public: asked as anyone would, and asked past caches.
struct Probe
{
    Expected<DataAnswer> plain;
    Expected<DataAnswer> pastCaches;

    [[nodiscard]] bool isCancelled() const;
};

//! \brief Both questions at once.
//! \param validator as for ShareServer::data().
[[nodiscard]] QCoro::Task<Probe> askBoth(ShareServer server, QString shareId, std::stop_token stop,
                                         QByteArray validator = {});

//! \brief Notes in \p link what \p probe found: state, times, number of messages, when to look again.
void applyProbe(Link& link, const Probe& probe, Timestamp at);

//! \brief When a link that was taken down is looked at again: 5 minutes, an hour and a day after its removal
//! was proved; each hour until it is.
[[nodiscard]] std::optional<Timestamp> nextProbe(const Link& link, Timestamp at);

//! \brief Whether a look that was planned is to be taken now; right also after the clock was set.
[[nodiscard]] bool isProbeDue(const Link& link, Timestamp at);

//! \brief What one look found, as a line of Activity; a proof when the link is Removed.
[[nodiscard]] Receipt probeReceipt(const Link& link, const Probe& probe, Timestamp at);

//! \brief A receipt about \p link, outcome `ok`.
[[nodiscard]] Receipt receiptFor(const Link& link, const QString& act, Timestamp at);

//! \brief document::digest() of what anyone can read; empty when no answer tells.
[[nodiscard]] QByteArray publicDigest(const Link& link, const Probe& probe);
[[nodiscard]] QByteArray publicDigest(const Expected<DataAnswer>& answer);

//! \brief Whether the server was not there to be asked, as opposed to one that answered something.
[[nodiscard]] bool isUnanswered(ErrorCode code);

} // namespace sharelock::sharing
