// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/searched_document.h"
#include "sharing/link_audit.h"
#include "sharing/link_ledger.h"
#include "sharing/share_server.h"

#include <functional>
#include <optional>

namespace sharelock::sharing {

//! \brief A document ready to be sent: redacted, with the snapshot's own IDs. The preview shows this very
//! value.
struct PreparedSnapshot
{
    //! \brief As it will be sent. Searched before anything exists on the server: a leak anywhere means that
    //! not even the first body is sent.
    redaction::SearchedDocument searched;
    document::IdRewriting rewriting;
    std::size_t places = 0; //!< Replacements made.
    std::size_t values = 0; //!< Hidden values that occurred.
    QString sourceSessionId;
    QString title; //!< Of the local session, for the ledger.
    QString project;
    QString directory;
    //! \brief Why the person publishes secrets that are no doubt ones, in their words; for the receipt.
    QString keptReason;
    std::optional<Timestamp> through;              //!< When the last message is from.
    bool hidesAll = false;                         //!< Made with Hiding::All.
    redaction::ContentSet leftOutBesides;          //!< What is left out of this one alone.
    std::optional<std::chrono::hours> removeAfter; //!< Counted from its publication; unset: it stays.
    //! \brief A link that has to go as soon as this one is proved: both are written down in one transaction.
    std::optional<LinkId> replaces;

    [[nodiscard]] const document::ShareDocument& document() const { return searched.document(); }
};

enum class PublishStage
{
    Reserving,
    Creating,
    Sealing,
    Uploading,
    Verifying,
    Comparing, //!< Of an update: with what is public.
};

struct PublishProgress
{
    PublishStage stage = PublishStage::Reserving;
    qint64 sentBytes = 0;
    qint64 totalBytes = 0;
};
using PublishObserver = std::function<void(const PublishProgress&)>;

//! \brief Publishes snapshots. Order: reserve in the ledger, create, seal the key and sync it to disk, only
//! then content, in batches of at most 1 MB (halved on 413), each checked by the leak gate; then read back.
//! When content can't be completed (error, cancel), what was sent is taken down again.
class Publisher
{
public:
    //! \param reader counts what stands in what is read back; may be empty.
    Publisher(LinkLedger& ledger, const KeyVault& vault, HttpClient& http, Clock clock = now,
              ContentReader reader = {});

    //! \brief Errors: KeyringMissing and kin (vault not open, nothing was sent), LeakFound (nothing of that
    //! batch was sent), Cancelled, those of ShareServer.
    [[nodiscard]] QCoro::Task<Expected<Link>>
    publish(PreparedSnapshot snapshot, QUrl origin, PublishObserver observe = {}, std::stop_token stop = {});

private:
    LinkLedger& m_ledger;
    const KeyVault& m_vault;
    HttpClient& m_http;
    Clock m_clock;
    ContentReader m_reader;
};

} // namespace sharelock::sharing
