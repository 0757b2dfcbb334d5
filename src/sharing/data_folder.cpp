// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/data_folder.h"

#include <QFileInfo>

namespace sharelock::sharing {

Expected<FolderInventory> readInventory(opencode::SessionStore& store, const QString& folder,
                                        opencode::Counting counting)
{
    FolderInventory inventory;
    inventory.folder = folder;
    auto sessions = store.sessions(counting);
    if (!sessions)
        return tl::unexpected(sessions.error());
    auto rows = store.shares();
    if (!rows)
        return tl::unexpected(rows.error());
    auto claims = store.claims();
    if (!claims)
        return tl::unexpected(claims.error());
    inventory.sessions = *std::move(sessions);
    inventory.rows = *std::move(rows);
    inventory.claims = *std::move(claims);
    inventory.older = opencode::olderShares(folder);
    return inventory;
}

DataFolder::DataFolder(QString folder)
    : m_folder(std::move(folder))
{
}

QString DataFolder::database() const
{
    return m_folder % u"/opencode.db";
}

Follower& DataFolder::follower()
{
    if (!m_follower)
        m_follower = std::make_unique<Follower>(database());
    return *m_follower;
}

Expected<opencode::SessionStore*> DataFolder::store()
{
    // A backup is replaced by the next one as a whole.
    if (const QByteArray file = fileIdentity(database()); !m_store || file != m_file) {
        m_store.reset();
        m_file = file;
        auto opened = opencode::SessionStore::open(database());
        if (!opened)
            return tl::unexpected(opened.error());
        m_store = *std::move(opened);
    }
    return m_store.get();
}

QByteArray DataFolder::sight()
{
    QByteArray sight = opencode::olderSharesStamp(m_folder);
    if (const auto opened = store()) {
        if (const auto version = (*opened)->dataVersion())
            sight += m_file + ' ' + QByteArray::number(*version);
        else
            m_store.reset();
    }
    return sight;
}

Expected<FolderInventory> DataFolder::read()
{
    const auto opened = store();
    if (opened) {
        auto inventory = readInventory(**opened, m_folder, opencode::Counting::Nothing);
        if (!inventory)
            m_store.reset();
        return inventory;
    }
    if (opened.error().code != ErrorCode::DatabaseMissing)
        return tl::unexpected(opened.error());
    FolderInventory inventory;
    inventory.folder = m_folder;
    inventory.older = opencode::olderShares(m_folder);
    if (inventory.older.empty())
        return tl::unexpected(opened.error());
    return inventory;
}

} // namespace sharelock::sharing
