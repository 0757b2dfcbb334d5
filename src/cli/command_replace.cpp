// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/content_options.h"
#include "cli/json.h"
#include "cli/publishing.h"
#include "cli/takedown_text.h"

namespace sharelock::cli {

namespace {

int report(const Invocation& invocation, const sharing::Link& old, const sharing::Replacement& done)
{
    Output& out = invocation.out;
    if (!done.old)
        out.error(done.old.error());
    if (out.json()) {
        out.document(QJsonObject{{QStringLiteral("snapshot"), linkJson(done.snapshot)},
                                 {QStringLiteral("replaced"), resultJson(old, done.old)}});
    } else {
        out.line(done.snapshot.url.toString());
        const sharing::LinkState state = done.old ? done.old->state : old.state;
        out.note(QStringLiteral("%1: %2").arg(old.url.toString(), sharing::stateName(state)));
    }
    return statusOf(done.old);
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const auto choice = contentChoice(invocation);
    if (!choice)
        co_return Usage;
    const auto old = invocation.manager.findLink(invocation.names.first());
    if (!old) {
        invocation.out.error(old.error());
        co_return statusFor(old.error());
    }
    const bool redactAll = invocation.options.isSet(QStringLiteral("redact-all"));
    auto offer = invocation.manager.offer(
        old->sourceSessionId, redactAll ? redaction::Hiding::All : redaction::Hiding::Usual, *choice);
    if (!offer) {
        invocation.out.error(offer.error());
        co_return statusFor(offer.error());
    }
    offer->snapshot.removeAfter = invocation.manager.defaultExpiry().value_or(std::nullopt);
    if (const auto status = review(invocation, *offer))
        co_return *status;
    const QString question = QStringLiteral("Publish “%1” as a snapshot, and take down %2?")
                                 .arg(visible(old->title), old->url.toString());
    if (!confirmed(invocation, question))
        co_return Usage;
    Output* out = &invocation.out;
    const sharing::TakedownObserver observe = [out](const sharing::LinkId& id, sharing::TakedownStage stage) {
        out->progress(id.shareId + QStringLiteral(": ") + stageText(stage));
    };
    const auto done = co_await invocation.manager.replace(old->id, *std::move(offer), progressOn(*out),
                                                          observe, invocation.stop);
    if (!done) {
        invocation.out.error(done.error());
        co_return statusFor(done.error());
    }
    const int status = report(invocation, *old, *done);
    co_await invocation.manager.backgroundDone();
    co_return status;
}

} // namespace

Command replaceCommand()
{
    return {"replace", "LINK",
            "Publish a redacted snapshot in the place of a live link, then take that down.",
            [](QCommandLineParser& parser) {
                addContentOptions(parser);
                addPublishingOptions(parser);
            },
            run};
}

} // namespace sharelock::cli
