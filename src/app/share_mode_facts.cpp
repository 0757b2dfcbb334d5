// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/share_mode_page.h"

#include "app/time_text.h"
#include "app/times.h"
#include "app/when_done.h"

namespace sharelock::app {

namespace {

using opencode::GitState;

QString gitText(const QString& file, GitState state)
{
    switch (state) {
    case GitState::NoGit:
    case GitState::NoWorkTree:
        return {};
    case GitState::Untracked:
        return ShareModePage::tr("git does not track %1. Commit it to apply it to your team.").arg(file);
    case GitState::Ignored:
        return ShareModePage::tr("git ignores %1, so it holds on this computer alone.").arg(file);
    case GitState::Changed:
        return ShareModePage::tr("%1 is changed and not committed. Commit it to apply it to your team.")
            .arg(file);
    case GitState::Committed:
        return ShareModePage::tr("%1 is committed. Your team has it once it is pushed.").arg(file);
    }
    return {};
}

} // namespace

QCoro::Task<ShareModePage::Facts> ShareModePage::lookFor(sharing::ShareManager& manager, QString directory,
                                                         std::stop_token stop)
{
    const sharing::ModeFacts found = co_await manager.modes().facts(directory, std::move(stop));
    const QString home = manager.environment().home;
    Facts facts;
    facts.gitText = gitText(pathText(found.file, home), found.git);
    facts.gitCommand = found.gitCommand;
    facts.hasServer = found.hasServer;
    for (const opencode::OpencodeProcess& process : found.stale)
        facts.processes.append(tr("opencode in %1, process %2, started %3")
                                   .arg(pathText(process.directory, home))
                                   .arg(process.pid)
                                   .arg(absoluteTime(dateTime(process.startedAt))));
    co_return facts;
}

void ShareModePage::reloadServer()
{
    const auto run = [directory = m_directory](sharing::ShareManager& manager, std::stop_token stop) {
        return manager.modes().reload(directory, std::move(stop));
    };
    m_reloadText = tr("Asking the server…");
    Q_EMIT detailChanged();
    whenDone(m_core.start(run), this,
             [this, round = m_round, directory = m_directory](const Expected<opencode::ShareMode>& mode) {
                 if (round != m_round || directory != m_directory)
                     return;
                 m_reloadText = mode ? tr("The server has read its files again. Its mode is “%1”.")
                                           .arg(opencode::modeName(*mode))
                                     : caption(mode.error());
                 Q_EMIT detailChanged();
             });
}

} // namespace sharelock::app
