// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_audit.h"

#include "sharing/probe.h"

namespace sharelock::sharing {

namespace {

bool hasContent(const Expected<DataAnswer>& answer)
{
    return answer && answer->kind == DataAnswer::Kind::Content;
}

bool isGone(const Expected<DataAnswer>& answer)
{
    return answer && answer->kind == DataAnswer::Kind::Gone;
}

bool isTakedownStep(LinkStep step)
{
    return step == LinkStep::TakedownRequested || step == LinkStep::TakedownDone;
}

LinkState stateOfContent(const Link& link)
{
    if (link.state == LinkState::Foreign)
        return LinkState::Foreign;
    if (isTakedownStep(link.step))
        return LinkState::StillServed;
    if (link.sessionDeleted)
        return link.hasKey ? LinkState::Orphan : LinkState::OrphanLost;
    return LinkState::Live;
}

Expected<Link> find(LinkLedger& ledger, const LinkId& id)
{
    const auto link = ledger.link(id);
    if (!link)
        return tl::unexpected(link.error());
    if (!*link)
        return fail(ErrorCode::LinkNotFound, id.shareId);
    return **link;
}

} // namespace

LinkState judge(const Link& link, const Expected<DataAnswer>& plain, const Expected<DataAnswer>& pastCaches)
{
    // What can be read is public, whatever the other question brought.
    if (hasContent(pastCaches))
        return stateOfContent(link);
    if (hasContent(plain))
        return pastCaches ? LinkState::Cached : stateOfContent(link);
    if (!plain || !pastCaches)
        return LinkState::Unreachable;
    // Blanks are a removal only where somebody removed: a new session may have nothing in it yet.
    const bool nothingThere = isGone(plain) && isGone(pastCaches);
    return nothingThere || isTakedownStep(link.step) ? LinkState::Removed : stateOfContent(link);
}

LinkAudit::LinkAudit(LinkLedger& ledger, HttpClient& http, Clock clock)
    : m_ledger(ledger)
    , m_http(http)
    , m_clock(std::move(clock))
{
}

QCoro::Task<Expected<Link>> LinkAudit::probe(LinkId id, std::stop_token stop)
{
    const Expected<Link> known = find(m_ledger, id);
    if (!known)
        co_return tl::unexpected(known.error());
    const ShareServer server(id.origin, m_http);
    const Probe probe = co_await askBoth(server, id.shareId, stop);
    if (probe.isCancelled())
        co_return fail(ErrorCode::Cancelled);

    // Read again: a takedown or an intake may have changed it while the server was asked.
    Expected<Link> link = find(m_ledger, id);
    if (!link)
        co_return link;
    applyProbe(*link, probe, m_clock());
    const auto saved = m_ledger.save(*link);
    if (!saved)
        co_return tl::unexpected(saved.error());
    const auto noted = m_ledger.append(probeReceipt(*link, probe, m_clock()));
    if (!noted)
        co_return tl::unexpected(noted.error());
    co_return link;
}

QCoro::Task<Expected<document::ShareDocument>> LinkAudit::publicDocument(LinkId id, std::stop_token stop)
{
    ShareServer server(id.origin, m_http);
    // As anyone would ask, caches included: that is what the public sees.
    auto answer = co_await server.data(id.shareId, false, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return std::move(answer->document);
}

} // namespace sharelock::sharing
