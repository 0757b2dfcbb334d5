// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/share_manager_p.h"
#include "sharing/standing_values.h"
#include "sharing/update_run.h"

#include <algorithm>

namespace sharelock::sharing {

namespace {

//! \brief What was previewed, under the IDs of a link.
Expected<PublishOffer> underIds(const PublishOffer& previewed, const document::IdRewriting& rewriting)
{
    auto renamed = document::withNewIds(*previewed.redacted, rewriting);
    if (!renamed)
        return tl::unexpected(renamed.error());
    auto searched =
        redaction::SearchedDocument::search(*std::move(renamed), previewed.snapshot.searched.plan());
    if (!searched)
        return tl::unexpected(searched.error());
    PublishOffer offer = previewed;
    offer.snapshot.searched = *std::move(searched);
    offer.snapshot.rewriting = rewriting;
    return offer;
}

//! \brief What is not hidden and was not judged, since it does not stand in what is offered.
std::vector<redaction::FoundValue> unjudged(const UpdateOffer& update)
{
    std::vector<redaction::FoundValue> values;
    for (const redaction::FoundValue& found : update.offer.found) {
        const bool isOpen = found.decision == redaction::Decision::Open;
        const bool isKept = found.decision == redaction::Decision::Keep && found.isSureSecret();
        const bool isOffered = std::any_of(update.found.begin(), update.found.end(),
                                           [&found](const auto& one) { return one.value == found.value; });
        if ((isOpen || isKept) && !isOffered)
            values.push_back(found);
    }
    return values;
}

} // namespace

Expected<std::pair<Link, document::IdRewriting>> ShareManager::Private::updatable(const LinkId& id)
{
    const auto link = knownLink(id);
    if (!link)
        return tl::unexpected(link.error());
    if (const auto reason = whyNotUpdatable(*link))
        return tl::unexpected(*reason);
    const auto rewriting = m_ledger->rewriting(id);
    if (!rewriting)
        return tl::unexpected(rewriting.error());
    if (!*rewriting)
        return fail(ErrorCode::LedgerUnreadable, m_ledger->ledgerId(),
                    QStringLiteral("no IDs of the snapshot"));
    return std::pair(*link, **rewriting);
}

Expected<Link> ShareManager::snapshotOf(const QString& sessionId)
{
    const auto all = links();
    if (!all)
        return tl::unexpected(all.error());
    const Link* found = nullptr;
    for (const Link& link : *all) {
        if (link.sourceSessionId != sessionId || whyNotUpdatable(link))
            continue;
        if (found != nullptr)
            return fail(ErrorCode::LinkAmbiguous, sessionId);
        found = &link;
    }
    if (found == nullptr)
        return fail(ErrorCode::LinkNotFound, sessionId);
    return *found;
}

QCoro::Task<Expected<UpdateOffer>> ShareManager::offerUpdate(LinkId id, redaction::Hiding hiding,
                                                             std::shared_ptr<const PublishOffer> previewed,
                                                             std::stop_token stop)
{
    const auto found = d->updatable(id);
    if (!found)
        co_return tl::unexpected(found.error());
    const auto& [link, rewriting] = *found;
    if (link.hidesAll)
        hiding = redaction::Hiding::All;
    const ContentChoice choice{link.leftOutBesides, {}};
    const bool usesPreview = link.leftOutBesides.isEmpty() && previewed && previewed->redacted &&
                             hiding == redaction::Hiding::Usual &&
                             previewed->snapshot.sourceSessionId == link.sourceSessionId;
    auto offer = usesPreview ? underIds(*previewed, rewriting)
                             : d->offer(link.sourceSessionId, hiding, choice, rewriting);
    if (!offer)
        co_return tl::unexpected(offer.error());
    UpdateOffer update{*std::move(offer), link, {}, {}};
    update.offer.server = link.id.origin;
    ShareServer server(link.id.origin, d->http());
    const auto answer = co_await server.data(link.id.shareId, true, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    if (answer->kind == DataAnswer::Kind::Gone) {
        // So that the list says it too.
        (void)co_await check(link.id, stop);
        co_return fail(ErrorCode::LinkClosed, link.id.shareId);
    }
    auto compared = difference(answer->document(), update.offer.snapshot.searched);
    if (!compared)
        co_return tl::unexpected(compared.error());
    update.difference = *std::move(compared);
    auto standing = standingIn(update.difference.items, update.offer.found);
    if (!standing)
        co_return tl::unexpected(standing.error());
    update.found = *std::move(standing);
    co_return update;
}

QCoro::Task<Expected<Link>> ShareManager::update(UpdateOffer offer, PublishObserver observe,
                                                 std::stop_token stop)
{
    if (offer.offer.disabled)
        co_return fail(ErrorCode::ShareDisabled, offer.offer.modeFile);
    // The offer may have been looked at for long; what counts is how things are now.
    const auto session = d->session(offer.offer.snapshot.sourceSessionId);
    if (!session)
        co_return tl::unexpected(session.error());
    const auto allowed = d->sharingAllowed(*session);
    if (!allowed)
        co_return tl::unexpected(allowed.error());
    const auto found = d->updatable(offer.link.id);
    if (!found)
        co_return tl::unexpected(found.error());
    const auto reason = checkReason(offer, offer.offer.snapshot.keptReason);
    if (!reason && !offer.difference.isEmpty())
        co_return tl::unexpected(reason.error());
    if (keptSecrets(offer) == 0)
        offer.offer.snapshot.keptReason.clear();
    const auto vault = co_await d->readyVault();
    if (!vault)
        co_return tl::unexpected(vault.error());
    const auto named = d->m_ledger->saveNames(offer.offer.snapshot.sourceSessionId, offer.offer.found);
    if (!named)
        co_return tl::unexpected(named.error());
    const Clock clock = now;
    PublishRun::Parts parts{*d->m_ledger, **vault, d->http(), clock, d->contentReader()};
    UpdateRun run(std::move(parts), std::move(offer.offer.snapshot), found->first, std::move(observe),
                  std::move(stop));
    run.setUnjudged(offer.offer.found, unjudged(offer));
    auto link = co_await run.go();
    co_return link;
}

} // namespace sharelock::sharing
