// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/json.h"

#include "sharing/export.h"

namespace sharelock::cli {

QJsonValue timeJson(std::optional<Timestamp> at)
{
    return at ? QJsonValue(isoString(at)) : QJsonValue(QJsonValue::Null);
}

QJsonObject sessionJson(const opencode::SessionSummary& session, const sharing::Link* link)
{
    return {
        {QStringLiteral("id"), session.id},
        {QStringLiteral("parentId"),
         session.parentId.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(session.parentId)},
        {QStringLiteral("title"), session.title},
        {QStringLiteral("project"), session.project},
        {QStringLiteral("directory"), session.directory},
        {QStringLiteral("created"), timeJson(session.created)},
        {QStringLiteral("updated"), timeJson(session.updated)},
        {QStringLiteral("archived"), timeJson(session.archived)},
        {QStringLiteral("messages"), session.messages},
        {QStringLiteral("link"),
         link != nullptr ? QJsonValue(sharing::linkJson(*link)) : QJsonValue(QJsonValue::Null)},
    };
}

QJsonObject findingsJson(const sharing::SessionFindings& findings)
{
    return {{QStringLiteral("secrets"), findings.secrets}, {QStringLiteral("personal"), findings.personal}};
}

const sharing::Link* linkOf(const QString& sessionId, const std::vector<sharing::Link>& links)
{
    const sharing::Link* best = nullptr;
    for (const sharing::Link& link : links) {
        if (link.sourceSessionId != sessionId)
            continue;
        const auto rank = [](const sharing::Link& l) {
            return std::pair(sharing::mayBePublic(l.state), l.sharedAt);
        };
        if (best == nullptr || rank(*best) < rank(link))
            best = &link;
    }
    return best;
}

} // namespace sharelock::cli
