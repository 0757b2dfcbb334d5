// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/update_run.h"

#include "document/blank_items.h"
#include "sharing/standing_values.h"
#include "sharing/upload.h"

#include <QCoreApplication>

#include <algorithm>

namespace sharelock::sharing {

namespace {

const auto updateAct = QStringLiteral("update");
const auto askedToCompare = QStringLiteral("GET /api/share/:id/data");
const auto askedToUpdate = QStringLiteral("POST /api/share/:id/sync");

QString tr(const char* text)
{
    return QCoreApplication::translate("sharelock::Update", text);
}

} // namespace

UpdateRun::UpdateRun(PublishRun::Parts parts, PreparedSnapshot snapshot, Link link, PublishObserver observe,
                     std::stop_token stop)
    : m_parts(std::move(parts))
    , m_snapshot(std::move(snapshot))
    , m_link(std::move(link))
    , m_wasPartlyUpdated(m_link.partlyUpdated)
    , m_server(m_link.id.origin, m_parts.http)
    , m_observe(std::move(observe))
    , m_stop(std::move(stop))
{
}

QCoro::Task<Expected<Link>> UpdateRun::go()
{
    const auto keys = collectKeys();
    if (!keys) {
        noteFailure(keys.error());
        co_return tl::unexpected(keys.error());
    }
    tell(PublishStage::Comparing);
    auto compared = co_await compare();
    if (!compared) {
        noteFailure(compared.error());
        co_return tl::unexpected(compared.error());
    }
    m_difference = *std::move(compared);
    if (m_difference.isEmpty())
        co_return finish();
    auto begun = checkJudged();
    if (begun)
        begun = markBegun();
    if (!begun) {
        noteFailure(begun.error());
        co_return tl::unexpected(begun.error());
    }
    auto sent = co_await send();
    if (sent)
        sent = co_await verify();
    if (sent)
        co_return finish();
    auto settled = co_await settle(sent.error());
    co_return settled;
}

Expected<void> UpdateRun::collectKeys()
{
    Error reason{ErrorCode::KeyMissing, m_link.id.shareId, {}};
    const auto sealedKeys = m_parts.ledger.sealedKeys(m_link.id);
    if (!sealedKeys)
        return tl::unexpected(sealedKeys.error());
    for (const SealedKey& sealed : *sealedKeys) {
        auto key = m_parts.vault.open(m_link.id, sealed);
        if (key)
            m_keys.push_back(*std::move(key));
        else
            reason = key.error();
    }
    if (m_keys.empty())
        return tl::unexpected(reason);
    return {};
}

QCoro::Task<Expected<SnapshotDifference>> UpdateRun::compare()
{
    auto answer = co_await m_server.data(m_link.id.shareId, true, m_stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    m_publicAfter = publicDigest(answer);
    if (m_publicBefore.isEmpty())
        m_publicBefore = m_publicAfter;
    if (answer->kind == DataAnswer::Kind::Gone)
        co_return fail(ErrorCode::LinkClosed, m_link.id.shareId);
    m_public = *std::move(answer);
    co_return difference(m_public->document(), m_snapshot.searched);
}

Expected<void> UpdateRun::checkJudged() const
{
    if (m_unjudged.empty())
        return {};
    // Among all that was found, as it was offered: one that stands only inside of another is that one's part.
    const auto standing = standingIn(m_difference.items, m_found);
    if (!standing)
        return tl::unexpected(standing.error());
    const auto count =
        std::count_if(standing->begin(), standing->end(), [this](const redaction::FoundValue& one) {
            return std::any_of(m_unjudged.begin(), m_unjudged.end(),
                               [&one](const auto& each) { return each.value == one.value; });
        });
    return count == 0 ? Expected<void>() : fail(ErrorCode::SecretsUndecided, QString::number(count));
}

Expected<void> UpdateRun::markBegun()
{
    return m_parts.ledger.together([this]() -> Expected<void> {
        auto link = current();
        if (!link)
            return tl::unexpected(link.error());
        link->partlyUpdated = true;
        return m_parts.ledger.save(*link);
    });
}

QCoro::Task<Expected<void>> UpdateRun::send()
{
    Expected<std::size_t> sent = fail(ErrorCode::KeyMissing);
    for (const Secret& key : m_keys) {
        Upload upload(m_server, m_link.id.shareId, key, m_difference.items);
        upload.setGate(&m_snapshot.searched.gate());
        upload.setProgress([this](qint64 done, qint64 total) { tell(PublishStage::Uploading, done, total); });
        sent = co_await upload.send(m_stop);
        m_verdict = upload.verdict();
        // 500 is the answer to a wrong key, to an unknown link and to a fault alike.
        if (sent || sent.error().code != ErrorCode::ServerFailed)
            break;
    }
    if (!sent && sent.error().code == ErrorCode::ServerFailed)
        co_return fail(ErrorCode::UpdateRefused, m_server.origin().host(), sent.error().detail);
    if (!sent)
        co_return tl::unexpected(sent.error());
    co_return Expected<void>{};
}

QCoro::Task<Expected<void>> UpdateRun::verify()
{
    tell(PublishStage::Verifying);
    const auto left = co_await compare();
    if (!left)
        co_return tl::unexpected(left.error());
    if (!left->isEmpty())
        co_return fail(ErrorCode::ServerBadAnswer, m_server.origin().toString());
    co_return Expected<void>{};
}

// Cut short. What became of it is asked, not guessed; without the person's stop token, since that is what may
// have cut it short.
QCoro::Task<Expected<Link>> UpdateRun::settle(Error error)
{
    m_stop = {};
    const Probe found = co_await askBoth(m_server, m_link.id.shareId, {});
    m_public.reset();
    Expected<SnapshotDifference> left = fail(ErrorCode::ServerUnreachable);
    if (found.pastCaches) {
        left = difference(found.pastCaches->document(), m_snapshot.searched);
        m_publicAfter = publicDigest(found.pastCaches);
    }
    const bool arrived = found.pastCaches && found.pastCaches->kind != DataAnswer::Kind::Gone && left;
    if (arrived)
        m_public = *found.pastCaches;
    // Only an answer was lost.
    if (arrived && left->isEmpty() && error.code != ErrorCode::LeakFound)
        co_return finish();
    const bool untouched = arrived && left->items == m_difference.items;
    const auto noted = noteProbe(found, untouched);
    noteFailure(error,
                untouched ? tr("nothing was changed") : tr("partly updated; the next update completes it"));
    co_return tl::unexpected(noted ? error : noted.error());
}

//! Looks through what was read last, if anything was, before the ledger is held.
void UpdateRun::countWhatIsPublic()
{
    if (!m_public)
        return;
    m_link.publicMessages = int(document::saidMessageCount(m_public->document()));
    m_link.publicBytes = m_public->bytes;
    noteContent(m_link, *m_public, m_parts.reader);
}

Expected<void> UpdateRun::noteProbe(const Probe& probe, bool untouched)
{
    countWhatIsPublic();
    return m_parts.ledger.together([&]() -> Expected<void> {
        const auto known = m_parts.ledger.link(m_link.id);
        if (!known)
            return tl::unexpected(known.error());
        if (!*known)
            return fail(ErrorCode::LinkNotFound, m_link.id.shareId);
        Link link = **known;
        const Timestamp at = m_parts.clock();
        applyProbe(link, probe, at);
        if (untouched)
            link.partlyUpdated = m_wasPartlyUpdated;
        if (m_public)
            takeContent(link, m_link);
        const auto saved = m_parts.ledger.save(link);
        if (!saved)
            return saved;
        return m_parts.ledger.append(probeReceipt(link, probe, at));
    });
}

Expected<Link> UpdateRun::finish()
{
    countWhatIsPublic();
    Expected<Link> link = m_link;
    const auto saved = m_parts.ledger.together([&]() -> Expected<void> {
        link = current();
        if (!link)
            return tl::unexpected(link.error());
        const Timestamp at = m_parts.clock();
        link->state = LinkState::Live;
        link->checkedAt = at;
        link->syncedAt = at;
        link->syncedThrough = m_snapshot.through;
        link->hidesAll = m_snapshot.hidesAll;
        link->leftOutBesides = m_snapshot.leftOutBesides;
        link->partlyUpdated = false;
        link->publicMessages = m_link.publicMessages;
        link->publicBytes = m_link.publicBytes;
        takeContent(*link, m_link);
        link->title = m_snapshot.title;
        auto done = m_parts.ledger.save(*link);
        if (!done)
            return done;
        Receipt receipt = receiptFor(*link, updateAct, at);
        receipt.detail = whatWasSent();
        receipt.asked = m_difference.isEmpty() ? askedToCompare : askedToUpdate;
        receipt.answered = answerName({});
        receipt.publicBefore = m_publicBefore;
        receipt.publicAfter = m_publicAfter;
        return m_parts.ledger.append(receipt);
    });
    if (!saved) {
        noteFailure(saved.error());
        return tl::unexpected(saved.error());
    }
    return link;
}

//! The link as it is now: a takedown may have come in between, and goes before an update.
Expected<Link> UpdateRun::current() const
{
    const auto link = m_parts.ledger.link(m_link.id);
    if (!link)
        return tl::unexpected(link.error());
    if (!*link)
        return fail(ErrorCode::LinkNotFound, m_link.id.shareId);
    if (const auto reason = whyNotUpdatable(**link))
        return tl::unexpected(*reason);
    return **link;
}

QString UpdateRun::whatWasSent() const
{
    if (m_difference.isEmpty())
        return tr("it was up to date; nothing was sent");
    return tr("items added: %1, changed: %2, blanked: %3; %4")
        .arg(m_difference.added)
        .arg(m_difference.changed)
        .arg(m_difference.blanked)
        .arg(gateDetail(m_verdict, m_snapshot.keptReason));
}

void UpdateRun::noteFailure(const Error& error, const QString& detail)
{
    Receipt receipt = receiptFor(m_link, updateAct, m_parts.clock());
    receipt.outcome = codeName(error.code);
    receipt.detail = detail;
    receipt.publicBefore = m_publicBefore;
    if (error.detail.startsWith(QLatin1String("HTTP "))) {
        receipt.asked = m_difference.isEmpty() ? askedToCompare : askedToUpdate;
        receipt.answered = answerName(tl::unexpected(error));
    }
    // The error itself is what the caller gets; a ledger that can't be written is often its very reason.
    (void)m_parts.ledger.append(receipt);
}

void UpdateRun::tell(PublishStage stage, qint64 sent, qint64 total) const
{
    if (m_observe)
        m_observe({stage, sent, total});
}

} // namespace sharelock::sharing
