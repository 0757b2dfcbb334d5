// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/command.h"

namespace sharelock::cli {

// What `publish` and `update` have in common.

//! \brief Writes how far it has come.
[[nodiscard]] sharing::PublishObserver progressOn(Output& out);

//! \brief The explicit act: `--yes`, or a yes on the terminal. Says so when there was none.
[[nodiscard]] bool confirmed(const Invocation& invocation, const QString& question);

//! \brief What a person has not looked at is published only when told to hide all of it. Says what is open.
//! \p found of an offer: in all that is to be sent.
[[nodiscard]] bool isDecided(const Invocation& invocation, const std::vector<redaction::FoundValue>& found,
                             bool hidesAll);

//! \brief Takes `--keep-reason` into the snapshot of \p offer, whose secrets that are kept are in it or, of
//! an update, in what differs. Says so when it will not do for them.
template <typename Offer>
[[nodiscard]] bool takeReason(const Invocation& invocation, const Offer& offer,
                              sharing::PreparedSnapshot& snapshot)
{
    snapshot.keptReason = invocation.options.value(QStringLiteral("keep-reason")).trimmed();
    const auto fine = sharing::checkReason(offer, snapshot.keptReason);
    if (!fine)
        invocation.out.error(fine.error());
    return fine.has_value();
}

//! \brief Says what was found and how much of it is hidden.
void noteFindings(const Invocation& invocation, const std::vector<redaction::FoundValue>& found);

//! \brief Says what would be published of a snapshot, and whether it may be. \returns the status to end with,
//! if not. What is refused in any case is left to the act itself, which knows better why.
[[nodiscard]] std::optional<int> review(const Invocation& invocation, sharing::PublishOffer& offer);

void addPublishingOptions(QCommandLineParser& parser);

} // namespace sharelock::cli
