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
    std::optional<Timestamp> sharedBefore;

    [[nodiscard]] bool isEmpty() const { return states.empty() && !withFindings && !sharedBefore; }
    [[nodiscard]] bool accepts(const sharing::Link& link) const;
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
};
void addFailOnOption(QCommandLineParser& parser);
[[nodiscard]] std::optional<std::set<Violation>> failOn(const Invocation& invocation);
[[nodiscard]] bool violates(const sharing::Link& link, const std::set<Violation>& forbidden);

} // namespace sharelock::cli
