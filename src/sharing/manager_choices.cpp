// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "document/json_text.h"
#include "redaction/line_ends.h"
#include "redaction/redact.h"
#include "sharing/share_manager_p.h"

#include <algorithm>

namespace sharelock::sharing {

namespace {

using redaction::FoundValue;
using redaction::SecretText;

bool stands(const std::string& value, const std::string& text)
{
    return text.find(value) != std::string::npos;
}

//! \brief Whether another value is called so, or anything else that is hidden.
bool isTaken(const std::vector<FoundValue>& values, const redaction::RedactionPlan& plan,
             const SecretText& value, const std::string& name)
{
    return std::any_of(values.begin(), values.end(),
                       [&](const FoundValue& other) {
                           return other.value != value &&
                                  (other.givenName == name || other.chosenName == name);
                       }) ||
           std::any_of(plan.hidden.begin(), plan.hidden.end(), [&](const redaction::HiddenValue& other) {
               return other.value != value.reveal() && other.pseudonym == name;
           });
}

} // namespace

Expected<void> ShareManager::Private::choiceSaved(Expected<void> saved) const
{
    if (saved && m_background)
        m_background->choicesChanged();
    return saved;
}

Expected<void> ShareManager::decide(const QString& sessionId, const SecretText& value,
                                    const redaction::ScopedDecisions& decided)
{
    const auto session = d->session(sessionId);
    if (!session)
        return tl::unexpected(session.error());
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return d->choiceSaved((*ledger)->saveDecision(choicePlace(*session), value, decided));
}

Expected<void> ShareManager::hideText(const QString& sessionId, const SecretText& text)
{
    assertOffGuiThread("ShareManager::hideText");
    if (auto fits = redaction::checkOwnText(text.reveal()); !fits)
        return fits;
    if (const auto shape = redaction::ownShape(text.reveal()); !shape)
        return tl::unexpected(shape.error());
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const auto document = original(sessionId);
    if (!document)
        return tl::unexpected(document.error());
    const SecretText unified(redaction::withUnifiedLines(text.reveal()));
    auto prints = (*ledger)->printsOf(unified);
    if (!prints)
        return tl::unexpected(prints.error());
    auto found = redaction::OwnSearch({}, *std::move(prints)).search(*document);
    if (!found)
        return tl::unexpected(found.error());
    // It is found again by what it is; what is put together from several texts would be lost.
    if (found->empty())
        return fail(ErrorCode::TextNotFound);
    redaction::giveNames(*found);
    redaction::RedactionPlan plan;
    redaction::hide(plan, *found);
    const auto redacted = redaction::redact(*document, plan);
    if (!redacted)
        return tl::unexpected(redacted.error());
    if (!redaction::LeakGate(plan).check(redacted->document.toJson()))
        return fail(ErrorCode::OwnWordUnhideable);
    return d->choiceSaved((*ledger)->saveOwnText(sessionId, unified));
}

Expected<void> ShareManager::showText(const QString& sessionId, const SecretText& text)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const SecretText unified(redaction::withUnifiedLines(text.reveal()));
    return d->choiceSaved((*ledger)->removeOwnText(sessionId, unified));
}

Expected<void> ShareManager::rename(const PublishOffer& offer, const SecretText& value,
                                    const std::string& name, Naming naming)
{
    assertOffGuiThread("ShareManager::rename");
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const QString& sessionId = offer.snapshot.sourceSessionId;
    // As they are called now: the offer may be older than the last renaming.
    std::vector<FoundValue> values = offer.found;
    const auto known = (*ledger)->applyNames(sessionId, values);
    if (!known)
        return tl::unexpected(known.error());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].givenName.empty())
            values[i].givenName = offer.found[i].givenName;
    }
    const auto named = std::find_if(values.begin(), values.end(),
                                    [&value](const FoundValue& found) { return found.value == value; });
    if (named == values.end())
        return fail(ErrorCode::Internal);
    if (!name.empty()) {
        if (auto fits = redaction::checkPseudonym(name, offer.snapshot.searched.gate()); !fits)
            return fits;
        if (Private::looksSecret(name))
            return fail(ErrorCode::PseudonymReveals);
        if (naming == Naming::Own && isTaken(values, offer.snapshot.searched.plan(), value, name))
            return fail(ErrorCode::PseudonymTaken);
    }
    named->chosenName = name;
    return (*ledger)->together([&]() -> Expected<void> {
        // With those of all others: none of them may change because this one has left the row.
        if (auto saved = (*ledger)->saveNames(sessionId, values); !saved)
            return saved;
        return (*ledger)->saveName(sessionId, *named);
    });
}

Expected<std::vector<redaction::OwnWord>> ShareManager::ownWords()
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->ownWords();
}

Expected<void> ShareManager::saveOwnWord(const redaction::OwnWord& word)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return d->choiceSaved((*ledger)->saveOwnWord(word));
}

Expected<void> ShareManager::removeOwnWord(qint64 number)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return d->choiceSaved((*ledger)->removeOwnWord(number));
}

int keptSecrets(const std::vector<FoundValue>& found)
{
    return static_cast<int>(std::count_if(found.begin(), found.end(), [](const FoundValue& one) {
        return one.decision == redaction::Decision::Keep && one.isSureSecret();
    }));
}

namespace {

Expected<void> reasonFor(int kept, const PublishOffer& offer, const QString& reason)
{
    if (kept > 0 && reason.trimmed().isEmpty())
        return fail(ErrorCode::ReasonMissing, QString::number(kept));
    const std::string text = reason.toStdString();
    const bool reveals =
        std::any_of(offer.found.begin(), offer.found.end(),
                    [&text](const FoundValue& found) { return stands(found.value.reveal(), text); });
    return reveals ? Expected<void>(fail(ErrorCode::ReasonReveals)) : Expected<void>();
}

} // namespace

Expected<void> checkReason(const PublishOffer& offer, const QString& reason)
{
    return reasonFor(keptSecrets(offer), offer, reason);
}

Expected<void> checkReason(const UpdateOffer& update, const QString& reason)
{
    return reasonFor(keptSecrets(update), update.offer, reason);
}

} // namespace sharelock::sharing
