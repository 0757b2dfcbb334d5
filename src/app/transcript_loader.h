// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/transcript_rows.h"
#include "sharing/share_manager.h"

#include <QStringList>

#include <QCoroTask>

#include <atomic>
#include <memory>
#include <optional>

namespace sharelock::app {

//! \brief What a preview says about a conversation beside its blocks.
struct TranscriptFacts
{
    document::ContentCounts counts;
    double publicBytes = 0;
    double originalBytes = 0;
    int places = 0;
    int values = 0;
    QStringList notHidden;
};

//! \brief What can be said about the blocks that are shown.
struct ShownView
{
    bool original = false;
    bool isWhole = false; //!< Else the numbers are of the beginning only.
    int open = 0;         //!< Values that wait for the person.
    int secrets = 0;      //!< Values that are hidden, or will be.
    int details = 0;      //!< As secrets; the others.

    bool operator==(const ShownView&) const = default;
};

//! \brief How a conversation differs from what is public of it.
struct TranscriptNews
{
    int messages = 0;
    int changed = 0; //!< Items.
    int blanked = 0; //!< Items that are public and are gone here.
};

//! \brief One step of loading.
struct TranscriptPart
{
    TranscriptRowsPtr rows; //!< Of the view that was asked for. Null: nothing changed.
    std::shared_ptr<const document::ShareDocument> original;
    std::shared_ptr<const sharing::PublishOffer> offer;
    QString fingerprint;
    std::optional<TranscriptFacts> facts; //!< Unset: not known yet.
    bool whole = false;                   //!< rows are all rows.
    std::optional<TranscriptNews> news;   //!< rows are what of the conversation is not public yet.
};

//! \brief What is asked for, and whether it still is.
struct TranscriptRequest
{
    QString sessionId;
    QString fingerprint;   //!< Of what is shown; empty: load in any case.
    bool original = false; //!< The view.
    quint64 number = 0;
    std::shared_ptr<const std::atomic<quint64>> newest;

    //! \brief On any thread.
    [[nodiscard]] bool isStale() const { return newest->load() != number; }
};

// On the core thread:

//! \brief The first screens of a long conversation; all of a short one.
[[nodiscard]] Expected<TranscriptPart> loadFirst(sharing::ShareManager& manager,
                                                 const TranscriptRequest& request);
//! \brief What loadFirst() left out.
[[nodiscard]] Expected<TranscriptPart>
completeFirst(sharing::ShareManager& manager, const TranscriptRequest& request,
              std::shared_ptr<const document::ShareDocument> original = {});
//! \brief All at once, if the fingerprint differs.
[[nodiscard]] Expected<TranscriptPart> loadWhole(sharing::ShareManager& manager,
                                                 const TranscriptRequest& request);
//! \brief What of a conversation is not public behind its snapshot yet, or not so: asked of the server.
[[nodiscard]] QCoro::Task<Expected<TranscriptPart>>
loadNews(sharing::ShareManager* manager, sharing::LinkId snapshot,
         std::shared_ptr<const sharing::PublishOffer> offer,
         std::shared_ptr<const document::ShareDocument> original, std::stop_token stop);
//! \brief What the public sees behind a link.
[[nodiscard]] QCoro::Task<Expected<TranscriptPart>> loadPublic(sharing::ShareManager* manager,
                                                               sharing::LinkId id, std::stop_token stop);

//! \brief What the offer hides, keeps or leaves open; null without an offer.
[[nodiscard]] MarkSourcePtr markSource(const sharing::PublishOffer* offer, bool original);

//! \brief The numbers of a view with these marks.
[[nodiscard]] ShownView shownView(const MarkSource* marks, bool original, bool isWhole);

//! \brief The very document that the offer holds; null without an offer.
[[nodiscard]] std::shared_ptr<const document::ShareDocument>
publishedDocument(const std::shared_ptr<const sharing::PublishOffer>& offer);

} // namespace sharelock::app
