// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/takedown_run.h"

#include "document/blank_items.h"
#include "document/same_json.h"
#include "sharing/link_record.h"
#include "sharing/upload.h"

#include <QCoreApplication>

#include <algorithm>

namespace sharelock::sharing {

namespace {

const auto blankAct = QStringLiteral("blank");
const auto deleteAct = QStringLiteral("delete");
const auto recreateAct = QStringLiteral("recreate");
const auto probeAct = QStringLiteral("probe");
const auto okOutcome = QStringLiteral("ok");

//! \brief An answer, but not one that says much: worth asking once more.
bool isStrange(ErrorCode code)
{
    return code != ErrorCode::Cancelled && !isUnanswered(code);
}

//! \brief What of \p blanks is not there yet.
document::ShareDocument differing(const document::ShareDocument& there, const document::ShareDocument& blanks)
{
    document::ShareDocument rest;
    for (std::size_t index = 0; index < blanks.items().size(); ++index) {
        const document::ShareItem& blank = blanks.items()[index];
        if (!document::sameJson(there.items()[index].data, blank.data))
            rest.addItem(blank);
    }
    return rest;
}

//! \brief The server answers, and keeps to it that we can't have what is there.
bool isWithheld(ErrorCode code)
{
    return code == ErrorCode::ServerRefused || code == ErrorCode::AnswerTooLarge;
}

} // namespace

TakedownRun::TakedownRun(Parts parts, Link link, TakedownObserver observe, TakedownStop stop)
    : m_parts(parts)
    , m_link(std::move(link))
    , m_stepBefore(m_link.step)
    , m_calls(callNames(m_link))
    , m_server(m_link, parts.http)
    , m_observe(std::move(observe))
    , m_stop(std::move(stop))
    , m_wasSilent(m_link.state == LinkState::Unreachable)
{
}

QCoro::Task<Expected<Link>> TakedownRun::go(Secret spareKey)
{
    const auto keys = collectKeys(spareKey);
    if (!keys) {
        auto judged = co_await withoutKey(keys.error());
        co_return judged;
    }
    const auto requested = request();
    if (!requested)
        co_return tl::unexpected(requested.error());

    constexpr int passes = 2;
    for (int number = 1;; ++number) {
        const bool last = number == passes;
        const auto ended = co_await pass(last);
        if (!ended && ended.error().code == ErrorCode::Cancelled)
            co_return cancelled();
        if (!ended)
            co_return tl::unexpected(ended.error());
        if (*ended == Pass::NoAnswer)
            co_return unanswered();
        if (*ended == Pass::Clean || last)
            co_return m_link;
        // Content without a record obeys no key. The same ID created anew does, and gives a new one.
        co_await recreate();
    }
}

// From here on a restart knows that it has to go. Nothing is sent that the ledger can't remember. That a link
// is requested is never written but durably, so what was read is on disk.
Expected<void> TakedownRun::request()
{
    if (m_link.step == LinkStep::TakedownRequested)
        return {};
    return record([](Link& link) { link.step = LinkStep::TakedownRequested; }, {}, Durability::Now);
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
    const Probe found = co_await askBoth(m_server, m_link.id.shareId, stop());
    if (found.isCancelled())
        co_return fail(ErrorCode::Cancelled);
    const Timestamp at = m_parts.clock();
    const auto saved = record(
        [&](Link& link) {
            link.step = m_stepBefore;
            applyProbe(link, found, at);
            if (mayBePublic(link.state) && link.state != LinkState::Unreachable && !link.hasKey)
                link.state = LinkState::OrphanLost;
        },
        [&](const Link& link) { return probeReceipt(link, found, at); });
    if (!saved)
        co_return tl::unexpected(saved.error());
    // Somebody else removed it: nothing is left to do that would need the key.
    if (m_link.state == LinkState::Removed)
        co_return m_link;
    co_return tl::unexpected(reason);
}

QCoro::Task<Expected<TakedownRun::Pass>> TakedownRun::pass(bool last)
{
    tell(TakedownStage::Reading);
    auto answer = co_await read();
    m_publicBefore = publicDigest(answer);
    // An answer that was whole is not thrown away by a stop, but it is no reason to begin.
    const bool isStopped = !m_touched && stop().stop_requested();
    if (isStopped || (!answer && answer.error().code == ErrorCode::Cancelled))
        co_return fail(ErrorCode::Cancelled);
    if (!answer)
        note(probeAct, codeName(answer.error().code), {});
    // What can't be read can't be overwritten, and on many servers content stays when its record goes, with
    // nobody to hold it. So a fault is waited out. What a server will not show at all is deleted none the
    // less.
    if (!answer && !isWithheld(answer.error().code) && !isHopeless(answer.error().code))
        co_return Pass::NoAnswer;
    if (answer && answer->kind == DataAnswer::Kind::Content) {
        tell(TakedownStage::Blanking);
        // Large ones are not kept while the rest is done: a dozen links are in hand.
        const auto blanked = co_await blank(*std::move(answer));
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
    const auto probed = co_await probe(last);
    if (!probed)
        co_return tl::unexpected(probed.error());
    if (m_link.state == LinkState::Unreachable)
        co_return Pass::NoAnswer;
    co_return m_link.state == LinkState::StillServed ? Pass::StillServed : Pass::Clean;
}

// The first generation fails for good over a part whose message is missing. What can't be read there is
// deleted whole all the same, when an earlier look has met the same.
bool TakedownRun::isHopeless(ErrorCode read) const
{
    return isFirstGeneration(m_link) && m_wasSilent && read == ErrorCode::ServerFailed;
}

QCoro::Task<Expected<DataAnswer>> TakedownRun::read()
{
    auto answer = co_await m_server.data(m_link.id.shareId, true, stop());
    // What is there decides what can be blanked, so one strange answer is not taken for the truth.
    if (!answer && isStrange(answer.error().code))
        answer = co_await m_server.data(m_link.id.shareId, true, stop());
    if (answer)
        m_server.learnSession(answer->document());
    m_server.goAhead();
    co_return answer;
}

QCoro::Task<Expected<void>> TakedownRun::blank(DataAnswer there)
{
    auto blanks = document::blanked(there.document());
    if (!blanks) {
        note(blankAct, codeName(blanks.error().code), {});
        co_return tl::unexpected(blanks.error());
    }
    // Where each takes a request, a run that is resumed goes on where the last one ended.
    if (m_server.mostItems() == 1)
        blanks = differing(there.document(), *blanks);
    there = {};
    const auto sent = co_await sendBlanks(*blanks);
    if (!sent) {
        note(blankAct, codeName(sent.error().code), {}, QLatin1String(m_calls.sync),
             tl::unexpected(sent.error()));
        co_return tl::unexpected(sent.error());
    }
    note(blankAct, okOutcome,
         QCoreApplication::translate("sharelock::Takedown", "items overwritten: %1").arg(*sent),
         QLatin1String(m_calls.sync));
    co_return Expected<void>{};
}

QCoro::Task<Expected<std::size_t>> TakedownRun::sendBlanks(const document::ShareDocument& blanks)
{
    Expected<std::size_t> sent = fail(ErrorCode::KeyMissing);
    m_touched = true;
    for (std::size_t index = 0; index < m_keys.size(); ++index) {
        // Twice, as with everything here: the record goes next, and with it the hold on the content.
        for (int number = 0; number < 2 && (number == 0 || (!sent && isStrange(sent.error().code)));
             ++number) {
            Upload upload(m_server, m_link.id.shareId, m_keys[index], blanks.items());
            sent = co_await upload.send(stop());
        }
        // 500 may mean a wrong key: opencode hands out another one when a session is shared again.
        if (sent || sent.error().code != ErrorCode::ServerFailed) {
            std::rotate(m_keys.begin(), m_keys.begin() + std::ptrdiff_t(index),
                        m_keys.begin() + std::ptrdiff_t(index) + 1);
            break;
        }
    }
    co_return sent;
}

QCoro::Task<Expected<void>> TakedownRun::remove()
{
    Expected<void> removed = fail(ErrorCode::KeyMissing);
    m_touched = true;
    for (std::size_t index = 0; index < m_keys.size(); ++index) {
        removed = co_await m_server.remove(m_link.id.shareId, m_keys[index], stop());
        // The answer to "not found", "wrong key" and "a fault" is the same; asking once more tells a fault.
        if (!removed && isStrange(removed.error().code))
            removed = co_await m_server.remove(m_link.id.shareId, m_keys[index], stop());
        if (removed || removed.error().code != ErrorCode::ServerFailed)
            break;
    }
    note(deleteAct, removed ? okOutcome : codeName(removed.error().code), {}, QLatin1String(m_calls.remove),
         removed);
    co_return removed;
}

QCoro::Task<Expected<void>> TakedownRun::probe(bool last)
{
    const Probe found = co_await askBoth(m_server, m_link.id.shareId, stop());
    if (found.isCancelled())
        co_return fail(ErrorCode::Cancelled);
    const Timestamp at = m_parts.clock();
    const auto recorded = record(
        [&](Link& link) {
            applyProbe(link, found, at);
            const bool goesOn = link.state == LinkState::StillServed && !last;
            if (link.state == LinkState::Unreachable || goesOn)
                return;
            using namespace std::chrono_literals;
            link.step = LinkStep::TakedownDone;
            link.nextProbeAt = link.state == LinkState::Removed ? nextProbe(link, at) : at + 5min;
        },
        [&](const Link& link) {
            Receipt receipt = probeReceipt(link, found, at);
            receipt.publicBefore = m_publicBefore;
            return receipt;
        });
    co_return recorded;
}

QCoro::Task<void> TakedownRun::recreate()
{
    // The first generation keeps no content without its record, and gives the key that it has to whoever
    // asks.
    if (m_link.sessionId.isEmpty() || isFirstGeneration(m_link))
        co_return;
    tell(TakedownStage::Recreating);
    // The key that the server gives out now is the only one there will ever be.
    if (!m_parts.vault.isOpen()) {
        note(recreateAct, codeName(ErrorCode::KeyringMissing), {});
        co_return;
    }
    // Without the stop: the answer holds the only key to a link that may have its old content again.
    auto created = co_await m_server.create(m_link.sessionId);
    if (!created) {
        note(recreateAct, codeName(created.error().code), {}, QLatin1String(m_calls.create),
             tl::unexpected(created.error()));
        // Refused: the record is still there after all. The second pass tries the keys once more.
        co_return;
    }
    if (created->id.shareId != m_link.id.shareId) {
        // This server names its shares otherwise: what it made is another, empty one.
        const QString strayId = created->id.shareId;
        const auto removed = co_await m_server.remove(strayId, created->key, stop());
        note(recreateAct, codeName(ErrorCode::ServerBadAnswer), removed ? QString() : strayId,
             QLatin1String(m_calls.create));
        co_return;
    }
    m_keys.assign(1, created->key);
    const auto kept = keepNewKey(created->key);
    // A key that can't be kept is used at once: as long as we live, we can still empty what it opens.
    note(recreateAct, kept ? okOutcome : codeName(kept.error().code), {}, QLatin1String(m_calls.create));
}

Expected<void> TakedownRun::keepNewKey(const Secret& key)
{
    const auto sealed = m_parts.vault.seal(m_link.id, key);
    if (!sealed)
        return tl::unexpected(sealed.error());
    return m_parts.ledger.together([&]() -> Expected<void> {
        auto link = m_parts.ledger.link(m_link.id);
        if (!link)
            return tl::unexpected(link.error());
        if (!*link)
            return fail(ErrorCode::LinkNotFound, m_link.id.shareId);
        (*link)->hasKey = true;
        return m_parts.ledger.saveWithKey(**link, *sealed);
    });
}

Expected<Link> TakedownRun::unanswered()
{
    // Still requested, so the next start takes it up again.
    const auto saved = record([](Link& link) {
        link.state = LinkState::Unreachable;
        link.nextProbeAt.reset();
    });
    if (!saved)
        return tl::unexpected(saved.error());
    return m_link;
}

Expected<Link> TakedownRun::cancelled()
{
    // Cancelled before anything was changed, it is as it was. Later, only going on makes sense.
    if (!m_touched) {
        const auto saved = record([this](Link& link) { link.step = m_stepBefore; });
        if (!saved)
            return tl::unexpected(saved.error());
    }
    return fail(ErrorCode::Cancelled);
}

Expected<void> TakedownRun::record(const std::function<void(Link&)>& change,
                                   const std::function<std::optional<Receipt>(const Link&)>& receipt,
                                   Durability durability)
{
    // What a power cut takes of this a restart finds out again, since it knows what has to go.
    auto recorded = recordLink(m_parts.ledger, m_link.id, change, receipt, durability);
    if (!recorded)
        return tl::unexpected(recorded.error());
    m_link = *std::move(recorded);
    return {};
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
    m_parts.ledger.appendSoon(std::move(receipt));
}

void TakedownRun::tell(TakedownStage stage) const
{
    if (m_observe)
        m_observe(m_link.id, stage);
}

} // namespace sharelock::sharing
