// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/share_manager.h"

#include "base/thread_guard.h"
#include "document/json_tree.h"
#include "document/reverted.h"
#include "opencode/effective_config.h"
#include "redaction/leave_out.h"
#include "redaction/redact.h"
#include "sharing/share_manager_p.h"

#include <algorithm>

namespace sharelock::sharing {

namespace {

std::optional<Timestamp> lastMessageTime(const document::ShareDocument& document)
{
    std::optional<Timestamp> last;
    for (const document::ShareItem& item : document.items()) {
        if (item.type != document::ItemType::Message)
            continue;
        const auto tree = document::JsonTree::parse(item.data, 2);
        const auto created = tree ? tree->root()["time"]["created"].number() : std::nullopt;
        if (created && (!last || fromMilliseconds(qint64(*created)) > *last))
            last = fromMilliseconds(qint64(*created));
    }
    return last;
}

} // namespace

ShareManager::ShareManager(ManagerOptions options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options)))
{
}

ShareManager::~ShareManager() = default;

Expected<std::vector<opencode::SessionSummary>> ShareManager::sessions()
{
    assertOffGuiThread("ShareManager::sessions");
    return d->refresh();
}

Expected<std::vector<opencode::SessionSummary>> ShareManager::listSessions(opencode::Counting counting)
{
    assertOffGuiThread("ShareManager::listSessions");
    d->markStoreSeen();
    const auto store = d->openStore();
    if (!store)
        return tl::unexpected(store.error());
    auto sessions = (*store)->sessions(counting);
    if (!sessions)
        return d->dropStore(sessions.error());
    return sessions;
}

Expected<opencode::SessionSummary> ShareManager::findSession(const QString& name)
{
    const auto all = sessions();
    if (!all)
        return tl::unexpected(all.error());
    const opencode::SessionSummary* found = nullptr;
    for (const opencode::SessionSummary& session : *all) {
        if (session.id == name)
            return session;
        if (name.isEmpty() || !(session.id.startsWith(name) || session.id.endsWith(name)))
            continue;
        if (found != nullptr)
            return fail(ErrorCode::SessionAmbiguous, name);
        found = &session;
    }
    if (found == nullptr)
        return fail(ErrorCode::SessionNotFound, name);
    return *found;
}

Expected<document::ShareDocument> ShareManager::original(const QString& sessionId)
{
    assertOffGuiThread("ShareManager::original");
    const auto first = d->goFirst();
    const auto store = d->openStore();
    if (!store)
        return tl::unexpected(store.error());
    auto document = (*store)->document(sessionId);
    if (!document && document.error().code != ErrorCode::SessionNotFound)
        return d->dropStore(document.error());
    return document;
}

Expected<opencode::DocumentHead> ShareManager::head(const QString& sessionId,
                                                    const opencode::HeadLimits& limits)
{
    assertOffGuiThread("ShareManager::head");
    const auto first = d->goFirst();
    const auto store = d->openStore();
    if (!store)
        return tl::unexpected(store.error());
    auto head = (*store)->head(sessionId, limits);
    if (!head && head.error().code != ErrorCode::SessionNotFound)
        return d->dropStore(head.error());
    return head;
}

Expected<PublishOffer> ShareManager::offer(const QString& sessionId, redaction::Hiding hiding,
                                           const ContentChoice& choice)
{
    return d->offer(sessionId, hiding, choice, std::nullopt);
}

Expected<PublishOffer> ShareManager::Private::offer(const QString& sessionId, redaction::Hiding hiding,
                                                    const ContentChoice& choice,
                                                    const std::optional<document::IdRewriting>& rewriting)
{
    const auto first = goFirst();
    const auto session = this->session(sessionId);
    if (!session)
        return tl::unexpected(session.error());
    const auto config = this->config(*session);
    if (!config)
        return tl::unexpected(config.error());
    const auto original = q->original(session->id);
    if (!original)
        return tl::unexpected(original.error());
    auto document = document::withoutReverted(*original);
    if (!document)
        return tl::unexpected(document.error());

    PublishOffer offer;
    offer.server = options.server.value_or(config->shareServer);
    offer.disabled = config->mode == opencode::ShareMode::Disabled;
    if (offer.disabled)
        offer.modeFile = config->modeFile;

    const auto leftOutUsually = q->leftOut(session->id);
    if (!leftOutUsually)
        return tl::unexpected(leftOutUsually.error());
    offer.leftOut = (*leftOutUsually | choice.leaveOut).without(choice.include);
    offer.snapshot.through = lastMessageTime(*document);
    offer.snapshot.leftOutBesides = choice.leaveOut;
    const auto reduced = redaction::leaveOut(*std::move(document), offer.leftOut);
    if (!reduced)
        return tl::unexpected(reduced.error());
    offer.hasLeftOut = reduced->hasChanged;
    offer.content = reduced->before;

    PreparedSnapshot& snapshot = offer.snapshot;
    auto review = this->review(reduced->document, choicePlace(*session), hiding);
    if (!review)
        return tl::unexpected(review.error());
    auto redacted = redaction::redact(reduced->document, review->plan);
    if (!redacted)
        return tl::unexpected(redacted.error());
    const auto ids = rewriting ? Expected<document::IdRewriting>(*rewriting)
                               : document::randomRewriting(redacted->document);
    if (!ids)
        return tl::unexpected(ids.error());
    auto renamed = document::withNewIds(redacted->document, *ids);
    if (!renamed)
        return tl::unexpected(renamed.error());
    auto searched = redaction::SearchedDocument::search(*std::move(renamed), std::move(review->plan));
    if (!searched)
        return tl::unexpected(searched.error());
    offer.found = std::move(review->found);
    offer.choicesVersion = review->choicesVersion;
    offer.rules = std::move(review->rules);
    offer.ruleProblems = std::move(review->ruleProblems);
    snapshot.searched = *std::move(searched);
    snapshot.rewriting = *ids;
    snapshot.places = redacted->places;
    snapshot.values = redacted->values;
    snapshot.sourceSessionId = session->id;
    snapshot.title = session->title;
    snapshot.project = session->project;
    snapshot.directory = session->directory;
    snapshot.hidesAll = hiding == redaction::Hiding::All;
    offer.redacted = std::make_shared<const document::ShareDocument>(std::move(redacted->document));
    return offer;
}

QStringList ShareManager::namesNotHidden() const
{
    return redaction::personalNames(d->options.environment).notHidden;
}

Expected<std::vector<Link>> ShareManager::links()
{
    assertOffGuiThread("ShareManager::links");
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    d->markSeen();
    // What opencode has shared since belongs into the list; without opencode's data the list stands by
    // itself.
    (void)d->takeInRows();
    return (*ledger)->links();
}

Expected<Link> ShareManager::findLink(const QString& name)
{
    const auto all = links();
    if (!all)
        return tl::unexpected(all.error());
    const QUrl url(name);
    const auto matching = [&](const auto& test) {
        std::vector<const Link*> found;
        for (const Link& link : *all) {
            if (test(link))
                found.push_back(&link);
        }
        return found;
    };
    std::vector<const Link*> found = matching([&](const Link& link) { return link.url == url; });
    if (found.empty())
        found = matching([&](const Link& link) { return link.id.shareId == name; });
    if (found.empty() && !name.isEmpty())
        found = matching([&](const Link& link) { return link.id.shareId.startsWith(name); });
    if (found.empty())
        return fail(ErrorCode::LinkNotFound, name);
    if (found.size() > 1)
        return fail(ErrorCode::LinkAmbiguous, name);
    return *found.front();
}

} // namespace sharelock::sharing
