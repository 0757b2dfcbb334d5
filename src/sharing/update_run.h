// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/found_values.h"
#include "sharing/probe.h"
#include "sharing/publish_run.h"
#include "sharing/snapshot_difference.h"

namespace sharelock::sharing {

//! \brief One update of one snapshot: compare with what is public, send what differs, read it back. The
//! link's step stays Published all the while, so that a restart takes nothing down; a mark in the ledger, on
//! disk before the first byte leaves, says that the content may be half new. All that is sent passed the leak
//! gate, so what is there may stay, and running it again completes it.
class UpdateRun
{
public:
    UpdateRun(PublishRun::Parts parts, PreparedSnapshot snapshot, Link link, PublishObserver observe,
              std::stop_token stop);

    //! \brief Of all that was \p found, what must not stand in what is sent: nobody was asked about it, since
    //! it did not stand in what was offered. It does if somebody has blanked what is public meanwhile.
    void setUnjudged(std::vector<redaction::FoundValue> found, std::vector<redaction::FoundValue> unjudged)
    {
        m_found = std::move(found);
        m_unjudged = std::move(unjudged);
    }

    //! \brief Errors: as ShareManager::update().
    [[nodiscard]] QCoro::Task<Expected<Link>> go();

private:
    [[nodiscard]] Expected<void> collectKeys();
    [[nodiscard]] QCoro::Task<Expected<SnapshotDifference>> compare();
    [[nodiscard]] Expected<void> checkJudged() const;
    [[nodiscard]] Expected<void> markBegun();
    [[nodiscard]] QCoro::Task<Expected<void>> send();
    [[nodiscard]] QCoro::Task<Expected<void>> verify();
    [[nodiscard]] QCoro::Task<Expected<Link>> settle(Error error);
    void countWhatIsPublic();
    [[nodiscard]] Expected<void> noteProbe(const Probe& probe, bool untouched);
    [[nodiscard]] Expected<Link> finish();
    [[nodiscard]] Expected<Link> current() const;
    [[nodiscard]] QString whatWasSent() const;
    void noteFailure(const Error& error, const QString& detail = {});
    void tell(PublishStage stage, qint64 sent = 0, qint64 total = 0) const;

    PublishRun::Parts m_parts;
    PreparedSnapshot m_snapshot;
    std::vector<redaction::FoundValue> m_found;
    std::vector<redaction::FoundValue> m_unjudged;
    Link m_link; //!< As it was at first; what was read back is noted in it.
    bool m_wasPartlyUpdated;
    ShareServer m_server;
    PublishObserver m_observe;
    std::stop_token m_stop;
    std::vector<Secret> m_keys; //!< The likeliest first.
    SnapshotDifference m_difference;
    redaction::GateVerdict m_verdict;   //!< Over the bodies that were sent.
    std::optional<DataAnswer> m_public; //!< What was read last.
    QByteArray m_publicBefore;          //!< Digests; empty until something was read.
    QByteArray m_publicAfter;
};

} // namespace sharelock::sharing
