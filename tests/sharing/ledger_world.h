// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"
#include "sharing/sharing_samples.h"

#include <QTemporaryDir>

#include <memory>
#include <string_view>

namespace samples {

inline sharelock::Secret key(const char* text)
{
    return sharelock::Secret(std::string_view(text));
}

inline sharelock::sharing::LinkLedger::VaultRecord recordOf(const sharelock::sharing::KeyVault& vault,
                                                            sharelock::sharing::VaultKind kind)
{
    return {kind, vault.seal(linkId(QStringLiteral("check")), key("check")).value()};
}

//! \brief Whether the newest key of the link is the expected one.
inline bool holds(const sharelock::sharing::LinkLedger& ledger, const sharelock::sharing::KeyVault& vault,
                  const sharelock::sharing::LinkId& id, const sharelock::Secret& expected)
{
    const auto sealed = ledger.sealedKey(id);
    if (!sealed || !*sealed)
        return false;
    const auto opened = vault.open(id, **sealed);
    return opened && *opened == expected;
}

//! \brief A ledger in a folder of its own.
class LedgerWorld
{
protected:
    using LinkLedger = sharelock::sharing::LinkLedger;

    //! \brief An empty one in a new folder.
    [[nodiscard]] bool reset()
    {
        m_ledger.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = reopened();
        if (opened)
            m_ledger = *std::move(opened);
        return m_ledger != nullptr;
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("ledger.db")); }
    [[nodiscard]] sharelock::Expected<std::unique_ptr<LinkLedger>> reopened() const
    {
        return LinkLedger::open(path());
    }
    //! \brief As another program would do it.
    [[nodiscard]] bool raw(const char* sql) const
    {
        auto db = sharelock::sqlite::Connection::open(path(), sharelock::sqlite::Mode::ReadWrite);
        return db && db->execute("PRAGMA foreign_keys = ON") && db->execute(sql);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LinkLedger> m_ledger;
};

} // namespace samples
