// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/json.h"

#include <QDateTime>
#include <QLocale>

namespace sharelock::cli {

namespace {

//! Asks the server of every link; links that are proved gone are asked too, since they may answer again.
QCoro::Task<int> checkAll(const Invocation& invocation, std::vector<sharing::Link>& links)
{
    int status = Done;
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (invocation.stop.stop_requested())
            break;
        invocation.out.progress(QStringLiteral("Checking %1 of %2").arg(i + 1).arg(links.size()));
        const sharing::LinkId id = links[i].id;
        const auto checked = co_await invocation.manager.check(id, invocation.stop);
        if (!checked) {
            invocation.out.error(checked.error());
            status = CannotTell;
            continue;
        }
        if (checked->state == sharing::LinkState::Unreachable)
            status = CannotTell;
        links[i] = *checked;
    }
    co_return status;
}

QString when(std::optional<Timestamp> at)
{
    if (!at)
        return QStringLiteral("never");
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(toMilliseconds(*at)),
                                 QStringLiteral("yyyy-MM-dd HH:mm"));
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
    if (links.empty()) {
        out.note(QStringLiteral("No links yet."));
        return;
    }
    std::vector<QStringList> rows;
    for (const sharing::Link& link : links)
        rows.push_back({link.id.shareId, sharing::stateName(link.state), sharing::kindName(link.kind),
                        when(link.sharedAt), when(link.checkedAt), link.url.toString(), visible(link.title)});
    out.table({QStringLiteral("LINK"), QStringLiteral("STATE"), QStringLiteral("KIND"),
               QStringLiteral("SHARED"), QStringLiteral("CHECKED"), QStringLiteral("URL"),
               QStringLiteral("TITLE")},
              rows);
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const sharing::VaultReport vault = co_await invocation.manager.openVault();
    if (vault.status != sharing::VaultStatus::Open)
        invocation.out.error(vault.error);
    // Without opencode's database the ledger still knows the links; say why nothing new was taken in.
    const auto sessions = invocation.manager.sessions();
    if (!sessions)
        invocation.out.error(sessions.error());
    auto links = invocation.manager.links();
    if (!links) {
        invocation.out.error(links.error());
        co_return statusFor(links.error());
    }
    int status = Done;
    if (invocation.options.isSet(QStringLiteral("check"))) {
        const auto resumed = co_await invocation.manager.resume(invocation.stop);
        if (!resumed)
            invocation.out.error(resumed.error());
        links = invocation.manager.links();
        if (!links) {
            invocation.out.error(links.error());
            co_return statusFor(links.error());
        }
        status = co_await checkAll(invocation, *links);
    }
    print(*links, invocation.out);
    co_return status;
}

} // namespace

Command linksCommand()
{
    return {"links", "", "List every link ever seen on this machine, with its last known state.",
            [](QCommandLineParser& parser) {
                parser.addOption(
                    {QStringLiteral("check"), QStringLiteral("Ask each link's server what is public now.")});
            },
            run};
}

} // namespace sharelock::cli
