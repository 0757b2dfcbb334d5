// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/size_text.h"
#include "cli/command.h"
#include "cli/json.h"

namespace sharelock::cli {

namespace {

using sharing::KeyRecovery;
using sharing::LinkState;
using sharing::RecoveryProgress;

QJsonObject recoveryJson(const KeyRecovery& recovery, const QString& request)
{
    return {
        {QStringLiteral("id"), recovery.link.id.shareId},
        {QStringLiteral("url"), recovery.link.url.toString()},
        {QStringLiteral("state"), sharing::stateName(recovery.link.state)},
        {QStringLiteral("found"), recovery.found},
        {QStringLiteral("fromServer"), recovery.fromServer},
        {QStringLiteral("files"), QJsonArray::fromStringList(recovery.files)},
        {QStringLiteral("unreadable"), QJsonArray::fromStringList(recovery.unreadable)},
        {QStringLiteral("bytes"), recovery.bytes},
        {QStringLiteral("candidates"), recovery.candidates},
        {QStringLiteral("tried"), recovery.tried},
        {QStringLiteral("request"), request.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(request)},
    };
}

void print(const KeyRecovery& recovery, const QString& request, Output& out)
{
    if (recovery.fromServer)
        out.note(QStringLiteral("The server gave the key to who knows the session's ID."));
    else
        out.note(QStringLiteral("Searched %1 in %2 files; %3 candidates, %4 tried.")
                     .arg(sizeText(recovery.bytes))
                     .arg(recovery.files.size())
                     .arg(recovery.candidates)
                     .arg(recovery.tried));
    for (const QString& path : recovery.unreadable)
        out.note(QStringLiteral("  not readable: %1").arg(visible(path)));
    if (recovery.found) {
        out.line(QStringLiteral("%1  key found; “sharelock unshare %1” takes it down.")
                     .arg(recovery.link.id.shareId));
        return;
    }
    out.note(QStringLiteral("The key was not found. Who runs the server can remove the link; send them:\n"));
    for (const QString& line : request.trimmed().split(QLatin1Char('\n')))
        out.line(visible(line));
}

QCoro::Task<int> run(const Invocation& invocation)
{
    Output* out = &invocation.out;
    // Not the end: the ledger knows the link, and only the files' bytes are searched.
    const auto sessions = invocation.manager.sessions();
    if (!sessions)
        invocation.out.error(sessions.error());
    const auto link = invocation.manager.findLink(invocation.names.front());
    if (!link) {
        invocation.out.error(link.error());
        co_return statusFor(link.error());
    }
    const sharing::RecoveryObserver observe = [out](const RecoveryProgress& progress) {
        if (progress.tried > 0)
            out->progress(QStringLiteral("Trying %1 of %2").arg(progress.tried).arg(progress.candidates));
        else
            out->progress(QStringLiteral("Searching, %1 of %2")
                              .arg(sizeText(progress.bytes), sizeText(progress.totalBytes)));
    };
    const auto recovery = co_await invocation.manager.recoverKey(link->id, observe, invocation.stop);
    if (!recovery) {
        invocation.out.error(recovery.error());
        co_return statusFor(recovery.error());
    }
    const bool gone = recovery->link.state == LinkState::Removed;
    const QString request = recovery->found || gone ? QString() : sharing::removalRequest(recovery->link);
    if (out->json())
        out->document(recoveryJson(*recovery, request));
    else if (gone)
        out->line(QStringLiteral("%1  gone already; no key is needed.").arg(recovery->link.id.shareId));
    else
        print(*recovery, request, *out);
    co_return recovery->found || gone ? Done : NotDone;
}

} // namespace

Command recoverCommand()
{
    return {"recover", "LINK", "Search opencode's files for the lost key of a link.",
            [](QCommandLineParser&) {}, run};
}

} // namespace sharelock::cli
