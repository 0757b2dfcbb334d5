// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "redaction/found_values.h"
#include "redaction/leave_out.h"
#include "redaction/personal_names.h"
#include "redaction/redact.h"
#include "redaction/rule_files.h"
#include "sharing/share_manager_p.h"

#include <QThread>

namespace sharelock::sharing {

namespace {

const redaction::SecretScanner& scanner()
{
    static const redaction::SecretScanner one(redaction::builtInRules());
    return one;
}

} // namespace

Expected<ShareManager::Private::Review> ShareManager::Private::review(const document::ShareDocument& document,
                                                                      const QString& sessionId,
                                                                      redaction::Hiding hiding)
{
    const auto scanned = scanner().scan(document, {QThread::idealThreadCount(), {}});
    if (!scanned)
        return tl::unexpected(scanned.error());
    Review review;
    review.plan = redaction::personalNames(options.environment).plan;
    review.found = redaction::foundValues(scanned->findings, hiding);
    std::erase_if(review.found, [&review](const auto& found) { return isNamedIn(review.plan, found); });
    if (!review.found.empty()) {
        const auto ledger = openLedger();
        if (!ledger)
            return tl::unexpected(ledger.error());
        const auto applied = (*ledger)->applyDecisions(sessionId, review.found);
        if (!applied)
            return tl::unexpected(applied.error());
    }
    if (hiding == redaction::Hiding::All) {
        for (redaction::FoundValue& found : review.found)
            found.decision = redaction::Decision::Redact;
    }
    redaction::hide(review.plan, review.found);
    return review;
}

Expected<void> ShareManager::decide(const QString& sessionId, const redaction::SecretText& value,
                                    redaction::Decision decision)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->saveDecision(sessionId, value, decision);
}

Expected<document::ShareDocument> ShareManager::redacted(const QString& sessionId,
                                                         const document::ShareDocument& part) const
{
    assertOffGuiThread("ShareManager::redacted");
    const auto out = leftOut(sessionId);
    if (!out)
        return tl::unexpected(out.error());
    const auto reduced = redaction::leaveOut(part, *out);
    if (!reduced)
        return tl::unexpected(reduced.error());
    const auto review = d->review(reduced->document, sessionId, redaction::Hiding::Usual);
    if (!review)
        return tl::unexpected(review.error());
    auto result = redaction::redact(reduced->document, review->plan);
    if (!result)
        return tl::unexpected(result.error());
    return std::move(result->document);
}

void ShareManager::warmUp()
{
    (void)scanner();
}

Expected<redaction::ScanResult> ShareManager::scan(const document::ShareDocument& document,
                                                   std::stop_token stop) const
{
    assertOffGuiThread("ShareManager::scan");
    return scanner().scan(document, {QThread::idealThreadCount(), std::move(stop)});
}

Expected<QString> ShareManager::fingerprint(const QString& sessionId)
{
    assertOffGuiThread("ShareManager::fingerprint");
    const auto store = d->openStore();
    if (!store)
        return tl::unexpected(store.error());
    auto result = (*store)->fingerprint(sessionId);
    if (!result && result.error().code != ErrorCode::SessionNotFound)
        return d->dropStore(result.error());
    return result;
}

} // namespace sharelock::sharing
