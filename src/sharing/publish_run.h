// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/publisher.h"

namespace sharelock::sharing {

//! \brief What the gate found, and why secrets are kept: for a receipt.
[[nodiscard]] QString gateDetail(const redaction::GateVerdict& verdict, const QString& keptReason);

//! \brief One run of Publisher over one snapshot: the state that its steps share.
class PublishRun
{
public:
    struct Parts
    {
        LinkLedger& ledger;
        const KeyVault& vault;
        HttpClient& http;
        const Clock& clock;
        ContentReader reader = {}; //!< For what is read back; may be empty.
    };

    PublishRun(Parts parts, PreparedSnapshot snapshot, const QUrl& origin, PublishObserver observe,
               std::stop_token stop);

    [[nodiscard]] QCoro::Task<Expected<Link>> go();

private:
    [[nodiscard]] QCoro::Task<Expected<CreatedShare>> reserveAndCreate();
    [[nodiscard]] Expected<void> reserve();
    [[nodiscard]] Expected<void> moveReservation(const CreatedShare& created);
    [[nodiscard]] Expected<void> takeFreshIds();
    [[nodiscard]] Expected<void> sealKey(const CreatedShare& created);
    [[nodiscard]] QCoro::Task<void> giveBack(CreatedShare created);
    [[nodiscard]] QCoro::Task<Expected<void>> upload(CreatedShare created);
    [[nodiscard]] QCoro::Task<Expected<void>> verify();
    [[nodiscard]] Expected<Link> finish();
    [[nodiscard]] Expected<void> requestTakedown(const LinkId& replaced, Timestamp at);
    void noteFailure(const Error& error);
    void tell(PublishStage stage, qint64 sent = 0, qint64 total = 0) const;

    Parts m_parts;
    PreparedSnapshot m_snapshot;
    ShareServer m_server;
    PublishObserver m_observe;
    std::stop_token m_stop;
    redaction::GateVerdict m_verdict; //!< Over the bodies that were sent.
    QByteArray m_publicAfter;         //!< Digest of what was read back.
    Link m_link;
};

} // namespace sharelock::sharing
