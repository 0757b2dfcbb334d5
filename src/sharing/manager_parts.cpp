// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/effective_config.h"
#include "sharing/share_manager_p.h"

#include <QFileInfo>

namespace sharelock::sharing {

ShareManager::Private::Private(ShareManager* manager, ManagerOptions given)
    : q(manager)
    , options(std::move(given))
    , folder(options.environment.dataFolder())
{
}

Expected<LinkLedger*> ShareManager::Private::openLedger()
{
    if (!m_ledger) {
        auto opened = LinkLedger::open(folder % u"/ledger.db");
        if (!opened)
            return tl::unexpected(opened.error());
        m_ledger = *std::move(opened);
        m_keeper = std::make_unique<VaultKeeper>(*m_ledger, folder, options.vault);
        readFolderSetting();
    }
    return m_ledger.get();
}

Expected<opencode::SessionStore*> ShareManager::Private::openStore()
{
    const QString path = options.environment.opencodeDatabase();
    const QByteArray file = fileIdentity(path);
    if (m_store && file == m_storeFile)
        return m_store.get();
    m_store.reset();
    auto opened = opencode::SessionStore::open(path);
    if (!opened) {
        m_failedFile = fileStamp(path);
        m_storeError = opened.error();
        return tl::unexpected(opened.error());
    }
    m_store = *std::move(opened);
    m_storeFile = file;
    m_storeError.reset();
    ++m_openings;
    return m_store.get();
}

tl::unexpected<Error> ShareManager::Private::dropStore(const Error& error)
{
    m_store.reset();
    m_failedFile = fileStamp(options.environment.opencodeDatabase());
    m_storeError = error;
    return tl::unexpected(error);
}

HttpClient& ShareManager::Private::http()
{
    if (!m_http)
        m_http = std::make_unique<HttpClient>(options.http);
    return *m_http;
}

Expected<opencode::SessionSummary> ShareManager::Private::session(const QString& sessionId)
{
    const auto store = openStore();
    if (!store)
        return tl::unexpected(store.error());
    auto session = (*store)->session(sessionId);
    if (!session && session.error().code != ErrorCode::SessionNotFound)
        return dropStore(session.error());
    return session;
}

QCoro::Task<Expected<const KeyVault*>> ShareManager::Private::readyVault()
{
    const auto ledger = openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    // Publishing is an explicit act: a keyring that was locked a while ago is asked again.
    const bool again = m_keeper->report().status != VaultStatus::NotAsked && !m_keeper->isCurrent();
    const VaultReport report = co_await q->openVault(again);
    if (report.status != VaultStatus::Open)
        co_return tl::unexpected(report.error);
    co_return &m_keeper->vault();
}

std::vector<opencode::ShareRow> ShareManager::Private::rows()
{
    const auto store = openStore();
    if (!store)
        return {};
    return (*store)->shares().value_or(std::vector<opencode::ShareRow>());
}

std::optional<opencode::ShareRow> ShareManager::Private::rowOf(const LinkId& id)
{
    for (const opencode::ShareRow& row : rows()) {
        if (rowId(row) == id)
            return row;
    }
    return std::nullopt;
}

std::vector<opencode::ProjectSummary> ShareManager::Private::projects()
{
    const auto store = openStore();
    if (!store)
        return {};
    return (*store)->projects().value_or(std::vector<opencode::ProjectSummary>());
}

std::optional<opencode::ShareRow> ShareManager::Private::rowOfSession(const QString& sessionId)
{
    for (const opencode::ShareRow& row : rows()) {
        if (row.sessionId == sessionId)
            return row;
    }
    return std::nullopt;
}

LinkId ShareManager::Private::rowId(const opencode::ShareRow& row)
{
    return {originOf(row.url), row.shareId};
}

Expected<Link> ShareManager::Private::knownLink(const LinkId& id)
{
    const auto ledger = openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const auto link = (*ledger)->link(id);
    if (!link)
        return tl::unexpected(link.error());
    if (!*link)
        return fail(ErrorCode::LinkNotFound, id.shareId);
    return **link;
}

Expected<opencode::EffectiveConfig>
ShareManager::Private::config(const opencode::SessionSummary& session) const
{
    opencode::ModePlace place{session.directory, session.worktree};
    // A linked work tree is a root of its own; opencode's database names the one that it was made from.
    if (QFileInfo(session.directory).isDir())
        place = opencode::modePlace(session.directory);
    return opencode::effectiveConfig(options.environment, place.directory, place.worktree);
}

void ShareManager::Private::append(Receipt receipt)
{
    const auto ledger = openLedger();
    if (ledger)
        (void)(*ledger)->append(receipt);
}

} // namespace sharelock::sharing
