// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/json.h"

namespace sharelock::cli {

QJsonValue timeJson(std::optional<Timestamp> at)
{
    return at ? QJsonValue(isoString(at)) : QJsonValue(QJsonValue::Null);
}

namespace {

//! Null where nobody has looked.
QJsonValue countJson(qint64 count)
{
    return count < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(count);
}

} // namespace

QJsonObject linkJson(const sharing::Link& link)
{
    return {
        {QStringLiteral("id"), link.id.shareId},
        {QStringLiteral("url"), link.url.toString()},
        {QStringLiteral("kind"), sharing::kindName(link.kind)},
        {QStringLiteral("state"), sharing::stateName(link.state)},
        {QStringLiteral("sessionId"), link.sessionId},
        {QStringLiteral("sourceSessionId"), link.sourceSessionId},
        {QStringLiteral("title"), link.title},
        {QStringLiteral("project"), link.project},
        {QStringLiteral("server"), link.id.origin.toString()},
        {QStringLiteral("sharedAt"), timeJson(link.sharedAt)},
        {QStringLiteral("checkedAt"), timeJson(link.checkedAt)},
        {QStringLiteral("removedAt"), timeJson(link.removedAt)},
        {QStringLiteral("syncedAt"), timeJson(link.syncedAt)},
        {QStringLiteral("partlyUpdated"), link.partlyUpdated},
        {QStringLiteral("hasKey"), link.hasKey},
        {QStringLiteral("source"), sharing::sourceName(link.source)},
        {QStringLiteral("unsharedAt"), timeJson(link.unsharedAt)},
        {QStringLiteral("expiresAt"), timeJson(link.expiresAt)},
        {QStringLiteral("publicMessages"), countJson(link.publicMessages)},
        {QStringLiteral("publicBytes"), countJson(link.publicBytes)},
        {QStringLiteral("secrets"), countJson(link.publicSecrets)},
        {QStringLiteral("personal"), countJson(link.publicPersonal)},
    };
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
         link != nullptr ? QJsonValue(linkJson(*link)) : QJsonValue(QJsonValue::Null)},
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
