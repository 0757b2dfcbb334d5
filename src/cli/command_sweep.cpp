// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/json.h"

#include <algorithm>

namespace sharelock::cli {

namespace {

//! What is due, as the ledger has it now.
std::vector<sharing::Link> dueLinks(const std::vector<sharing::Link>& links)
{
    std::vector<sharing::Link> due;
    const Timestamp at = now();
    std::copy_if(links.begin(), links.end(), std::back_inserter(due), [at](const sharing::Link& link) {
        return link.step == sharing::LinkStep::TakedownRequested || sharing::isOverdue(link, at) ||
               (link.nextProbeAt && *link.nextProbeAt <= at);
    });
    return due;
}

int statusOf(const std::vector<sharing::Link>& links)
{
    int status = Done;
    for (const sharing::Link& link : links) {
        if (link.state == sharing::LinkState::Unreachable)
            status = std::max<int>(status, CannotTell);
    }
    const Timestamp at = now();
    const bool isLeft = std::any_of(links.begin(), links.end(), [at](const sharing::Link& link) {
        return sharing::isOverdue(link, at) && link.state != sharing::LinkState::Unreachable;
    });
    return isLeft ? NotDone : status;
}

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
        out.line(QStringLiteral("%1  %2  %3")
                     .arg(link.id.shareId, sharing::stateName(link.state), visible(link.title)));
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const sharing::VaultReport vault = co_await invocation.manager.openVault();
    if (vault.status != sharing::VaultStatus::Open)
        invocation.out.error(vault.error);
    // What opencode shared since is taken in, whether or not anything is due.
    const auto sessions = invocation.manager.sessions();
    if (!sessions)
        invocation.out.error(sessions.error());
    const auto links = invocation.manager.links();
    if (!links) {
        invocation.out.error(links.error());
        co_return statusFor(links.error());
    }
    std::vector<sharing::Link> due = dueLinks(*links);
    if (invocation.options.isSet(QStringLiteral("dry-run"))) {
        print(due, invocation.out);
        co_return due.empty() ? Done : NotDone;
    }
    const auto resumed = co_await invocation.manager.resume(invocation.stop);
    if (!resumed) {
        invocation.out.error(resumed.error());
        co_return statusFor(resumed.error());
    }
    for (sharing::Link& link : due) {
        if (const auto now = invocation.manager.findLink(link.url.toString()))
            link = *now;
    }
    print(due, invocation.out);
    co_await invocation.manager.backgroundDone();
    co_return statusOf(due);
}

} // namespace

Command sweepCommand()
{
    return {
        "sweep", "",
        "Take down what is due: expired links, interrupted takedowns; and look again where removed.",
        [](QCommandLineParser& parser) {
            parser.addOption({QStringLiteral("dry-run"), QStringLiteral("List what is due; touch nothing.")});
        },
        run};
}

} // namespace sharelock::cli
