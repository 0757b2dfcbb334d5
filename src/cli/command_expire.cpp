// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/expiry.h"
#include "cli/json.h"

namespace sharelock::cli {

namespace {

QCoro::Task<int> run(const Invocation& invocation)
{
    const auto after = expiryAfter(invocation.names.at(1), invocation.out);
    if (!after)
        co_return Usage;
    auto link = invocation.manager.findLink(invocation.names.at(0));
    if (!link) {
        invocation.out.error(link.error());
        co_return statusFor(link.error());
    }
    std::optional<Timestamp> at;
    if (*after)
        at = now() + **after;
    if (const auto set = invocation.manager.setExpiry(link->id, at); !set) {
        invocation.out.error(set.error());
        co_return statusFor(set.error());
    }
    link->expiresAt = at;
    if (invocation.out.json())
        invocation.out.document(linkJson(*link));
    else if (at)
        invocation.out.line(
            QStringLiteral("%1 goes at %2, when a Sharelock runs: the window, watch, or sweep.")
                .arg(link->id.shareId, isoString(at)));
    else
        invocation.out.line(QStringLiteral("%1 stays until you take it down.").arg(link->id.shareId));
    co_return Done;
}

} // namespace

Command expireCommand()
{
    return {"expire", "LINK WHEN", "Set when a link is to be taken down: an age like 12h, 7d, 4w; or never.",
            [](QCommandLineParser&) {}, run};
}

} // namespace sharelock::cli
