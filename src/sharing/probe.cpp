// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/probe.h"

#include "base/size_text.h"
#include "document/blank_items.h"
#include "sharing/link_audit.h"

#include <QCoreApplication>

#include <array>

namespace sharelock::sharing {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sharelock::Probe", text);
}

QString describe(const Expected<DataAnswer>& answer)
{
    if (!answer)
        return codeName(answer.error().code);
    switch (answer->kind) {
    case DataAnswer::Kind::Gone:
        return answer->status == 404 ? QStringLiteral("404") : tr("nothing there");
    case DataAnswer::Kind::Blank:
        return tr("only blanks");
    case DataAnswer::Kind::Content:
        break;
    }
    if (answer->unchanged)
        return tr("unchanged content");
    return tr("content (%1)").arg(sizeText(answer->bytes));
}

QString describe(const Probe& probe)
{
    const QString plain = describe(probe.plain);
    const QString pastCaches = describe(probe.pastCaches);
    if (plain == pastCaches)
        return tr("%1 at its address and past caches").arg(plain);
    return tr("%1 at its address, %2 past caches").arg(plain, pastCaches);
}

//! \brief As describe(), for programs.
QString answerName(const Expected<DataAnswer>& answer)
{
    if (!answer)
        return sharing::answerName(Expected<void>(tl::unexpected(answer.error())));
    switch (answer->kind) {
    case DataAnswer::Kind::Gone:
        return answer->status == 404 ? QStringLiteral("404") : QStringLiteral("nothing");
    case DataAnswer::Kind::Blank:
        return QStringLiteral("blanks");
    case DataAnswer::Kind::Content:
        break;
    }
    if (answer->unchanged)
        return QStringLiteral("304");
    return QStringLiteral("content");
}

bool isReadable(const Expected<DataAnswer>& answer)
{
    return answer && answer->kind == DataAnswer::Kind::Content;
}

void countMessages(Link& link, const Probe& probe)
{
    const Expected<DataAnswer>& answer = probe.pastCaches ? probe.pastCaches : probe.plain;
    if (!answer)
        return;
    if (answer->unchanged)
        return;
    const bool readable = answer->kind == DataAnswer::Kind::Content;
    link.publicMessages = readable ? int(document::saidMessageCount(answer->document())) : 0;
    link.publicBytes = readable ? answer->bytes : 0;
    if (!readable)
        link.publicSecrets = link.publicPersonal = 0;
}

} // namespace

bool Probe::isCancelled() const
{
    return (!plain && plain.error().code == ErrorCode::Cancelled) ||
           (!pastCaches && pastCaches.error().code == ErrorCode::Cancelled);
}

QCoro::Task<Probe> askBoth(ShareServer server, QString shareId, std::stop_token stop, QByteArray validator)
{
    const auto once = std::make_shared<ReadAnswer>();
    QCoro::Task<Expected<DataAnswer>> asking = server.data(shareId, false, stop, validator, once);
    QCoro::Task<Expected<DataAnswer>> askingPastCaches = server.data(shareId, true, stop, validator, once);
    Expected<DataAnswer> plain = co_await asking;
    Expected<DataAnswer> pastCaches = co_await askingPastCaches;
    Probe probe{std::move(plain), std::move(pastCaches)};
    co_return probe;
}

void applyProbe(Link& link, const Probe& probe, Timestamp at)
{
    link.state = judge(link, probe.plain, probe.pastCaches);
    if (probe.plain || probe.pastCaches)
        link.checkedAt = at;
    // No answer proves nothing, in either direction: what was known before stays.
    if (link.state != LinkState::Unreachable) {
        countMessages(link, probe);
        if (link.state != LinkState::Removed)
            link.removedAt.reset();
        else if (!link.removedAt || *link.removedAt > at)
            link.removedAt = at; // A proof from the future is one of a clock that was set back since.
    }
    link.nextProbeAt = nextProbe(link, at);
}

std::optional<Timestamp> nextProbe(const Link& link, Timestamp at)
{
    using namespace std::chrono_literals;
    static constexpr std::array<std::chrono::minutes, 3> afterRemoval{5min, 60min, 24 * 60min};

    if (link.step != LinkStep::TakedownDone)
        return std::nullopt;
    if (link.state != LinkState::Removed)
        return at + 60min;
    for (const std::chrono::minutes pause : afterRemoval) {
        if (*link.removedAt + pause > at)
            return *link.removedAt + pause;
    }
    return std::nullopt;
}

bool isProbeDue(const Link& link, Timestamp at)
{
    using namespace std::chrono_literals;
    // Never further away than the longest pause: else the clock was set back, and waiting would be for ever.
    return link.nextProbeAt && (*link.nextProbeAt <= at || *link.nextProbeAt > at + 24h);
}

Receipt receiptFor(const Link& link, const QString& act, Timestamp at)
{
    Receipt receipt;
    receipt.at = at;
    receipt.act = act;
    receipt.outcome = QStringLiteral("ok");
    receipt.link = link.id;
    receipt.title = link.title;
    return receipt;
}

Receipt probeReceipt(const Link& link, const Probe& probe, Timestamp at)
{
    Receipt receipt = receiptFor(link, QStringLiteral("probe"), at);
    if (!probe.pastCaches)
        receipt.outcome = codeName(probe.pastCaches.error().code);
    else if (!probe.plain)
        receipt.outcome = codeName(probe.plain.error().code);
    receipt.detail = describe(probe);
    receipt.isProof = link.state == LinkState::Removed;
    receipt.asked = QLatin1String(callNames(link).data) + QLatin1String(", plain and past caches");
    receipt.answered = answerName(probe.plain) + QStringLiteral(", ") + answerName(probe.pastCaches);
    receipt.publicAfter = publicDigest(link, probe);
    return receipt;
}

QByteArray publicDigest(const Link& link, const Probe& probe)
{
    // What a cache still hands out is public, however clean the origin is.
    const bool cacheTells = !probe.pastCaches || (!isReadable(probe.pastCaches) && isReadable(probe.plain));
    const Expected<DataAnswer>& answer = cacheTells ? probe.plain : probe.pastCaches;
    // The very document that was seen before, and so was not sent again.
    return answer && answer->unchanged ? link.publicDigest : publicDigest(answer);
}

QByteArray publicDigest(const Expected<DataAnswer>& answer)
{
    return answer ? answer->digest() : QByteArray();
}

bool isUnanswered(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ServerUnreachable:
    case ErrorCode::ServerTimeout:
    case ErrorCode::ServerBusy:
    case ErrorCode::TlsFailed:
    case ErrorCode::HttpLibraryMissing:
        return true;
    default:
        return false;
    }
}

} // namespace sharelock::sharing
