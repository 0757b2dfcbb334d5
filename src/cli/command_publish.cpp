// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/content_options.h"
#include "cli/expiry.h"
#include "cli/json.h"
#include "cli/publishing.h"

namespace sharelock::cli {

namespace {

int report(const Expected<sharing::Link>& link, const Invocation& invocation)
{
    if (!link) {
        invocation.out.error(link.error());
        return statusFor(link.error());
    }
    if (invocation.out.json()) {
        invocation.out.document(linkJson(*link));
    } else {
        invocation.out.line(link->url.toString());
    }
    return Done;
}

QCoro::Task<int> publishLive(const Invocation& invocation, opencode::SessionSummary session)
{
    invocation.out.note(
        QStringLiteral("A live link uploads everything as it is, unredacted, and all that is said later."));
    const QString question = QStringLiteral("Make “%1” public as a live link?").arg(visible(session.title));
    if (!confirmed(invocation, question))
        co_return Usage;
    const auto link = co_await invocation.manager.publishLive(session.id, invocation.stop);
    co_return report(link, invocation);
}

//! As `--expires` says, else as is usual. Nothing when the words were wrong.
std::optional<std::optional<std::chrono::hours>> expiryOf(const Invocation& invocation)
{
    if (invocation.options.isSet(QStringLiteral("expires")))
        return expiryAfter(invocation.options.value(QStringLiteral("expires")), invocation.out);
    return invocation.manager.defaultExpiry().value_or(std::nullopt);
}

QCoro::Task<int> publishSnapshot(const Invocation& invocation, opencode::SessionSummary session,
                                 sharing::ContentChoice choice)
{
    const bool redactAll = invocation.options.isSet(QStringLiteral("redact-all"));
    auto offer = invocation.manager.offer(
        session.id, redactAll ? redaction::Hiding::All : redaction::Hiding::Usual, choice);
    if (!offer) {
        invocation.out.error(offer.error());
        co_return statusFor(offer.error());
    }
    const auto after = expiryOf(invocation);
    if (!after)
        co_return Usage;
    offer->snapshot.removeAfter = *after;
    if (const auto status = review(invocation, *offer))
        co_return *status;
    const QString question = QStringLiteral("Publish “%1”?").arg(visible(session.title));
    if (!confirmed(invocation, question))
        co_return Usage;
    const auto link =
        co_await invocation.manager.publish(std::move(*offer), progressOn(invocation.out), invocation.stop);
    co_return report(link, invocation);
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const auto choice = contentChoice(invocation);
    if (!choice)
        co_return Usage;
    const auto session = invocation.manager.findSession(invocation.names.first());
    if (!session) {
        invocation.out.error(session.error());
        co_return statusFor(session.error());
    }
    if (invocation.options.isSet(QStringLiteral("live"))) {
        const int status = co_await publishLive(invocation, *session);
        co_return status;
    }
    const int status = co_await publishSnapshot(invocation, *session, *choice);
    co_return status;
}

} // namespace

Command publishCommand()
{
    return {
        "publish", "SESSION", "Publish a redacted snapshot, or make a live link.",
        [](QCommandLineParser& parser) {
            parser.addOption(
                {QStringLiteral("live"),
                 QStringLiteral(
                     "Make a live link through opencode: everything, unredacted, now and later.")});
            parser.addOption(
                {QStringLiteral("server"),
                 QStringLiteral("Share server to publish a snapshot to; else the one opencode would use."),
                 QStringLiteral("URL")});
            parser.addOption(
                {QStringLiteral("expires"),
                 QStringLiteral("Take the snapshot down after an age like 12h, 7d or 4w, or never; "
                                "any Sharelock that runs then does it."),
                 QStringLiteral("AGE")});
            addContentOptions(parser);
            addPublishingOptions(parser);
        },
        run};
}

} // namespace sharelock::cli
