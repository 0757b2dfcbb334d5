// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/takedown_run.h"

#include "document/blank_items.h"
#include "sharing/upload.h"

#include <QCoreApplication>

#include <algorithm>

namespace sharelock::sharing {

namespace {

const auto blankAct = QStringLiteral("blank");
const auto deleteAct = QStringLiteral("delete");
const auto recreateAct = QStringLiteral("recreate");
const auto okOutcome = QStringLiteral("ok");
const auto syncCall = QStringLiteral("POST /api/share/:id/sync");
const auto deleteCall = QStringLiteral("DELETE /api/share/:id");
const auto createCall = QStringLiteral("POST /api/share");

} // namespace

TakedownRun::TakedownRun(Parts parts, Link link, TakedownObserver observe, std::stop_token stop)
    : m_parts(parts)
    , m_link(std::move(link))
    , m_stepBefore(m_link.step)
    , m_server(m_link.id.origin, parts.http)
    , m_observe(std::move(observe))
    , m_stop(std::move(stop))
{
}

QCoro::Task<Expected<Link>> TakedownRun::go(Secret spareKey)
{
    const auto keys = collectKeys(spareKey);
    if (!keys) {
        auto judged = co_await withoutKey(keys.error());
        co_return judged;
    }
    // From here on a restart knows that it has to go.
    m_link.step = LinkStep::TakedownRequested;
    const auto saved = m_parts.ledger.save(m_link);
    if (!saved)
        co_return tl::unexpected(saved.error());

    constexpr int passes = 2;
    for (int number = 1; number <= passes; ++number) {
        const auto ended = co_await pass();
        if (!ended && ended.error().code == ErrorCode::Cancelled)
            co_return cancelled();
        if (!ended)
            co_return tl::unexpected(ended.error());
        if (*ended == Pass::NoAnswer)
            co_return finish(false);
        if (*ended == Pass::Clean || number == passes)
            break;
        // Content without a record obeys no key. The same ID created anew does, and gives a new one.
        const auto recreated = co_await recreate();
        if (!recreated)
            co_return tl::unexpected(recreated.error());
    }
    co_return finish(true);
}

Expected<void> TakedownRun::collectKeys(const Secret& spareKey)
{
    Error reason{ErrorCode::KeyMissing, m_link.id.shareId, {}};
    // A session that was shared again has several keys, and only the server knows which one counts.
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
    if (!spareKey.isEmpty() && std::find(m_keys.begin(), m_keys.end(), spareKey) == m_keys.end())
        m_keys.push_back(spareKey);
    if (m_keys.empty())
        return tl::unexpected(reason);
    return {};
}

QCoro::Task<Expected<Link>> TakedownRun::withoutKey(Error reason)
{
    tell(TakedownStage::Probing);
    const Probe found = co_await askBoth(m_server, m_link.id.shareId, m_stop);
    if (found.isCancelled())
        co_return fail(ErrorCode::Cancelled);
    const Timestamp at = m_parts.clock();
    applyProbe(m_link, found, at);
    if (mayBePublic(m_link.state) && m_link.state != LinkState::Unreachable && !m_link.hasKey)
        m_link.state = LinkState::OrphanLost;
    const auto saved = m_parts.ledger.save(m_link);
    if (!saved)
        co_return tl::unexpected(saved.error());
    const auto noted = m_parts.ledger.append(probeReceipt(m_link, found, at));
    if (!noted)
        co_return tl::unexpected(noted.error());
    // Somebody else removed it: nothing is left to do that would need the key.
    if (m_link.state == LinkState::Removed)
        co_return m_link;
    co_return tl::unexpected(reason);
}

QCoro::Task<Expected<TakedownRun::Pass>> TakedownRun::pass()
{
    tell(TakedownStage::Reading);
    const auto answer = co_await read();
    m_publicBefore = publicDigest(answer);
    if (!answer && answer.error().code == ErrorCode::Cancelled)
        co_return fail(ErrorCode::Cancelled);
    if (!answer && isUnanswered(answer.error().code))
        co_return Pass::NoAnswer;
    if (answer && answer->kind == DataAnswer::Kind::Content) {
        tell(TakedownStage::Blanking);
        const auto blanked = co_await blank(answer->document);
        if (!blanked && blanked.error().code == ErrorCode::Cancelled)
            co_return fail(ErrorCode::Cancelled);
        if (!blanked && isUnanswered(blanked.error().code))
            co_return Pass::NoAnswer;
    }
    tell(TakedownStage::Deleting);
    const auto removed = co_await remove();
    if (!removed && removed.error().code == ErrorCode::Cancelled)
        co_return fail(ErrorCode::Cancelled);
    if (!removed && isUnanswered(removed.error().code))
        co_return Pass::NoAnswer;
    tell(TakedownStage::Probing);
    const auto probed = co_await probe();
    if (!probed)
        co_return tl::unexpected(probed.error());
    if (m_link.state == LinkState::Unreachable)
        co_return Pass::NoAnswer;
    co_return m_link.state == LinkState::StillServed ? Pass::StillServed : Pass::Clean;
}

QCoro::Task<Expected<DataAnswer>> TakedownRun::read()
{
    auto answer = co_await m_server.data(m_link.id.shareId, true, m_stop);
    // What is there decides what can be blanked, so one strange answer is not taken for the truth.
    if (!answer && answer.error().code != ErrorCode::Cancelled && !isUnanswered(answer.error().code))
        answer = co_await m_server.data(m_link.id.shareId, true, m_stop);
    co_return answer;
}

QCoro::Task<Expected<void>> TakedownRun::blank(document::ShareDocument document)
{
    const auto blanks = document::blanked(document);
    if (!blanks) {
        note(blankAct, codeName(blanks.error().code), {});
        co_return tl::unexpected(blanks.error());
    }
    Expected<std::size_t> sent = fail(ErrorCode::KeyMissing);
    m_touched = true;
    for (std::size_t index = 0; index < m_keys.size(); ++index) {
        Upload upload(m_server, m_link.id.shareId, m_keys[index], blanks->items());
        sent = co_await upload.send(m_stop);
        // 500 may mean a wrong key: opencode hands out another one when a session is shared again.
        if (sent || sent.error().code != ErrorCode::ServerFailed) {
            std::rotate(m_keys.begin(), m_keys.begin() + std::ptrdiff_t(index),
                        m_keys.begin() + std::ptrdiff_t(index) + 1);
            break;
        }
    }
    if (!sent) {
        note(blankAct, codeName(sent.error().code), {}, syncCall, tl::unexpected(sent.error()));
        co_return tl::unexpected(sent.error());
    }
    note(blankAct, okOutcome,
         QCoreApplication::translate("sharelock::Takedown", "items overwritten: %1").arg(*sent), syncCall);
    co_return Expected<void>{};
}

QCoro::Task<Expected<void>> TakedownRun::remove()
{
    Expected<void> removed = fail(ErrorCode::KeyMissing);
    m_touched = true;
    for (std::size_t index = 0; index < m_keys.size(); ++index) {
        removed = co_await m_server.remove(m_link.id.shareId, m_keys[index], m_stop);
        // The answer to "not found", "wrong key" and "a fault" is the same; asking once more tells a fault.
        if (!removed && removed.error().code == ErrorCode::ServerFailed)
            removed = co_await m_server.remove(m_link.id.shareId, m_keys[index], m_stop);
        if (removed || removed.error().code != ErrorCode::ServerFailed)
            break;
    }
    note(deleteAct, removed ? okOutcome : codeName(removed.error().code), {}, deleteCall, removed);
    co_return removed;
}

QCoro::Task<Expected<void>> TakedownRun::probe()
{
    const Probe found = co_await askBoth(m_server, m_link.id.shareId, m_stop);
    if (found.isCancelled())
        co_return fail(ErrorCode::Cancelled);
    const Timestamp at = m_parts.clock();
    applyProbe(m_link, found, at);
    const auto saved = m_parts.ledger.save(m_link);
    if (!saved)
        co_return saved;
    Receipt receipt = probeReceipt(m_link, found, at);
    receipt.publicBefore = m_publicBefore;
    co_return m_parts.ledger.append(receipt);
}

QCoro::Task<Expected<void>> TakedownRun::recreate()
{
    if (m_link.sessionId.isEmpty())
        co_return Expected<void>{};
    tell(TakedownStage::Recreating);
    // Without the stop: the answer holds the only key to a link that may have its old content again.
    auto created = co_await m_server.create(m_link.sessionId);
    if (!created) {
        note(recreateAct, codeName(created.error().code), {}, createCall, tl::unexpected(created.error()));
        // Refused: the record is still there after all. The second pass tries the keys once more.
        co_return Expected<void>{};
    }
    if (created->id.shareId != m_link.id.shareId) {
        // This server names its shares otherwise: what it made is another, empty one.
        const QString strayId = created->id.shareId;
        const auto removed = co_await m_server.remove(strayId, created->key, m_stop);
        note(recreateAct, codeName(ErrorCode::ServerBadAnswer), removed ? QString() : strayId, createCall);
        co_return Expected<void>{};
    }
    note(recreateAct, okOutcome, {}, createCall);
    m_keys.assign(1, created->key);
    co_return keepNewKey(created->key);
}

Expected<void> TakedownRun::keepNewKey(const Secret& key)
{
    if (!m_parts.vault.isOpen())
        return {};
    const auto sealed = m_parts.vault.seal(m_link.id, key);
    if (!sealed)
        return tl::unexpected(sealed.error());
    m_link.hasKey = true;
    return m_parts.ledger.saveWithKey(m_link, *sealed);
}

Expected<Link> TakedownRun::finish(bool answered)
{
    const Timestamp at = m_parts.clock();
    if (answered) {
        using namespace std::chrono_literals;
        m_link.step = LinkStep::TakedownDone;
        m_link.nextProbeAt = m_link.state == LinkState::Removed ? nextProbe(m_link, at) : at + 5min;
    } else {
        m_link.state = LinkState::Unreachable;
        m_link.nextProbeAt.reset();
    }
    const auto saved = m_parts.ledger.save(m_link);
    if (!saved)
        return tl::unexpected(saved.error());
    return m_link;
}

Expected<Link> TakedownRun::cancelled()
{
    // Cancelled before anything was changed, it is as it was. Later, only going on makes sense.
    if (!m_touched) {
        m_link.step = m_stepBefore;
        const auto saved = m_parts.ledger.save(m_link);
        if (!saved)
            return tl::unexpected(saved.error());
    }
    return fail(ErrorCode::Cancelled);
}

void TakedownRun::note(const QString& act, const QString& outcome, const QString& detail,
                       const QString& asked, const Expected<void>& ended)
{
    Receipt receipt = receiptFor(m_link, act, m_parts.clock());
    receipt.outcome = outcome;
    receipt.detail = detail;
    receipt.publicBefore = m_publicBefore;
    receipt.asked = asked;
    if (!asked.isEmpty())
        receipt.answered = answerName(ended);
    // A receipt that can't be written must not stop a removal; the state's own saving reports the fault.
    (void)m_parts.ledger.append(receipt);
}

void TakedownRun::tell(TakedownStage stage) const
{
    if (m_observe)
        m_observe(m_link.id, stage);
}

} // namespace sharelock::sharing
