// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/json.h"
#include "sharing/watch_notices.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>

namespace sharelock::cli {

namespace {

using sharing::WatchEvent;
using sharing::WatchKind;

//! One line each, so that a script can read them as they come.
void printJson(const WatchEvent& event, Output& out)
{
    QJsonObject json{
        {QStringLiteral("event"), sharing::watchKindName(event.kind)},
        {QStringLiteral("at"), timeJson(event.at)},
        {QStringLiteral("link"), linkJson(event.link)},
    };
    if (event.kind == WatchKind::Secret)
        json[QStringLiteral("secrets")] = event.secrets;
    if (event.error)
        json[QStringLiteral("error")] = codeName(event.error->code);
    const QByteArray line = QJsonDocument(json).toJson(QJsonDocument::Compact);
    out.raw({line.constData(), static_cast<std::size_t>(line.size())});
}

void print(const WatchEvent& event, Output& out)
{
    if (out.json())
        printJson(event, out);
    else
        out.line(QStringLiteral("%1  %2  %3: %4")
                     .arg(isoString(event.at), event.link.url.toString(), sharing::watchCaption(event),
                          visible(event.link.title)));
}

void openWindow()
{
    QProcess::startDetached(QCoreApplication::applicationFilePath(), {});
}

QCoro::Task<int> run(const Invocation& invocation)
{
    Output* const out = &invocation.out;
    const sharing::VaultReport vault = co_await invocation.manager.openVault();
    if (vault.status != sharing::VaultStatus::Open) {
        out->error(vault.error);
        out->note(
            QStringLiteral("sharelock: new links are listed, their keys are kept once the vault opens."));
    }
    const auto links = invocation.manager.links();
    if (!links) {
        // Without a ledger nothing could be remembered.
        out->error(links.error());
        co_return statusFor(links.error());
    }
    sharing::Watcher::Options options;
    options.takeDownSecrets = invocation.options.isSet(QStringLiteral("takedown-secrets"));
    sharing::Watcher watcher(invocation.manager, options);
    QObject::connect(&watcher, &sharing::Watcher::happened, &watcher,
                     [out](const WatchEvent& event) { print(event, *out); });
    QObject::connect(&watcher, &sharing::Watcher::watching, &watcher, [out](int count) {
        out->note(
            QStringLiteral("Watching opencode. Links that may be public: %1. Ctrl+C ends it.").arg(count));
    });
    sharing::WatchNotices notices(watcher);
    QObject::connect(&notices, &sharing::WatchNotices::opened, &notices, &openWindow);
    if (!invocation.options.isSet(QStringLiteral("no-notify"))) {
        const bool isShown = co_await notices.begin();
        if (!isShown)
            out->note(
                QStringLiteral("sharelock: no desktop here shows notifications; watching all the same."));
    }
    co_await watcher.run(invocation.stop);
    // opencode's own rows, if one is being cleared, are left to the next run: whoever ends this wants it
    // ended.
    co_return Done;
}

} // namespace

Command watchCommand()
{
    return {"watch", "",
            "Watch opencode until Ctrl+C: take in new links, tell of secrets, take down what expired.",
            [](QCommandLineParser& parser) {
                parser.addOption(
                    {QStringLiteral("no-notify"), QStringLiteral("Show no notifications on the desktop.")});
                parser.addOption(
                    {QStringLiteral("takedown-secrets"),
                     QStringLiteral("Take a live link down as soon as an undoubted secret stands in it.")});
            },
            run};
}

} // namespace sharelock::cli
