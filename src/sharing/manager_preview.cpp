// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "redaction/found_values.h"
#include "redaction/leave_out.h"
#include "redaction/longer_values.h"
#include "redaction/own_words.h"
#include "redaction/personal_names.h"
#include "redaction/redact.h"
#include "redaction/rule_library.h"
#include "sharing/cached_scan.h"
#include "sharing/scan_rules.h"
#include "sharing/share_manager_p.h"

#include <QFileInfo>
#include <QThread>

#include <algorithm>

namespace sharelock::sharing {

bool ShareManager::Private::looksSecret(std::string_view text)
{
    return !scanner().scanText(text).empty();
}

redaction::Scanning ShareManager::Private::scanning(const QString& sessionId, const QStringList& files)
{
    const auto session =
        sessionId.isEmpty() ? Expected<opencode::SessionSummary>() : this->session(sessionId);
    return scanningFor(options.environment, session ? session->worktree : QString(), files);
}

Expected<ShareManager::Private::Review> ShareManager::Private::review(const document::ShareDocument& document,
                                                                      const ChoicePlace& place,
                                                                      redaction::Hiding hiding)
{
    const redaction::Scanning scanning = this->scanning(place.sessionId, {});
    // The cache knows our own rules only.
    const bool isOurs = scanning.version.empty();
    auto scanned = cachedScan(*scanning.scanner, document, isOurs ? scanCache() : nullptr,
                              {QThread::idealThreadCount(), {}});
    if (!scanned)
        return tl::unexpected(scanned.error());
    redaction::takeLongerValues(document, scanned->findings);
    Review review;
    review.rules = scanned->rules;
    review.ruleProblems = scanning.problems;
    const auto stopped = redaction::stoppedProblems(scanned->stopped);
    review.ruleProblems.insert(review.ruleProblems.end(), stopped.begin(), stopped.end());
    review.plan = redaction::personalNames(options.environment).plan;
    review.found = redaction::foundValues(scanned->findings, hiding);
    if (auto chosen = applyChoices(document, place, review); !chosen)
        return tl::unexpected(chosen.error());
    if (hiding == redaction::Hiding::All) {
        for (redaction::FoundValue& found : review.found)
            found.decision = redaction::Decision::Redact;
    }
    redaction::hide(review.plan, review.found);
    return review;
}

Expected<void> ShareManager::Private::applyChoices(const document::ShareDocument& document,
                                                   const ChoicePlace& place, Review& review)
{
    const auto ledger = openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    // First: what is chosen meanwhile makes this older, never newer than it says.
    const auto version = (*ledger)->choicesVersion(place);
    if (!version)
        return tl::unexpected(version.error());
    review.choicesVersion = *version;
    auto words = (*ledger)->ownWords();
    if (!words)
        return tl::unexpected(words.error());
    auto texts = (*ledger)->ownTexts(place.sessionId);
    if (!texts)
        return tl::unexpected(texts.error());
    const redaction::OwnSearch own(*std::move(words), *std::move(texts));
    auto found = own.search(document);
    if (!found)
        return tl::unexpected(found.error());
    redaction::addOwn(review.found, *std::move(found));
    std::erase_if(review.found, [&review](const auto& value) { return isNamedIn(review.plan, value); });
    if (auto applied = (*ledger)->applyDecisions(place, review.found); !applied)
        return applied;
    const auto taken = (*ledger)->applyNames(place.sessionId, review.found);
    if (!taken)
        return tl::unexpected(taken.error());
    redaction::giveNames(review.found, *taken);
    own.hideSpellings(review.plan, review.found);
    return {};
}

Expected<RedactedPart> ShareManager::redacted(const QString& sessionId, const document::ShareDocument& part)
{
    assertOffGuiThread("ShareManager::redacted");
    const auto first = d->goFirst();
    const auto session = d->session(sessionId);
    if (!session)
        return tl::unexpected(session.error());
    const auto out = leftOut(sessionId);
    if (!out)
        return tl::unexpected(out.error());
    const auto reduced = redaction::leaveOut(part, *out);
    if (!reduced)
        return tl::unexpected(reduced.error());
    auto review = d->review(reduced->document, choicePlace(*session), redaction::Hiding::Usual);
    if (!review)
        return tl::unexpected(review.error());
    auto result = redaction::redact(reduced->document, review->plan);
    if (!result)
        return tl::unexpected(result.error());
    return RedactedPart{std::move(result->document), std::move(review->plan), std::move(review->found)};
}

OwnRules ShareManager::ownRules()
{
    assertOffGuiThread("ShareManager::ownRules");
    OwnRules result;
    result.file = personRules(d->options.environment);
    result.exists = QFileInfo::exists(result.file);
    if (!result.exists)
        return result;
    redaction::Scanning scanning = redaction::RuleLibrary::instance().scanning({{result.file, false}});
    const auto& rules = scanning.scanner->rules().rules();
    result.rules = static_cast<int>(std::count_if(
        rules.begin(), rules.end(), [](const redaction::Rule& rule) { return rule.isForeign(); }));
    result.problems = std::move(scanning.problems);
    result.notes = std::move(scanning.notes);
    return result;
}

void ShareManager::warmUp()
{
    (void)redaction::RuleLibrary::instance().builtIn();
}

redaction::Scanning ShareManager::scanning(const QString& sessionId, const QStringList& files)
{
    assertOffGuiThread("ShareManager::scanning");
    return d->scanning(sessionId, files);
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
