// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/json.h"
#include "cli/link_filter.h"
#include "cli/takedown_text.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace sharelock::cli {

namespace {

using sharing::LinkState;
using sharing::TakedownStage;

//! Each link's line as soon as it is known; progress and lines of several links come as they come.
sharing::BulkObserver observer(Output& out)
{
    sharing::BulkObserver observe;
    observe.stage = [&out](const sharing::LinkId& id, TakedownStage stage) {
        out.progress(id.shareId + QStringLiteral(": ") + stageText(stage));
    };
    observe.ended = [&out](const sharing::LinkId& id, const Expected<sharing::Link>& result) {
        if (!result && result.error().code != ErrorCode::Cancelled)
            out.error(result.error());
        if (result && !out.json())
            out.line(QStringLiteral("%1  %2  %3")
                         .arg(id.shareId, sharing::stateName(result->state), sharing::proofText(*result))
                         .trimmed());
    };
    return observe;
}

//! All names must be known before the first link is touched.
Expected<std::vector<sharing::Link>> chosenLinks(const Invocation& invocation, const LinkFilter& filter)
{
    std::vector<sharing::Link> chosen;
    if (invocation.names.isEmpty()) {
        const auto links = invocation.manager.links();
        const auto violating = violatingLinks(invocation.manager);
        if (!links || !violating)
            return tl::unexpected(links ? violating.error() : links.error());
        std::copy_if(links->begin(), links->end(), std::back_inserter(chosen),
                     [&](const sharing::Link& link) {
                         return sharing::mayBePublic(link.state) && link.state != LinkState::Foreign &&
                                filter.accepts(link, *violating);
                     });
        return chosen;
    }
    for (const QString& name : invocation.names) {
        auto link = invocation.manager.findLink(name);
        if (!link)
            return tl::unexpected(link.error());
        chosen.push_back(std::move(*link));
    }
    return chosen;
}

//! What would be taken down.
void print(const std::vector<sharing::Link>& links, Output& out)
{
    if (out.json()) {
        QJsonArray array;
        for (const sharing::Link& link : links)
            array.append(linkJson(link));
        out.document(array);
        return;
    }
    for (const sharing::Link& link : links)
        out.line(QStringLiteral("%1  %2  %3  %4")
                     .arg(link.id.shareId, sharing::stateName(link.state), link.url.toString(),
                          visible(link.title)));
}

bool confirmed(const Invocation& invocation, const std::vector<sharing::Link>& links)
{
    if (invocation.options.isSet(QStringLiteral("yes")))
        return true;
    for (const sharing::Link& link : links)
        invocation.out.note(QStringLiteral("  %1  %2").arg(link.url.toString(), visible(link.title)));
    if (invocation.out.confirm(
            QStringLiteral("Take down %1?")
                .arg(links.size() == 1 ? QStringLiteral("this link") : QStringLiteral("these links"))))
        return true;
    invocation.out.error(Error{ErrorCode::NotConfirmed, QStringLiteral("unshare"), {}});
    return false;
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const auto filter = linkFilter(invocation);
    if (!filter)
        co_return Usage;
    const bool isChosen = invocation.options.isSet(QStringLiteral("all")) || !filter->isEmpty();
    if (isChosen != invocation.names.isEmpty()) {
        invocation.out.note(QStringLiteral(
            "sharelock: unshare takes LINK…, or --all, --state, --with-findings, --older-than."));
        co_return Usage;
    }
    const sharing::VaultReport vault = co_await invocation.manager.openVault();
    if (vault.status != sharing::VaultStatus::Open)
        invocation.out.error(vault.error); // Not the end: opencode.db may still hold the key.
    const auto sessions = invocation.manager.sessions();
    if (!sessions)
        invocation.out.error(sessions.error()); // Not the end either: the ledger may hold it.
    // Links that are named are known; all of them are not.
    int status = sessions || !isChosen ? Done : statusOfInventory(sessions.error());
    const auto links = chosenLinks(invocation, *filter);
    if (!links) {
        invocation.out.error(links.error());
        co_return statusFor(links.error());
    }
    if (invocation.options.isSet(QStringLiteral("dry-run"))) {
        print(*links, invocation.out);
        co_return status;
    }
    if (links->empty())
        invocation.out.note(QStringLiteral("No such link may be public."));
    else if (!confirmed(invocation, *links))
        co_return Usage;
    std::vector<sharing::LinkId> ids;
    std::map<sharing::LinkId, const sharing::Link*> asked;
    for (const sharing::Link& link : *links) {
        ids.push_back(link.id);
        asked.emplace(link.id, &link);
    }
    // Ctrl+C lets what has begun come to its end; a second one kills, and the next start goes on.
    const sharing::TakedownStop stop{invocation.stop, {}};
    const auto ended = co_await invocation.manager.unshareAll(ids, observer(invocation.out), stop);
    if (!ended) {
        invocation.out.error(ended.error());
        co_return statusFor(ended.error());
    }
    QJsonArray results;
    for (const sharing::BulkResult& one : *ended) {
        results.append(resultJson(*asked.at(one.id), one.link));
        status = combined(status, statusOf(one.link));
    }
    if (invocation.stop.stop_requested())
        invocation.out.error(Error{ErrorCode::Cancelled, {}, {}});
    if (invocation.out.json())
        invocation.out.document(results);
    // opencode's own rows of these links are put in order meanwhile; Ctrl+C leaves that to the next time.
    co_await invocation.manager.backgroundDone();
    co_return status;
}

} // namespace

Command unshareCommand()
{
    return {"unshare", "[LINK…]", "Take links down, and prove that they are gone.",
            [](QCommandLineParser& parser) {
                parser.addOption({QStringLiteral("all"),
                                  QStringLiteral("Every link that may be public, but foreign ones.")});
                addLinkFilterOptions(parser);
                parser.addOption({QStringLiteral("dry-run"),
                                  QStringLiteral("List what would be taken down; touch nothing.")});
                parser.addOption({QStringLiteral("yes"), QStringLiteral("Take down without asking.")});
            },
            run};
}

} // namespace sharelock::cli
