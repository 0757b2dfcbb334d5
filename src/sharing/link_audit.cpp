// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_audit.h"

#include "sharing/link_record.h"
#include "sharing/probe.h"

#include <future>

namespace sharelock::sharing {

namespace {

constexpr qint64 largeAnswer = 1024 * 1024; // Worth a thread.

bool hasContent(const Expected<DataAnswer>& answer)
{
    return answer && answer->kind == DataAnswer::Kind::Content;
}

bool isGone(const Expected<DataAnswer>& answer)
{
    return answer && answer->kind == DataAnswer::Kind::Gone;
}

//! \brief By us, or by opencode, which was told to unshare.
bool wasTakenDown(const Link& link)
{
    return link.step == LinkStep::TakedownRequested || link.step == LinkStep::TakedownDone ||
           link.unsharedAt.has_value();
}

LinkState stateOfContent(const Link& link)
{
    if (link.state == LinkState::Foreign || (link.source == LinkSource::Imported && !link.hasKey))
        return LinkState::Foreign;
    if (wasTakenDown(link))
        return LinkState::StillServed;
    // A session that names its link does not help to remove it.
    const bool isLost = link.source == LinkSource::Claimed && !link.hasKey;
    if (link.sessionDeleted || isLost)
        return link.hasKey ? LinkState::Orphan : LinkState::OrphanLost;
    return LinkState::Live;
}

//! \brief Of what anyone sees, caches included; else of what the origin gives out.
void readContent(Link& link, const Probe& probe, const ContentReader& reader)
{
    const Expected<DataAnswer>& answer = hasContent(probe.plain) ? probe.plain : probe.pastCaches;
    if (hasContent(answer) && !answer->unchanged)
        noteContent(link, *answer, reader);
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
    return nothingThere || wasTakenDown(link) ? LinkState::Removed : stateOfContent(link);
}

void noteContent(Link& link, const DataAnswer& answer, const ContentReader& reader)
{
    const bool mayBeKnown = !link.publicDigest.isEmpty() && reader.isCurrent && reader.isCurrent(link);
    const bool isKnown = mayBeKnown && answer.digest() == link.publicDigest;
    link.validator = answer.validator;
    if (reader.read && !isKnown) {
        // The digest of a large document takes a while, and nothing waits for it meanwhile.
        const auto how = answer.bytes < largeAnswer ? std::launch::deferred : std::launch::async;
        const std::future<QByteArray> digest = std::async(how, [&answer] { return answer.digest(); });
        reader.read(link, answer.document());
        digest.wait();
    }
    link.publicDigest = answer.digest();
}

void takeContent(Link& link, const Link& read)
{
    link.publicDigest = read.publicDigest;
    link.validator = read.validator;
    link.publicSecrets = read.publicSecrets;
    link.publicPersonal = read.publicPersonal;
    link.countedWith = read.countedWith;
}

LinkAudit::LinkAudit(LinkLedger& ledger, HttpClient& http, Clock clock)
    : m_ledger(ledger)
    , m_http(http)
    , m_clock(std::move(clock))
{
}

QCoro::Task<Expected<Link>> LinkAudit::probe(LinkId id, std::stop_token stop, ContentReader reader)
{
    const Expected<Link> known = find(m_ledger, id);
    if (!known)
        co_return tl::unexpected(known.error());
    const ShareServer server(*known, m_http);
    const bool maySkip = reader.isCurrent && reader.isCurrent(*known);
    const QByteArray validator = maySkip ? known->validator : QByteArray();
    const Probe probe = co_await askBoth(server, id.shareId, stop, validator);
    if (probe.isCancelled())
        co_return fail(ErrorCode::Cancelled);

    // Read again: a takedown or an intake may have changed it while the server was asked. The content is
    // looked through before the ledger is held, and what others change meanwhile is theirs.
    Expected<Link> read = find(m_ledger, id);
    if (!read)
        co_return read;
    const Timestamp at = m_clock();
    applyProbe(*read, probe, at);
    readContent(*read, probe, reader);
    const auto change = [&](Link& link) {
        applyProbe(link, probe, at);
        takeContent(link, *read);
    };
    auto link = recordLink(m_ledger, id, change,
                           [&](const Link& changed) { return probeReceipt(changed, probe, at); });
    co_return link;
}

QCoro::Task<Expected<document::ShareDocument>> LinkAudit::publicDocument(LinkId id, std::stop_token stop)
{
    const Expected<Link> known = find(m_ledger, id);
    if (!known)
        co_return tl::unexpected(known.error());
    ShareServer server(*known, m_http);
    // As anyone would ask, caches included: that is what the public sees.
    auto answer = co_await server.data(id.shareId, false, stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    co_return answer->takeDocument();
}

} // namespace sharelock::sharing
