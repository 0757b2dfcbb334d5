// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/probe.h"
#include "sharing/publish_lock.h"
#include "sharing/share_manager_p.h"

#include <deque>

namespace sharelock::sharing {

namespace {

enum class Leftover
{
    None,
    Reservation,   //!< Has no key and never had content.
    HalfPublished, //!< Its content is incomplete.
    Takedown,
    Expired,
    Reprobe,
};

Leftover leftoverOf(const Link& link, Timestamp at)
{
    switch (link.step) {
    case LinkStep::Reserved:
        return link.hasKey ? Leftover::HalfPublished : Leftover::Reservation;
    case LinkStep::Sealed:
        return Leftover::HalfPublished;
    case LinkStep::TakedownRequested:
        return Leftover::Takedown;
    case LinkStep::TakedownDone:
        return isProbeDue(link, at) ? Leftover::Reprobe : Leftover::None;
    case LinkStep::Published:
        return isOverdue(link, at) ? Leftover::Expired : Leftover::None;
    }
    return Leftover::None;
}

bool belongsToPublish(Leftover leftover)
{
    return leftover == Leftover::Reservation || leftover == Leftover::HalfPublished;
}

} // namespace

//! \brief What the lanes of one resume() share.
struct ShareManager::Private::Resumption
{
    std::deque<LinkId> waiting;
    std::vector<Link> done;
    std::stop_token stop;
};

QCoro::Task<Expected<std::vector<Link>>> ShareManager::resume(std::stop_token stop)
{
    const auto all = links();
    if (!all)
        co_return tl::unexpected(all.error());
    // Asked after the list was read: whatever in it is half made now, and is so still when it is read again,
    // belongs to a process that has died.
    const bool publishing = PublishLock::isAnyHeld(d->folder);
    std::set<LinkId> stillInOpencode;
    for (const opencode::ShareRow& row : d->rows())
        stillInOpencode.insert(Private::rowId(row));
    Private::Resumption resumption;
    resumption.stop = stop;
    for (const Link& link : *all) {
        const Leftover leftover = leftoverOf(link, d->options.clock());
        if (leftover != Leftover::None && !(publishing && belongsToPublish(leftover)))
            resumption.waiting.push_back(link.id);
        if (stillInOpencode.contains(link.id))
            d->reconcile(link);
    }
    constexpr int laneCount = 4;
    std::vector<QCoro::Task<void>> lanes;
    for (int number = 0; number < laneCount; ++number)
        lanes.push_back(d->resumeLane(&resumption));
    for (QCoro::Task<void>& lane : lanes)
        co_await lane;
    if (!resumption.done.empty()) {
        const auto flushed = d->m_ledger->flush();
        if (!flushed)
            co_return tl::unexpected(flushed.error());
    }
    if (stop.stop_requested())
        co_return fail(ErrorCode::Cancelled);
    co_return std::move(resumption.done);
}

QCoro::Task<void> ShareManager::Private::resumeLane(Resumption* resumption)
{
    while (!resumption->waiting.empty() && !resumption->stop.stop_requested()) {
        const LinkId id = resumption->waiting.front();
        resumption->waiting.pop_front();
        // One link that can't be helped now must not keep the others waiting; the next resume() tries it
        // again.
        const auto link = co_await resumeOne(id, resumption->stop);
        if (link && *link)
            resumption->done.push_back(**link);
    }
}

QCoro::Task<Expected<std::optional<Link>>> ShareManager::Private::resumeOne(LinkId id, std::stop_token stop)
{
    const auto known = m_ledger->link(id);
    if (!known)
        co_return tl::unexpected(known.error());
    if (!*known)
        co_return std::nullopt;
    const Leftover leftover = leftoverOf(**known, options.clock());
    if (leftover == Leftover::Reservation) {
        const auto forgotten = co_await forgetReservation(**known, stop);
        if (!forgotten)
            co_return tl::unexpected(forgotten.error());
        co_return std::nullopt;
    }
    bool takeItDown = leftover == Leftover::Takedown || leftover == Leftover::HalfPublished ||
                      leftover == Leftover::Expired;
    std::optional<Link> found;
    if (leftover == Leftover::Reprobe) {
        auto link = co_await q->check(id, stop);
        if (!link)
            co_return tl::unexpected(link.error());
        // A running opencode may have uploaded again since it was taken down.
        takeItDown = link->state == LinkState::StillServed;
        found = *std::move(link);
    }
    if (!takeItDown)
        co_return found;
    auto gone = co_await takeDownIfFree(id, stop);
    co_return gone;
}

QCoro::Task<Expected<void>> ShareManager::Private::forgetReservation(Link link, std::stop_token stop)
{
    ShareServer server(link.id.origin, http());
    const auto answer = co_await server.data(link.id.shareId, true, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    // What may be there is not ours: content is never sent before the key is sealed.
    const auto forgotten = m_ledger->forget(link.id);
    if (!forgotten)
        co_return forgotten;
    co_return m_ledger->append(receiptFor(link, QStringLiteral("forget"), now()));
}

} // namespace sharelock::sharing
