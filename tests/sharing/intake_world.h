// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_intake.h"
#include "sharing/sharing_samples.h"

#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

namespace samples {

inline const sharelock::Timestamp at = sharelock::fromMilliseconds(1'800'000'000'000);

inline sharelock::Secret key(const std::string& text)
{
    return sharelock::Secret("key of " + text);
}

inline sharelock::opencode::ShareRow row(const QString& shareId)
{
    sharelock::opencode::ShareRow row;
    row.sessionId = QStringLiteral("ses_%1").arg(shareId);
    row.shareId = shareId;
    row.url = QUrl(QStringLiteral("https://opncd.ai/share/%1").arg(shareId));
    row.key = key(shareId.toStdString());
    row.created = sharelock::fromMilliseconds(1'700'000'000'000);
    return row;
}

inline sharelock::opencode::SessionSummary session(const QString& shareId)
{
    sharelock::opencode::SessionSummary session;
    session.id = QStringLiteral("ses_%1").arg(shareId);
    session.title = QStringLiteral("<img src=x> title of %1").arg(shareId);
    session.project = QStringLiteral("project");
    session.directory = QStringLiteral("/home/someone/project");
    return session;
}

//! \brief A ledger, a vault, and what opencode's database tells: two links and three sessions at first.
class IntakeWorld
{
protected:
    void reset()
    {
        m_ledger.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_ledger =
            sharelock::sharing::LinkLedger::open(m_folder->filePath(QStringLiteral("ledger.db"))).value();
        m_vault = sharelock::sharing::KeyVault(sharelock::sharing::KeyVault::freshMasterKey());
        m_claims.clear();
        m_older.clear();
        m_rows = {row(QStringLiteral("aaaa1111")), row(QStringLiteral("bbbb2222"))};
        m_sessions = {session(QStringLiteral("aaaa1111")), session(QStringLiteral("bbbb2222")),
                      session(QStringLiteral("cccc3333"))};
    }
    [[nodiscard]] std::vector<sharelock::sharing::FolderInventory> inventory() const
    {
        sharelock::sharing::FolderInventory main;
        main.isMain = true;
        main.rows = m_rows;
        main.claims = m_claims;
        main.older = m_older;
        main.sessions = m_sessions;
        return {main};
    }
    //! \returns how many links were new; -1 when it failed.
    [[nodiscard]] int takeInAll() const
    {
        return sharelock::sharing::takeIn(*m_ledger, m_vault, inventory(), at).value_or(-1);
    }
    [[nodiscard]] sharelock::sharing::Link linkOf(const QString& shareId) const
    {
        return m_ledger->link(linkId(shareId)).value().value_or(sharelock::sharing::Link());
    }
    [[nodiscard]] bool holds(const QString& shareId, const sharelock::Secret& expected) const
    {
        const auto sealed = m_ledger->sealedKey(linkId(shareId)).value();
        if (!sealed)
            return false;
        const auto opened = m_vault.open(linkId(shareId), *sealed);
        return opened && *opened == expected;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<sharelock::sharing::LinkLedger> m_ledger;
    sharelock::sharing::KeyVault m_vault;
    std::vector<sharelock::opencode::ShareRow> m_rows;
    std::vector<sharelock::opencode::SessionSummary> m_sessions;
    std::vector<sharelock::opencode::LinkClaim> m_claims;
    std::vector<sharelock::opencode::OlderShare> m_older;
};

} // namespace samples
