// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/document_digest.h"
#include "sharing/audit_round.h"
#include "sharing/scan_rules.h"
#include "sharing/share_manager_p.h"

#include <QCryptographicHash>

namespace sharelock::sharing {

namespace {

//! \brief Of our own rules: the same for all that this program does.
const QByteArray& ownRulesMark()
{
    static const QByteArray mark = [] {
        const std::string version = scanVersion({}, scanRuleSources(), {});
        return QByteArray(version.data(), static_cast<qsizetype>(version.size())).toHex().left(16);
    }();
    return mark;
}

//! \brief What the person looked at and keeps is meant to be public.
bool isKept(const redaction::FoundValue& value)
{
    return value.byPerson && value.decision == redaction::Decision::Keep;
}

} // namespace

ContentReader ShareManager::Private::contentReader()
{
    ContentReader reader;
    reader.isCurrent = [this](const Link& link) {
        return link.publicSecrets >= 0 && link.countedWith == countingMark(link);
    };
    reader.read = [this](Link& link, const document::ShareDocument& document) {
        countFindings(link, document);
    };
    return reader;
}

ChoicePlace ShareManager::Private::placeOf(const Link& link)
{
    const auto session = this->session(link.sourceSessionId);
    if (session)
        return choicePlace(*session);
    return {link.sourceSessionId, {}};
}

QByteArray ShareManager::Private::countingMark(const Link& link)
{
    const ChoicePlace place = placeOf(link);
    const redaction::Scanning scanning = this->scanning(link.sourceSessionId, {});
    const auto choices = m_ledger->choicesVersion(place);
    return ownRulesMark() + ' ' + QByteArray::fromStdString(scanning.version).toHex() + ' ' +
           QByteArray::number(choices.value_or(-1));
}

void ShareManager::Private::countFindings(Link& link, const document::ShareDocument& document)
{
    const auto first = goFirst();
    const auto found = review(document, placeOf(link), redaction::Hiding::Usual);
    if (!found) {
        link.publicSecrets = link.publicPersonal = -1;
        link.countedWith.clear();
        return;
    }
    link.publicSecrets = 0;
    link.publicPersonal = 0;
    for (const redaction::FoundValue& value : found->found) {
        if (isKept(value))
            continue;
        ++(value.rule->kind == redaction::FindingKind::Secret ? link.publicSecrets : link.publicPersonal);
    }
    link.countedWith = countingMark(link);
}

QCoro::Task<Expected<Link>> ShareManager::check(LinkId id, std::stop_token stop)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    LinkAudit audit(**ledger, d->http(), d->options.clock);
    auto link = co_await audit.probe(id, stop, d->contentReader());
    co_return link;
}

QCoro::Task<Expected<void>> ShareManager::audit(std::vector<LinkId> ids, AuditObserver observe,
                                                std::stop_token stop)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    AuditRound round(
        [this](LinkId id, std::stop_token token) { return check(std::move(id), std::move(token)); },
        std::move(observe), std::chrono::milliseconds(0), stop);
    co_await round.run(std::move(ids));
    if (stop.stop_requested())
        co_return fail(ErrorCode::Cancelled);
    co_return Expected<void>();
}

QCoro::Task<Expected<void>> ShareManager::auditDueLinks(AuditObserver observe, std::stop_token stop)
{
    const auto all = links();
    if (!all)
        co_return tl::unexpected(all.error());
    const AuditPace pace;
    const Timestamp at = now();
    std::vector<LinkId> due;
    for (const Link& link : *all) {
        if (auditDue(link, pace) <= at)
            due.push_back(link.id);
    }
    AuditRound round(
        [this](LinkId id, std::stop_token token) { return check(std::move(id), std::move(token)); },
        std::move(observe), pace.spread, stop);
    co_await round.run(std::move(due));
    co_return Expected<void>();
}

Expected<document::ShareDocument> ShareManager::Private::asItWouldBePublic(const Link& link)
{
    if (link.kind == LinkKind::Live)
        return q->original(link.sourceSessionId);
    const auto rewriting = m_ledger->rewriting(link.id);
    if (!rewriting)
        return tl::unexpected(rewriting.error());
    const auto hiding = link.hidesAll ? redaction::Hiding::All : redaction::Hiding::Usual;
    auto offered = offer(link.sourceSessionId, hiding, {link.leftOutBesides, {}}, *rewriting);
    if (!offered)
        return tl::unexpected(offered.error());
    return offered->snapshot.document();
}

Expected<std::vector<redaction::FoundValue>> ShareManager::findingsIn(const LinkId& id,
                                                                      const document::ShareDocument& isPublic)
{
    const auto link = d->knownLink(id);
    if (!link)
        return tl::unexpected(link.error());
    auto found = d->review(isPublic, d->placeOf(*link), redaction::Hiding::Usual);
    if (!found)
        return tl::unexpected(found.error());
    return std::move(found->found);
}

QCoro::Task<Expected<LinkDifference>> ShareManager::compareWithSession(LinkId id, std::stop_token stop)
{
    const auto link = d->knownLink(id);
    if (!link)
        co_return tl::unexpected(link.error());
    const auto isPublic = co_await publicDocument(id, stop);
    if (!isPublic)
        co_return tl::unexpected(isPublic.error());
    const auto local = d->asItWouldBePublic(*link);
    if (!local)
        co_return tl::unexpected(local.error());
    auto compared = compare(*isPublic, *local);
    co_return compared;
}

} // namespace sharelock::sharing
