// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/publish_run.h"

#include "base/size_text.h"
#include "document/blank_items.h"
#include "sharing/link_record.h"
#include "sharing/probe.h"
#include "sharing/takedown.h"
#include "sharing/upload.h"

#include <QCoreApplication>

#include <string_view>
#include <unordered_set>

namespace sharelock::sharing {

namespace {

const auto publishAct = QStringLiteral("publish");
const auto askedToPublish = QStringLiteral("POST /api/share, POST /api/share/:id/sync");
const auto replaceAct = QStringLiteral("replace");
constexpr int shareIdLength = 8;

} // namespace

QString gateDetail(const redaction::GateVerdict& verdict, const QString& keptReason)
{
    QString detail = QCoreApplication::translate("sharelock::Publisher", "0 of %1 hidden values found in %2")
                         .arg(verdict.hiddenValues)
                         .arg(sizeText(qint64(verdict.bytesSearched)));
    if (!keptReason.isEmpty())
        detail += QCoreApplication::translate("sharelock::Publisher", "; secrets kept: %1").arg(keptReason);
    return detail;
}

PublishRun::PublishRun(Parts parts, PreparedSnapshot snapshot, const QUrl& origin, PublishObserver observe,
                       std::stop_token stop)
    : m_parts(parts)
    , m_snapshot(std::move(snapshot))
    , m_server(originOf(origin), parts.http)
    , m_observe(std::move(observe))
    , m_stop(std::move(stop))
{
}

QCoro::Task<Expected<Link>> PublishRun::go()
{
    if (!m_parts.vault.isOpen())
        co_return fail(ErrorCode::KeyringMissing);
    tell(PublishStage::Reserving);
    const auto created = co_await reserveAndCreate();
    if (!created) {
        noteFailure(created.error());
        co_return tl::unexpected(created.error());
    }
    tell(PublishStage::Sealing);
    const auto sealed = sealKey(*created);
    if (!sealed) {
        co_await giveBack(*created);
        noteFailure(sealed.error());
        co_return tl::unexpected(sealed.error());
    }
    auto sent = co_await upload(*created);
    if (sent)
        sent = co_await verify();
    Expected<Link> done = sent ? finish() : Expected<Link>(tl::unexpected(sent.error()));
    if (!done) {
        // Half a conversation is nobody's wish. Not with the person's stop token: this must go through.
        noteFailure(done.error());
        Takedown takedown(m_parts.ledger, m_parts.vault, m_parts.http, m_parts.clock);
        (void)co_await takedown.run(m_link.id, created->key);
    }
    co_return done;
}

QCoro::Task<Expected<CreatedShare>> PublishRun::reserveAndCreate()
{
    constexpr int tries = 3;
    for (int number = 1;; ++number) {
        const auto reserved = reserve();
        if (!reserved)
            co_return tl::unexpected(reserved.error());
        tell(PublishStage::Creating);
        auto created = co_await m_server.create(m_link.sessionId, m_stop);
        if (created) {
            const auto moved = moveReservation(*created);
            if (!moved) {
                co_await giveBack(*created);
                co_return tl::unexpected(moved.error());
            }
            co_return created;
        }
        // Whatever became of the request, no content was sent, and there is no key to keep.
        (void)m_parts.ledger.forget(m_link.id);
        if (created.error().code != ErrorCode::ServerFailed || number == tries)
            co_return created;
        // Most likely the last 8 characters are taken.
        const auto renamed = takeFreshIds();
        if (!renamed)
            co_return tl::unexpected(renamed.error());
    }
}

Expected<void> PublishRun::reserve()
{
    m_link = {};
    m_link.sessionId = QString::fromStdString(m_snapshot.rewriting.sessionId);
    m_link.id = {m_server.origin(), m_link.sessionId.right(shareIdLength)};
    m_link.kind = LinkKind::Snapshot;
    m_link.source = LinkSource::Sharelock;
    m_link.step = LinkStep::Reserved;
    m_link.sourceSessionId = m_snapshot.sourceSessionId;
    m_link.title = m_snapshot.title;
    m_link.project = m_snapshot.project;
    m_link.directory = m_snapshot.directory;
    m_link.sharedAt = m_parts.clock();
    if (m_snapshot.removeAfter)
        m_link.expiresAt = m_link.sharedAt + *m_snapshot.removeAfter;

    const auto known = m_parts.ledger.link(m_link.id);
    if (!known)
        return tl::unexpected(known.error());
    if (*known) {
        // Never write over a link that we already have.
        const auto renamed = takeFreshIds();
        return renamed ? reserve() : renamed;
    }
    const auto saved = m_parts.ledger.save(m_link);
    if (!saved)
        return saved;
    return m_parts.ledger.saveRewriting(m_link.id, m_snapshot.rewriting);
}

Expected<void> PublishRun::moveReservation(const CreatedShare& created)
{
    m_link.url = created.url;
    const LinkId reserved = std::exchange(m_link.id, created.id);
    if (reserved == created.id)
        return {};
    const auto known = m_parts.ledger.link(created.id);
    if (!known)
        return tl::unexpected(known.error());
    // A server that hands out the ID of another link of ours would have us overwrite its key.
    if (*known)
        return fail(ErrorCode::ServerBadAnswer, m_server.origin().toString());
    const auto saved = m_parts.ledger.save(m_link);
    if (!saved)
        return saved;
    const auto moved = m_parts.ledger.saveRewriting(m_link.id, m_snapshot.rewriting);
    if (!moved)
        return moved;
    return m_parts.ledger.forget(reserved);
}

Expected<void> PublishRun::takeFreshIds()
{
    auto rewriting = document::randomRewriting(m_snapshot.document());
    if (!rewriting)
        return tl::unexpected(rewriting.error());
    auto renamed = document::withNewIds(m_snapshot.document(), *rewriting);
    if (!renamed)
        return tl::unexpected(renamed.error());
    auto searched = redaction::SearchedDocument::search(*std::move(renamed), m_snapshot.searched.plan());
    if (!searched)
        return tl::unexpected(searched.error());
    m_snapshot.rewriting = *std::move(rewriting);
    m_snapshot.searched = *std::move(searched);
    return {};
}

Expected<void> PublishRun::sealKey(const CreatedShare& created)
{
    const auto sealed = m_parts.vault.seal(m_link.id, created.key);
    if (!sealed)
        return tl::unexpected(sealed.error());
    m_link.step = LinkStep::Sealed;
    m_link.hasKey = true;
    return m_parts.ledger.saveWithKey(m_link, *sealed);
}

// A share that was created but can't be kept: it has no content, so its record is all that must go.
QCoro::Task<void> PublishRun::giveBack(CreatedShare created)
{
    const auto known = m_parts.ledger.link(created.id);
    const bool isOurOther = known && *known && (*known)->step != LinkStep::Reserved;
    if (isOurOther)
        co_return;
    (void)co_await m_server.remove(created.id.shareId, created.key);
    (void)m_parts.ledger.forget(created.id);
}

QCoro::Task<Expected<void>> PublishRun::upload(CreatedShare created)
{
    Upload upload(m_server, created.id.shareId, created.key, m_snapshot.document().items());
    upload.setGate(&m_snapshot.searched.gate());
    upload.setProgress([this](qint64 sent, qint64 total) { tell(PublishStage::Uploading, sent, total); });
    const auto sent = co_await upload.send(m_stop);
    m_verdict = upload.verdict();
    if (!sent)
        co_return tl::unexpected(sent.error());
    co_return Expected<void>{};
}

QCoro::Task<Expected<void>> PublishRun::verify()
{
    tell(PublishStage::Verifying);
    const auto answer = co_await m_server.data(m_link.id.shareId, true, m_stop);
    if (!answer)
        co_return tl::unexpected(answer.error());
    std::unordered_set<std::string_view> there;
    for (const document::ShareItem& item : answer->document().items())
        there.insert(item.key);
    for (const document::ShareItem& item : m_snapshot.document().items()) {
        if (!there.contains(item.key)) {
            m_publicAfter = publicDigest(answer);
            co_return fail(ErrorCode::ServerBadAnswer, m_server.origin().toString());
        }
    }
    m_link.publicMessages = int(document::saidMessageCount(answer->document()));
    m_link.publicBytes = answer->bytes;
    noteContent(m_link, *answer, m_parts.reader);
    m_publicAfter = publicDigest(answer);
    co_return Expected<void>{};
}

Expected<Link> PublishRun::finish()
{
    const Timestamp at = m_parts.clock();
    m_link.step = LinkStep::Published;
    m_link.state = LinkState::Live;
    m_link.checkedAt = at;
    m_link.syncedAt = at;
    m_link.syncedThrough = m_snapshot.through;
    m_link.hidesAll = m_snapshot.hidesAll;
    m_link.leftOutBesides = m_snapshot.leftOutBesides;
    // One transaction: from here on there is a snapshot, and what it replaces has to go. Killed before, a
    // restart takes the snapshot down; killed after, it goes on with the takedown.
    const auto saved = m_parts.ledger.together([&]() -> Expected<void> {
        const auto written = m_parts.ledger.save(m_link);
        if (!written)
            return written;
        Receipt receipt = receiptFor(m_link, publishAct, at);
        receipt.detail = gateDetail(m_verdict, m_snapshot.keptReason);
        receipt.asked = askedToPublish;
        receipt.answered = answerName({});
        receipt.publicAfter = m_publicAfter;
        const auto noted = m_parts.ledger.append(receipt);
        if (!noted || !m_snapshot.replaces)
            return noted;
        return requestTakedown(*m_snapshot.replaces, at);
    });
    if (!saved)
        return tl::unexpected(saved.error());
    return m_link;
}

Expected<void> PublishRun::requestTakedown(const LinkId& replaced, Timestamp at)
{
    const auto recorded = recordLink(
        m_parts.ledger, replaced, [](Link& link) { link.step = LinkStep::TakedownRequested; },
        [&](const Link& link) {
            Receipt receipt = receiptFor(link, replaceAct, at);
            receipt.detail = m_link.url.toString();
            return receipt;
        });
    if (!recorded)
        return tl::unexpected(recorded.error());
    return {};
}

void PublishRun::noteFailure(const Error& error)
{
    Receipt receipt = receiptFor(m_link, publishAct, m_parts.clock());
    receipt.title = m_snapshot.title;
    receipt.outcome = codeName(error.code);
    receipt.publicAfter = m_publicAfter;
    if (error.detail.startsWith(QLatin1String("HTTP "))) {
        receipt.asked = askedToPublish;
        receipt.answered = answerName(tl::unexpected(error));
    }
    // The error itself is what the caller gets; a ledger that can't be written is often its very reason.
    (void)m_parts.ledger.append(receipt);
}

void PublishRun::tell(PublishStage stage, qint64 sent, qint64 total) const
{
    if (m_observe)
        m_observe({stage, sent, total});
}

} // namespace sharelock::sharing
