// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link.h"

#include <QCoreApplication>

#include <array>
#include <utility>

namespace sharelock::sharing {

namespace {

template <typename T, std::size_t N>
using Names = std::array<std::pair<T, QLatin1String>, N>;

// These names are stored in ledgers and read by scripts: they never change.
constexpr Names<LinkState, 9> stateNames{{
    {LinkState::Live, QLatin1String("live")},
    {LinkState::Removed, QLatin1String("removed")},
    {LinkState::StillServed, QLatin1String("still-served")},
    {LinkState::Cached, QLatin1String("cached")},
    {LinkState::Orphan, QLatin1String("orphan")},
    {LinkState::OrphanLost, QLatin1String("orphan-lost")},
    {LinkState::Foreign, QLatin1String("foreign")},
    {LinkState::Unreachable, QLatin1String("unreachable")},
    {LinkState::Unknown, QLatin1String("unknown")},
}};

constexpr Names<LinkKind, 2> kindNames{{
    {LinkKind::Snapshot, QLatin1String("snapshot")},
    {LinkKind::Live, QLatin1String("live")},
}};

constexpr Names<LinkSource, 5> sourceNames{{
    {LinkSource::Sharelock, QLatin1String("sharelock")},
    {LinkSource::Opencode, QLatin1String("opencode")},
    {LinkSource::Claimed, QLatin1String("claimed")},
    {LinkSource::Imported, QLatin1String("imported")},
    {LinkSource::Storage, QLatin1String("storage")},
}};

constexpr Names<LinkStep, 5> stepNames{{
    {LinkStep::Reserved, QLatin1String("reserved")},
    {LinkStep::Sealed, QLatin1String("sealed")},
    {LinkStep::Published, QLatin1String("published")},
    {LinkStep::TakedownRequested, QLatin1String("takedown-requested")},
    {LinkStep::TakedownDone, QLatin1String("takedown-done")},
}};

template <typename T, std::size_t N>
QString nameOf(const Names<T, N>& names, T value)
{
    for (const auto& [known, name] : names) {
        if (known == value)
            return name;
    }
    return {};
}

template <typename T, std::size_t N>
std::optional<T> valueOf(const Names<T, N>& names, const QString& wanted)
{
    for (const auto& [value, name] : names) {
        if (name == wanted)
            return value;
    }
    return std::nullopt;
}

QString translated(const char* text)
{
    return QCoreApplication::translate("LinkState", text);
}

} // namespace

QString stateName(LinkState state)
{
    return nameOf(stateNames, state);
}

std::optional<LinkState> linkState(const QString& name)
{
    return valueOf(stateNames, name);
}

QString stateCaption(LinkState state)
{
    switch (state) {
    case LinkState::Live:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Live"));
    case LinkState::Removed:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Removed, proved"));
    case LinkState::StillServed:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Still served"));
    case LinkState::Cached:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Cached"));
    case LinkState::Orphan:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Orphan"));
    case LinkState::OrphanLost:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Orphan, key lost"));
    case LinkState::Foreign:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Foreign"));
    case LinkState::Unreachable:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Unreachable"));
    case LinkState::Unknown:
        return translated(QT_TRANSLATE_NOOP("LinkState", "Not checked"));
    }
    return {};
}

QString kindName(LinkKind kind)
{
    return nameOf(kindNames, kind);
}

std::optional<LinkKind> linkKind(const QString& name)
{
    return valueOf(kindNames, name);
}

QString sourceName(LinkSource source)
{
    return nameOf(sourceNames, source);
}

std::optional<LinkSource> linkSource(const QString& name)
{
    return valueOf(sourceNames, name);
}

QString stepName(LinkStep step)
{
    return nameOf(stepNames, step);
}

std::optional<LinkStep> linkStep(const QString& name)
{
    return valueOf(stepNames, name);
}

std::optional<Error> whyNotUpdatable(const Link& link)
{
    if (link.kind == LinkKind::Live)
        return Error{ErrorCode::LinkLive, link.id.shareId, {}};
    if (link.step != LinkStep::Published || !mayBePublic(link.state))
        return Error{ErrorCode::LinkClosed, link.id.shareId, {}};
    if (!link.hasKey)
        return Error{ErrorCode::KeyMissing, link.id.shareId, {}};
    if (link.sessionDeleted)
        return Error{ErrorCode::SessionNotFound, link.sourceSessionId, {}};
    return std::nullopt;
}

std::optional<Error> whyNotReplaceable(const Link& link)
{
    const bool isClosed = link.step == LinkStep::TakedownRequested || link.step == LinkStep::TakedownDone;
    if (isClosed || !mayBePublic(link.state))
        return Error{ErrorCode::LinkClosed, link.id.shareId, {}};
    if (!link.hasKey)
        return Error{ErrorCode::KeyMissing, link.id.shareId, {}};
    if (link.sessionDeleted)
        return Error{ErrorCode::SessionNotFound, link.sourceSessionId, {}};
    return std::nullopt;
}

bool isProvedGone(const Link& link)
{
    return link.step == LinkStep::TakedownDone && link.state == LinkState::Removed;
}

bool isOverdue(const Link& link, Timestamp at)
{
    return link.expiresAt && *link.expiresAt <= at && mayBePublic(link.state);
}

bool isFirstGeneration(const Link& link)
{
    return link.source != LinkSource::Sharelock && link.url.path().startsWith(QLatin1String("/s/"));
}

bool mayBePublic(LinkState state)
{
    return state != LinkState::Removed;
}

} // namespace sharelock::sharing
