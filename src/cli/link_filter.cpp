// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/link_filter.h"

#include "cli/since.h"
#include "sharing/share_modes.h"

#include <algorithm>

namespace sharelock::cli {

namespace {

using sharing::Link;
using sharing::LinkState;

const auto stateOption = QStringLiteral("state");
const auto findingsOption = QStringLiteral("with-findings");
const auto violatingOption = QStringLiteral("violating");
const auto olderOption = QStringLiteral("older-than");
const auto failOption = QStringLiteral("fail-on");

//! All values of an option that takes a list and may be given again.
QStringList listOf(const QCommandLineParser& options, const QString& name)
{
    return options.values(name).join(QLatin1Char(',')).split(QLatin1Char(','), Qt::SkipEmptyParts);
}

std::optional<Violation> violation(const QString& name)
{
    if (name == QLatin1String("live"))
        return Violation::Live;
    if (name == QLatin1String("orphan"))
        return Violation::Orphan;
    if (name == QLatin1String("secret"))
        return Violation::Secret;
    if (name == QLatin1String("still-served"))
        return Violation::StillServed;
    if (name == QLatin1String("disabled"))
        return Violation::Disabled;
    return std::nullopt;
}

bool violates(const Link& link, Violation forbidden)
{
    switch (forbidden) {
    case Violation::Live:
        return link.state == LinkState::Live;
    case Violation::Orphan:
        return link.state == LinkState::Orphan || link.state == LinkState::OrphanLost;
    case Violation::Secret:
        return link.publicSecrets > 0 && sharing::mayBePublic(link.state);
    case Violation::StillServed:
        return link.state == LinkState::StillServed || link.state == LinkState::Cached;
    case Violation::Disabled:
        break; // Its folder says so, not the link.
    }
    return false;
}

} // namespace

bool LinkFilter::accepts(const Link& link, const std::set<sharing::LinkId>& violatingLinks) const
{
    if (violating && !violatingLinks.contains(link.id))
        return false;
    if (!states.empty() && !states.contains(link.state))
        return false;
    const bool hasFindings =
        sharing::mayBePublic(link.state) && (link.publicSecrets > 0 || link.publicPersonal > 0);
    if (withFindings && !hasFindings)
        return false;
    return !sharedBefore || link.sharedAt < *sharedBefore;
}

void addLinkFilterOptions(QCommandLineParser& parser)
{
    parser.addOption(
        {stateOption,
         QStringLiteral("Only links in these states, separated by commas: live, removed, still-served, "
                        "cached, orphan, orphan-lost, foreign, unreachable, unknown."),
         QStringLiteral("STATES")});
    parser.addOption({findingsOption, QStringLiteral("Only links with findings in what is public.")});
    parser.addOption(
        {violatingOption, QStringLiteral("Only links that may be public where the share mode is disabled.")});
    parser.addOption({olderOption, QStringLiteral("Only links shared longer ago than this: 12h, 30d, 2w."),
                      QStringLiteral("AGE")});
}

std::optional<LinkFilter> linkFilter(const Invocation& invocation)
{
    LinkFilter filter;
    for (const QString& name : listOf(invocation.options, stateOption)) {
        const auto state = sharing::linkState(name);
        if (!state) {
            invocation.out.note(QStringLiteral("sharelock: there is no state “%1”.").arg(visible(name)));
            return std::nullopt;
        }
        filter.states.insert(*state);
    }
    filter.withFindings = invocation.options.isSet(findingsOption);
    filter.violating = invocation.options.isSet(violatingOption);
    if (invocation.options.isSet(olderOption)) {
        filter.sharedBefore = since(invocation.options.value(olderOption), now());
        if (!filter.sharedBefore) {
            invocation.out.note(QStringLiteral("sharelock: --older-than takes an age like 12h, 30d or 2w."));
            return std::nullopt;
        }
    }
    return filter;
}

void addFailOnOption(QCommandLineParser& parser)
{
    parser.addOption(
        {failOption,
         QStringLiteral("Exit with 1 when one of these is there, separated by commas: live, orphan, "
                        "secret, still-served, disabled (public where the share mode is disabled)."),
         QStringLiteral("WHAT")});
}

std::optional<std::set<Violation>> failOn(const Invocation& invocation)
{
    std::set<Violation> forbidden;
    for (const QString& name : listOf(invocation.options, failOption)) {
        const auto known = violation(name);
        if (!known) {
            invocation.out.note(
                QStringLiteral(
                    "sharelock: --fail-on takes live, orphan, secret, still-served and disabled, not “%1”.")
                    .arg(visible(name)));
            return std::nullopt;
        }
        forbidden.insert(*known);
    }
    return forbidden;
}

bool violates(const Link& link, const std::set<Violation>& forbidden,
              const std::set<sharing::LinkId>& violatingLinks)
{
    if (forbidden.contains(Violation::Disabled) && violatingLinks.contains(link.id))
        return true;
    return std::any_of(forbidden.begin(), forbidden.end(),
                       [&](Violation one) { return violates(link, one); });
}

Expected<std::set<sharing::LinkId>> violatingLinks(sharing::ShareManager& manager)
{
    const auto links = manager.modes().violating();
    if (!links)
        return tl::unexpected(links.error());
    return std::set<sharing::LinkId>(links->begin(), links->end());
}

} // namespace sharelock::cli
