// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/transcript_loader.h"

namespace sharelock::app {

namespace {

using DocumentPtr = std::shared_ptr<const document::ShareDocument>;

//! \brief Up to here, a conversation is shown in one step.
constexpr std::size_t shortBytes = std::size_t{256} * 1024;
constexpr std::size_t headMessages = 40;

Expected<DocumentPtr> readOriginal(sharing::ShareManager& manager, const QString& sessionId)
{
    auto document = manager.original(sessionId);
    if (!document)
        return tl::unexpected(document.error());
    return std::make_shared<const document::ShareDocument>(std::move(*document));
}

} // namespace

DocumentPtr publishedDocument(const std::shared_ptr<const sharing::PublishOffer>& offer)
{
    return offer ? DocumentPtr(offer, &offer->snapshot.document()) : nullptr;
}

MarkSourcePtr markSource(const sharing::PublishOffer* offer, bool original)
{
    if (!offer)
        return nullptr;
    return std::make_shared<const MarkSource>(offer->snapshot.searched.plan(), offer->found, original);
}

ShownView shownView(const MarkSource* marks, bool original, bool isWhole)
{
    ShownView shown{original, isWhole};
    if (marks == nullptr)
        return shown;
    for (const MarkedValue& value : marks->values()) {
        if (value.value.reveal().empty())
            continue; // A name, and no finding.
        if (value.decision == redaction::Decision::Open)
            ++shown.open;
        else if (value.decision == redaction::Decision::Redact)
            ++(value.isSecret ? shown.secrets : shown.details);
    }
    return shown;
}

Expected<TranscriptPart> completeFirst(sharing::ShareManager& manager, const TranscriptRequest& request,
                                       DocumentPtr original)
{
    if (!original) {
        const auto read = readOriginal(manager, request.sessionId);
        if (!read)
            return tl::unexpected(read.error());
        original = *read;
    }
    TranscriptPart part;
    TranscriptFacts facts;
    facts.originalBytes = static_cast<double>(original->byteCount());
    facts.notHidden = manager.namesNotHidden();
    auto offer = manager.offer(request.sessionId);
    if (offer) {
        facts.places = static_cast<int>(offer->snapshot.places);
        facts.values = static_cast<int>(offer->snapshot.values);
        part.offer = std::make_shared<const sharing::PublishOffer>(std::move(*offer));
    } else if (!request.original) {
        return tl::unexpected(offer.error());
    }
    const DocumentPtr published = publishedDocument(part.offer);
    if (published)
        facts.publicBytes = static_cast<double>(published->byteCount());
    // Of the original: a switch says how much it leaves out.
    facts.counts = part.offer ? part.offer->content : document::contentCounts(*original);
    part.rows = transcriptRows(request.original ? original : published,
                               markSource(part.offer.get(), request.original), original.get());
    part.original = std::move(original);
    part.facts = facts;
    part.whole = true;
    return part;
}

Expected<TranscriptPart> loadFirst(sharing::ShareManager& manager, const TranscriptRequest& request)
{
    // Before the content, so that a change in between is seen later.
    const auto fingerprint = manager.fingerprint(request.sessionId);
    const auto beginning = manager.head(request.sessionId, {headMessages, shortBytes});
    if (!beginning)
        return tl::unexpected(beginning.error());
    if (beginning->whole) {
        auto all = completeFirst(manager, request);
        if (all)
            all->fingerprint = fingerprint.value_or(QString());
        return all;
    }
    TranscriptPart part;
    const auto head = std::make_shared<const document::ShareDocument>(
        firstMessages(beginning->document, headMessages, shortBytes));
    auto hidden = manager.redacted(request.sessionId, *head);
    if (hidden) {
        const auto shown = request.original
                               ? head
                               : std::make_shared<const document::ShareDocument>(std::move(hidden->document));
        const auto marks = std::make_shared<const MarkSource>(hidden->plan, hidden->found, request.original);
        part.rows = transcriptRows(shown, marks, head.get());
    } else if (request.original) {
        // It can be read all the same.
        part.rows = transcriptRows(head);
    } else {
        return tl::unexpected(hidden.error());
    }
    part.fingerprint = fingerprint.value_or(QString());
    return part;
}

Expected<TranscriptPart> loadWhole(sharing::ShareManager& manager, const TranscriptRequest& request)
{
    const auto fingerprint = manager.fingerprint(request.sessionId);
    if (!fingerprint)
        return tl::unexpected(fingerprint.error());
    if (!request.fingerprint.isEmpty() && request.fingerprint == *fingerprint)
        return TranscriptPart();
    const auto original = readOriginal(manager, request.sessionId);
    if (!original)
        return tl::unexpected(original.error());
    auto part = completeFirst(manager, request, *original);
    if (part)
        part->fingerprint = *fingerprint;
    return part;
}

QCoro::Task<Expected<TranscriptPart>> loadNews(sharing::ShareManager* manager, sharing::LinkId snapshot,
                                               std::shared_ptr<const sharing::PublishOffer> offer,
                                               DocumentPtr original, std::stop_token stop)
{
    auto answer = co_await manager->offerUpdate(snapshot, redaction::Hiding::Usual, std::move(offer), stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    const auto update = std::make_shared<const sharing::UpdateOffer>(*std::move(answer));
    const DocumentPtr wanted(update, &update->offer.snapshot.document());
    ItemKeys fresh;
    for (const std::size_t place : update->difference.fresh)
        fresh.insert(wanted->items()[place].key);
    TranscriptPart part;
    part.rows = transcriptRows(wanted, markSource(&update->offer, false), original.get(), &fresh);
    part.news = TranscriptNews{static_cast<int>(update->difference.addedMessages),
                               static_cast<int>(update->difference.changed),
                               static_cast<int>(update->difference.blanked)};
    part.whole = true;
    co_return part;
}

QCoro::Task<Expected<TranscriptPart>> loadPublic(sharing::ShareManager* manager, sharing::LinkId id,
                                                 std::stop_token stop)
{
    auto answer = co_await manager->publicDocument(id, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    TranscriptPart part;
    auto document = std::make_shared<const document::ShareDocument>(std::move(*answer));
    TranscriptFacts facts;
    facts.counts = document::contentCounts(*document);
    facts.publicBytes = static_cast<double>(document->byteCount());
    part.facts = facts;
    // Without it the document is shown all the same.
    auto found = manager->findingsIn(id, *document);
    part.rows = transcriptRows(document, found ? MarkSource::ofPublic(*std::move(found)) : nullptr);
    part.whole = true;
    co_return part;
}

} // namespace sharelock::app
