// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/size_text.h"
#include "cli/json.h"
#include "cli/publishing.h"

namespace sharelock::cli {

namespace {

using sharing::Link;
using sharing::SnapshotDifference;
using sharing::UpdateOffer;

//! A link, else the snapshot of a session.
Expected<Link> findSnapshot(sharing::ShareManager& manager, const QString& name)
{
    auto link = manager.findLink(name);
    if (link || link.error().code != ErrorCode::LinkNotFound)
        return link;
    const auto session = manager.findSession(name);
    if (!session)
        return session.error().code == ErrorCode::SessionNotFound ? link : tl::unexpected(session.error());
    return manager.snapshotOf(session->id);
}

QString differenceText(const UpdateOffer& update)
{
    const SnapshotDifference& what = update.difference;
    return QStringLiteral("%1 new messages. Items: %2 added, %3 changed (%4 of them to hide what is public), "
                          "%5 blanked. %6 to %7; 0 of %8 hidden values found in the bytes.")
        .arg(what.addedMessages)
        .arg(what.added)
        .arg(what.changed)
        .arg(what.hidden)
        .arg(what.blanked)
        .arg(sizeText(what.bytes), update.offer.server.host())
        .arg(update.offer.snapshot.searched.verdict().hiddenValues);
}

int report(const Link& link, const SnapshotDifference& what, bool dryRun, Output& out)
{
    if (!out.json()) {
        out.line(link.url.toString());
        return Done;
    }
    QJsonObject json = linkJson(link);
    json.insert(QStringLiteral("added"), qint64(what.added));
    json.insert(QStringLiteral("addedMessages"), qint64(what.addedMessages));
    json.insert(QStringLiteral("changed"), qint64(what.changed));
    json.insert(QStringLiteral("hidden"), qint64(what.hidden));
    json.insert(QStringLiteral("blanked"), qint64(what.blanked));
    json.insert(QStringLiteral("bytes"), what.bytes);
    json.insert(QStringLiteral("dryRun"), dryRun);
    out.document(json);
    return Done;
}

int failed(const Error& error, Output& out)
{
    out.error(error);
    return statusFor(error);
}

QCoro::Task<int> run(const Invocation& invocation)
{
    Output& out = invocation.out;
    const auto link = findSnapshot(invocation.manager, invocation.names.first());
    if (!link)
        co_return failed(link.error(), out);
    const bool redactAll = invocation.options.isSet(QStringLiteral("redact-all"));
    const auto hiding = redactAll ? redaction::Hiding::All : redaction::Hiding::Usual;
    auto update = co_await invocation.manager.offerUpdate(link->id, hiding, {}, invocation.stop);
    if (!update)
        co_return failed(update.error(), out);
    if (update->offer.disabled)
        co_return failed(Error{ErrorCode::ShareDisabled, update->offer.modeFile, {}}, out);
    const SnapshotDifference what = update->difference;
    if (what.isEmpty())
        out.note(QStringLiteral("The snapshot is up to date; there is nothing to send."));
    else
        out.note(differenceText(*update));
    const bool dryRun = invocation.options.isSet(QStringLiteral("dry-run"));
    if (!what.isEmpty()) {
        sharing::PreparedSnapshot& snapshot = update->offer.snapshot;
        if (!isDecided(invocation, update->found, snapshot.hidesAll) ||
            !takeReason(invocation, *update, snapshot))
            co_return NotDone;
        noteFindings(invocation, update->found);
        const QString question =
            QStringLiteral("Update the snapshot of “%1”?").arg(visible(update->offer.snapshot.title));
        if (!dryRun && !confirmed(invocation, question))
            co_return Usage;
    }
    if (dryRun)
        co_return report(update->link, what, true, out);
    const auto updated =
        co_await invocation.manager.update(*std::move(update), progressOn(out), invocation.stop);
    if (!updated) {
        const auto now = invocation.manager.findLink(link->id.shareId);
        if (now && now->partlyUpdated)
            out.note(QStringLiteral("The snapshot is partly updated. What was sent is redacted; the next "
                                    "update completes it."));
        co_return failed(updated.error(), out);
    }
    co_return report(*updated, what, false, out);
}

} // namespace

Command updateCommand()
{
    return {"update", "LINK|SESSION", "Bring a snapshot up to date with its session.",
            [](QCommandLineParser& parser) {
                parser.addOption(
                    {QStringLiteral("dry-run"), QStringLiteral("Say what would be sent, and send nothing.")});
                addPublishingOptions(parser);
            },
            run};
}

} // namespace sharelock::cli
