// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cli/command.h"

#include <set>

namespace sharelock::cli {

//! \brief Which links are meant, as `links` and `unshare` are told.
struct LinkFilter
{
    std::set<sharing::LinkState> states; //!< Empty: all.
    bool withFindings = false;           //!< Something that would better not be public is.
    bool violating = false;              //!< Of sessions in whose folder nothing may be shared.
    std::optional<Timestamp> sharedBefore;

    [[nodiscard]] bool isEmpty() const
    {
        return states.empty() && !withFindings && !violating && !sharedBefore;
    }
    [[nodiscard]] bool accepts(const sharing::Link& link,
                               const std::set<sharing::LinkId>& violatingLinks) const;
};

void addLinkFilterOptions(QCommandLineParser& parser);
//! \brief Nothing when the words were wrong; that was said then.
[[nodiscard]] std::optional<LinkFilter> linkFilter(const Invocation& invocation);

//! \brief What a script wants to be told of by the exit status: names of `--fail-on`.
enum class Violation
{
    Live,
    Orphan,
    Secret,
    StillServed,
    Disabled, //!< Of a session in whose folder nothing may be shared.
};
void addFailOnOption(QCommandLineParser& parser);
[[nodiscard]] std::optional<std::set<Violation>> failOn(const Invocation& invocation);
[[nodiscard]] bool violates(const sharing::Link& link, const std::set<Violation>& forbidden,
                            const std::set<sharing::LinkId>& violatingLinks);
//! \brief Links that may be public although the share mode of their session's folder is `disabled`.
[[nodiscard]] Expected<std::set<sharing::LinkId>> violatingLinks(sharing::ShareManager& manager);

} // namespace sharelock::cli
