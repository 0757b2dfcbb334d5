// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/link_rows.h"

#include "app/times.h"
#include "base/thread_guard.h"
#include "sharing/takedown.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <chrono>

namespace sharelock::app {

namespace {

using sharing::Link;
using sharing::LinkKind;
using sharing::LinkState;

constexpr int historyWeeks = 15;

QString kindText(LinkKind kind)
{
    return kind == LinkKind::Live ? QCoreApplication::translate("Links", "Live link")
                                  : QCoreApplication::translate("Links", "Snapshot");
}

QString sourceText(const Link& link)
{
    using sharing::LinkSource;
    switch (link.source) {
    case LinkSource::Sharelock:
        return QCoreApplication::translate("Links", "published by Sharelock");
    case LinkSource::Opencode:
        return link.unsharedAt ? QCoreApplication::translate("Links", "opencode, which takes it for unshared")
                               : QCoreApplication::translate("Links", "opencode");
    case LinkSource::Claimed:
        return QCoreApplication::translate("Links", "named by a session, without a key");
    case LinkSource::Imported:
        return QCoreApplication::translate("Links", "named by an imported session");
    case LinkSource::Storage:
        return QCoreApplication::translate("Links", "files of an older opencode");
    }
    return {};
}

//! \brief "Live, 3 secrets": what is wrong with it stands beside what it is.
QString stateText(const Link& link)
{
    const QString text = sharing::stateCaption(link.state);
    if (link.publicSecrets <= 0 || !sharing::mayBePublic(link.state))
        return text;
    return QCoreApplication::translate("Links", "%1, %Ln secret(s)", nullptr, link.publicSecrets).arg(text);
}

QString hostOf(const QUrl& origin)
{
    const QString host = origin.host();
    return origin.port() < 0 ? host : host + QLatin1Char(':') + QString::number(origin.port());
}

LinkRow row(const Link& link, Timestamp at)
{
    LinkRow result;
    result.id = linkName(link.id);
    result.linkId = link.id;
    result.url = link.url.toString();
    result.stateKey = sharing::stateName(link.state);
    result.stateText = stateText(link);
    result.title = link.title;
    result.project = link.project;
    result.kind = sharing::kindName(link.kind);
    result.kindText = kindText(link.kind);
    result.server = hostOf(link.id.origin);
    result.key = (link.title + QLatin1Char('\n') + link.project + QLatin1Char('\n') + result.url).toLower();
    result.proof = sharing::proofText(link);
    result.sharedAt = dateTime(link.sharedAt);
    result.checkedAt = dateTime(link.checkedAt);
    result.syncedAt = dateTime(link.syncedAt);
    result.sourceSessionId = link.sourceSessionId;
    result.messages = link.publicMessages;
    result.secrets = link.publicSecrets;
    result.personal = link.publicPersonal;
    result.expiresAt = dateTime(link.expiresAt);
    result.isOverdue = sharing::isOverdue(link, at);
    result.sourceText = sourceText(link);
    result.sessionDeleted = link.sessionDeleted;
    result.hasKey = link.hasKey;
    result.mayBePublic = sharing::mayBePublic(link.state);
    result.updatable = !sharing::whyNotUpdatable(link);
    result.partlyUpdated = link.partlyUpdated;
    result.replaceable = link.kind == LinkKind::Live && !sharing::whyNotReplaceable(link);
    return result;
}

//! \brief The most telling of a session's links wins: one that nobody follows any more, then the live one.
LinkChip chipOf(const Link& link)
{
    if (link.state == LinkState::Orphan || link.state == LinkState::OrphanLost)
        return LinkChip::Orphan;
    return link.kind == LinkKind::Live ? LinkChip::Live : LinkChip::Snapshot;
}

LinkChips chipsOf(const std::vector<Link>& links)
{
    LinkChips chips;
    for (const Link& link : links) {
        if (!sharing::mayBePublic(link.state))
            continue;
        const LinkChip chip = chipOf(link);
        LinkChip& known = chips[link.sourceSessionId];
        const bool wins = known == LinkChip::None || chip == LinkChip::Orphan ||
                          (chip == LinkChip::Live && known == LinkChip::Snapshot);
        if (wins)
            known = chip;
    }
    return chips;
}

SnapshotRows snapshotsOf(const std::vector<Link>& links)
{
    SnapshotRows snapshots;
    QHash<QString, Timestamp> newest;
    for (const Link& link : links) {
        if (sharing::whyNotUpdatable(link))
            continue;
        const auto known = newest.constFind(link.sourceSessionId);
        if (known != newest.constEnd() && *known > link.sharedAt)
            continue;
        newest.insert(link.sourceSessionId, link.sharedAt);
        snapshots.insert(link.sourceSessionId, {linkName(link.id), dateTime(link.syncedThrough)});
    }
    return snapshots;
}

QList<int> history(const std::vector<Link>& links, Timestamp at)
{
    QList<int> result;
    for (int week = historyWeeks - 1; week >= 0; --week) {
        const Timestamp end = at - std::chrono::weeks(week);
        result.append(static_cast<int>(std::count_if(links.begin(), links.end(), [&](const Link& link) {
            return link.sharedAt <= end && (!link.removedAt || *link.removedAt > end);
        })));
    }
    return result;
}

} // namespace

QString linkName(const sharing::LinkId& id)
{
    return id.origin.toString() + QLatin1Char('|') + id.shareId;
}

sharing::LinkId linkOfName(const QString& name)
{
    const qsizetype bar = name.lastIndexOf(QLatin1Char('|'));
    return {QUrl(name.left(bar)), name.mid(bar + 1)};
}

QString doubtText(const Expected<Link>& link)
{
    if (!link)
        return caption(link.error());
    if (link->state == LinkState::Removed)
        return {};
    return QCoreApplication::translate("Links", "Not proved to be gone: %1")
        .arg(sharing::stateCaption(link->state));
}

QString stateGroup(const QString& stateKey)
{
    if (stateKey == sharing::stateName(LinkState::OrphanLost))
        return sharing::stateName(LinkState::Orphan);
    if (stateKey == sharing::stateName(LinkState::Cached))
        return sharing::stateName(LinkState::StillServed);
    for (const auto state :
         {LinkState::Live, LinkState::Orphan, LinkState::StillServed, LinkState::Removed}) {
        if (stateKey == sharing::stateName(state))
            return stateKey;
    }
    return QStringLiteral("other");
}

LinkRowsPtr linkRows(const std::vector<Link>& links, Timestamp at)
{
    assertOffGuiThread("making the rows of the links");
    auto result = std::make_shared<LinkRows>();
    QSet<QString> projects;
    std::optional<Timestamp> checked;
    for (const Link& link : links) {
        // A reservation that never became a link is nobody's link.
        if (link.step == sharing::LinkStep::Reserved)
            continue;
        result->rows.push_back(row(link, at));
        const QString group = stateGroup(result->rows.back().stateKey);
        result->live += group == sharing::stateName(LinkState::Live) ? 1 : 0;
        result->orphans += group == sharing::stateName(LinkState::Orphan) ? 1 : 0;
        result->stillServed += group == sharing::stateName(LinkState::StillServed) ? 1 : 0;
        const LinkRow& added = result->rows.back();
        result->withSecrets += added.mayBePublic && added.secrets > 0 ? 1 : 0;
        result->overdue += added.isOverdue ? 1 : 0;
        const bool isAmiss = group == sharing::stateName(LinkState::Orphan) ||
                             group == sharing::stateName(LinkState::StillServed) ||
                             (added.mayBePublic && added.secrets > 0) || added.isOverdue;
        result->attention += isAmiss ? 1 : 0;
        if (!link.project.isEmpty())
            projects.insert(link.project);
        if (link.checkedAt && (!checked || *checked < *link.checkedAt))
            checked = link.checkedAt;
    }
    result->projects = projects.values();
    result->projects.sort(Qt::CaseInsensitive);
    result->chips = chipsOf(links);
    result->snapshots = snapshotsOf(links);
    result->liveHistory = history(links, at);
    result->lastChecked = dateTime(checked);
    return result;
}

} // namespace sharelock::app
