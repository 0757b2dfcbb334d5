// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/json.h"

namespace sharelock::cli {

namespace {

using sharing::LinkState;
using sharing::TakedownStage;

QString stageText(TakedownStage stage)
{
    switch (stage) {
    case TakedownStage::Reading:
        return QStringLiteral("reading what is public");
    case TakedownStage::Blanking:
        return QStringLiteral("blanking");
    case TakedownStage::Deleting:
        return QStringLiteral("deleting");
    case TakedownStage::Probing:
        return QStringLiteral("checking that it is gone");
    case TakedownStage::Recreating:
        return QStringLiteral("taking its ID back to blank it");
    }
    return {};
}

//! The worst of all results decides: still public beats "cannot tell" beats gone.
int combined(int status, int other)
{
    if (status == NotDone || other == NotDone)
        return NotDone;
    return std::max(status, other);
}

int statusOf(LinkState state)
{
    if (state == LinkState::Removed)
        return Done;
    return state == LinkState::Unreachable || state == LinkState::Unknown ? CannotTell : NotDone;
}

QCoro::Task<int> removeOne(const Invocation& invocation, sharing::Link link, QJsonArray& results)
{
    Output* out = &invocation.out;
    const QString id = link.id.shareId;
    sharing::TakedownObserver observe = [out, id](const sharing::LinkId&, TakedownStage stage) {
        out->progress(id + QStringLiteral(": ") + stageText(stage));
    };
    const auto result = co_await invocation.manager.unshare(link.id, observe, invocation.stop);
    QJsonObject json{{QStringLiteral("id"), id}, {QStringLiteral("url"), link.url.toString()}};
    if (!result) {
        json[QStringLiteral("state")] = sharing::stateName(link.state);
        json[QStringLiteral("proof")] = QJsonValue::Null;
        json[QStringLiteral("error")] = codeName(result.error().code);
        results.append(json);
        invocation.out.error(result.error());
        co_return statusFor(result.error());
    }
    const QString proof = sharing::proofText(*result);
    json[QStringLiteral("state")] = sharing::stateName(result->state);
    json[QStringLiteral("proof")] = proof.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(proof);
    results.append(json);
    if (!invocation.out.json())
        invocation.out.line(
            QStringLiteral("%1  %2  %3").arg(id, sharing::stateName(result->state), proof).trimmed());
    co_return statusOf(result->state);
}

//! All names must be known before the first link is touched.
Expected<std::vector<sharing::Link>> chosenLinks(const Invocation& invocation)
{
    std::vector<sharing::Link> chosen;
    for (const QString& name : invocation.names) {
        auto link = invocation.manager.findLink(name);
        if (!link)
            return tl::unexpected(link.error());
        chosen.push_back(std::move(*link));
    }
    return chosen;
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
    const sharing::VaultReport vault = co_await invocation.manager.openVault();
    if (vault.status != sharing::VaultStatus::Open)
        invocation.out.error(vault.error); // Not the end: opencode.db may still hold the key.
    const auto sessions = invocation.manager.sessions();
    if (!sessions)
        invocation.out.error(sessions.error()); // Not the end either: the ledger may hold it.
    const auto links = chosenLinks(invocation);
    if (!links) {
        invocation.out.error(links.error());
        co_return statusFor(links.error());
    }
    if (!confirmed(invocation, *links))
        co_return Usage;
    QJsonArray results;
    int status = Done;
    for (std::size_t i = 0; i < links->size(); ++i) {
        if (invocation.stop.stop_requested()) {
            invocation.out.error(Error{ErrorCode::Cancelled, {}, {}});
            status = NotDone;
            break;
        }
        const int one = co_await removeOne(invocation, (*links)[i], results);
        status = combined(status, one);
    }
    if (invocation.out.json())
        invocation.out.document(results);
    // opencode's own rows of these links are put in order meanwhile; Ctrl+C leaves that to the next time.
    co_await invocation.manager.backgroundDone();
    co_return status;
}

} // namespace

Command unshareCommand()
{
    return {"unshare", "LINK…", "Take links down, and prove that they are gone.",
            [](QCommandLineParser& parser) {
                parser.addOption({QStringLiteral("yes"), QStringLiteral("Take down without asking.")});
            },
            run};
}

} // namespace sharelock::cli
