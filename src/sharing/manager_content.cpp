// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "sharing/share_manager_p.h"

#include <algorithm>

namespace sharelock::sharing {

namespace {

std::size_t secretsIn(const std::vector<redaction::FoundValue>& found)
{
    return static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const auto& one) {
        return one.rule->kind == redaction::FindingKind::Secret;
    }));
}

} // namespace

document::ContentAmount amountOf(const document::ContentCounts& counts, redaction::ContentKind kind)
{
    using redaction::ContentKind;
    switch (kind) {
    case ContentKind::Tools:
        return counts.tools;
    case ContentKind::Reasoning:
        return counts.reasoning;
    case ContentKind::Diffs:
        return counts.diffs;
    case ContentKind::Attachments:
        return counts.attachments;
    case ContentKind::SystemPrompts:
        return counts.systemPrompts;
    case ContentKind::Models:
        return counts.models;
    }
    return {};
}

Expected<redaction::ContentSet> ShareManager::leftOut(const QString& sessionId) const
{
    assertOffGuiThread("ShareManager::leftOut");
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->leftOut(sessionId);
}

Expected<void> ShareManager::setLeftOut(const QString& sessionId, redaction::ContentKind kind, bool leftOut)
{
    assertOffGuiThread("ShareManager::setLeftOut");
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->setLeftOut(sessionId, kind, leftOut);
}

Expected<std::size_t> ShareManager::secretsInOriginal(const PublishOffer& offer)
{
    assertOffGuiThread("ShareManager::secretsInOriginal");
    if (!offer.hasLeftOut)
        return secretsIn(offer.found);
    const QString& sessionId = offer.snapshot.sourceSessionId;
    const auto document = original(sessionId);
    if (!document)
        return tl::unexpected(document.error());
    const auto session = d->session(sessionId);
    if (!session)
        return tl::unexpected(session.error());
    const auto review = d->review(*document, choicePlace(*session), redaction::Hiding::Usual);
    if (!review)
        return tl::unexpected(review.error());
    return secretsIn(review->found);
}

} // namespace sharelock::sharing
