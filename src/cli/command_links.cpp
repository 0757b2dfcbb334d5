// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/json.h"
#include "cli/link_filter.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace sharelock::cli {

namespace {

//! Asks the server of every link; links that are proved gone are asked too, since they may answer again.
QCoro::Task<int> checkAll(const Invocation& invocation, const std::vector<sharing::Link>& links)
{
    std::vector<sharing::LinkId> ids;
    for (const sharing::Link& link : links)
        ids.push_back(link.id);
    int status = Done;
    std::size_t asked = 0;
    const auto observe = [&](const sharing::LinkId&, const Expected<sharing::Link>& link) {
        invocation.out.progress(QStringLiteral("Checked %1 of %2").arg(++asked).arg(ids.size()));
        if (!link)
            invocation.out.error(link.error());
        if (!link || link->state == sharing::LinkState::Unreachable)
            status = CannotTell;
    };
    const auto done = co_await invocation.manager.audit(ids, observe, invocation.stop);
    if (!done) {
        invocation.out.error(done.error());
        status = CannotTell;
    }
    co_return status;
}

QString countText(int count)
{
    return count < 0 ? QStringLiteral("?") : QString::number(count);
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
                        when(link.sharedAt), when(link.checkedAt), countText(link.publicMessages),
                        countText(link.publicSecrets), when(link.expiresAt), link.url.toString(),
                        visible(link.title)});
    out.table({QStringLiteral("LINK"), QStringLiteral("STATE"), QStringLiteral("KIND"),
               QStringLiteral("SHARED"), QStringLiteral("CHECKED"), QStringLiteral("MESSAGES"),
               QStringLiteral("SECRETS"), QStringLiteral("EXPIRES"), QStringLiteral("URL"),
               QStringLiteral("TITLE")},
              rows);
}

//! Reads the links again: what was asked may have changed them.
Expected<std::vector<sharing::Link>> chosen(const Invocation& invocation, const LinkFilter& filter,
                                            const std::set<sharing::LinkId>& violating)
{
    auto links = invocation.manager.links();
    if (links)
        std::erase_if(*links, [&](const sharing::Link& link) { return !filter.accepts(link, violating); });
    return links;
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const auto filter = linkFilter(invocation);
    const auto forbidden = failOn(invocation);
    if (!filter || !forbidden)
        co_return Usage;
    if (invocation.options.isSet(QStringLiteral("csv")) && invocation.out.json()) {
        invocation.out.note(QStringLiteral("sharelock: --json and --csv exclude each other."));
        co_return Usage;
    }
    const sharing::VaultReport vault = co_await invocation.manager.openVault();
    if (vault.status != sharing::VaultStatus::Open)
        invocation.out.error(vault.error);
    // Without opencode's database the ledger still knows the links; say why nothing new was taken in.
    const auto sessions = invocation.manager.sessions();
    if (!sessions)
        invocation.out.error(sessions.error());
    int status = sessions ? Done : statusOfInventory(sessions.error());
    if (invocation.options.isSet(QStringLiteral("check"))) {
        const auto resumed = co_await invocation.manager.resume(invocation.stop);
        if (!resumed)
            invocation.out.error(resumed.error());
        // All of them: a filter is about what they turn out to be.
        const auto all = invocation.manager.links();
        if (all) {
            const int checked = co_await checkAll(invocation, *all);
            status = std::max(status, checked);
        }
    }
    const auto violating = violatingLinks(invocation.manager);
    if (!violating) {
        invocation.out.error(violating.error());
        co_return statusFor(violating.error());
    }
    const auto links = chosen(invocation, *filter, *violating);
    if (!links) {
        invocation.out.error(links.error());
        co_return statusFor(links.error());
    }
    if (invocation.options.isSet(QStringLiteral("csv")))
        invocation.out.raw(sharing::linksCsv(*links).toStdString());
    else
        print(*links, invocation.out);
    const bool violated = std::any_of(links->begin(), links->end(), [&](const sharing::Link& link) {
        return violates(link, *forbidden, *violating);
    });
    co_return violated ? NotDone : status;
}

} // namespace

Command linksCommand()
{
    return {
        "links", "", "List every link ever seen on this machine, with its last known state.",
        [](QCommandLineParser& parser) {
            parser.addOption(
                {QStringLiteral("check"), QStringLiteral("Ask each link's server what is public now.")});
            parser.addOption({QStringLiteral("csv"), QStringLiteral("CSV (RFC 4180) on standard output.")});
            addLinkFilterOptions(parser);
            addFailOnOption(parser);
        },
        run};
}

} // namespace sharelock::cli
