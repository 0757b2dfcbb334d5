// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/json.h"

#include <QDateTime>
#include <QLocale>

#include <map>

namespace sharelock::cli {

namespace {

QString when(Timestamp at)
{
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(toMilliseconds(at)),
                                 QStringLiteral("yyyy-MM-dd HH:mm"));
}

//! One look over all links, since linkOf() for each of 10,000 sessions would be quadratic.
std::map<QString, std::vector<sharing::Link>> bySession(const std::vector<sharing::Link>& links)
{
    std::map<QString, std::vector<sharing::Link>> groups;
    for (const sharing::Link& link : links)
        groups[link.sourceSessionId].push_back(link);
    return groups;
}

QCoro::Task<int> run(const Invocation& invocation)
{
    // Opened first, so that links opencode made since are taken in with their keys.
    const sharing::VaultReport vault = co_await invocation.manager.openVault();
    const auto sessions = invocation.manager.sessions();
    if (!sessions) {
        invocation.out.error(sessions.error());
        co_return statusFor(sessions.error());
    }
    const auto links = invocation.manager.links();
    if (!links) {
        invocation.out.error(links.error());
        co_return statusFor(links.error());
    }
    const auto groups = bySession(*links);
    QHash<QString, sharing::SessionFindings> findings;
    if (invocation.out.json())
        findings = invocation.manager.knownFindings(*sessions);
    QJsonArray array;
    std::vector<QStringList> rows;
    for (const opencode::SessionSummary& session : *sessions) {
        const auto group = groups.find(session.id);
        const sharing::Link* link = group == groups.end() ? nullptr : linkOf(session.id, group->second);
        if (invocation.out.json()) {
            QJsonObject json = sessionJson(session, link);
            const auto found = findings.constFind(session.id);
            json.insert(QStringLiteral("findings"),
                        found == findings.cend() ? QJsonValue(QJsonValue::Null) : findingsJson(*found));
            array.append(json);
            continue;
        }
        const QString state = link != nullptr ? sharing::stateName(link->state) : QStringLiteral("-");
        rows.push_back({session.id, when(session.updated), QString::number(session.messages), state,
                        visible(session.project), visible(session.title)});
    }
    if (invocation.out.json()) {
        invocation.out.document(array);
    } else if (rows.empty()) {
        invocation.out.note(QStringLiteral("No sessions yet."));
    } else {
        invocation.out.table({QStringLiteral("SESSION"), QStringLiteral("UPDATED"),
                              QStringLiteral("MESSAGES"), QStringLiteral("LINK"), QStringLiteral("PROJECT"),
                              QStringLiteral("TITLE")},
                             rows);
    }
    co_return Done;
}

} // namespace

Command sessionsCommand()
{
    return {"sessions", "", "List the local opencode sessions of all projects.", [](QCommandLineParser&) {},
            run};
}

} // namespace sharelock::cli
