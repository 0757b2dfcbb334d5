// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/key_vault.h"
#include "sharing/link_ledger.h"
#include "sharing/turn.h"

#include <optional>

namespace sharelock::sharing {

enum class VaultStatus
{
    NotAsked,
    Open,
    Missing, //!< No keyring service.
    Locked,
    Refused,
    Emptied, //!< The ledger has sealed keys, their master key is gone.
    Wrong,   //!< There is a master key, but another one.
    Broken,  //!< The key file or our own files can't be used.
};

struct VaultReport
{
    VaultStatus status = VaultStatus::NotAsked;
    VaultKind kind = VaultKind::Keychain;
    Error error; //!< Why it is not open.
    bool operator==(const VaultReport&) const = default;
};

//! \brief Looks after the master key of one ledger: makes it on first use, opens the vault with it, moves it
//! from one store to another. Used from one thread with an event loop.
class VaultKeeper
{
public:
    //! \param folder of the ledger, for the key file. \param wanted an explicit choice of store.
    VaultKeeper(LinkLedger& ledger, QString folder, std::optional<VaultKind> wanted);

    //! \brief Open only after open() has said so.
    [[nodiscard]] const KeyVault& vault() const { return m_vault; }
    [[nodiscard]] const VaultReport& report() const { return m_report; }
    //! \brief False when another process has moved the master key since: what we would seal, nobody could
    //! open.
    [[nodiscard]] bool isCurrent() const;

    //! \brief Asks the store once; repeated calls return what is known unless \p again.
    [[nodiscard]] QCoro::Task<VaultReport> open(bool again);
    //! \brief Stores a fresh master key in \p to, re-seals every key with it, erases the old one. Where the
    //! present store does not open and nothing was ever sealed, \p to simply takes its place. On failure
    //! everything stays as it was. Errors: those of the stores, LedgerUnreadable, MasterKeyWrong.
    [[nodiscard]] QCoro::Task<Expected<VaultReport>> move(VaultKind to);

private:
    [[nodiscard]] QCoro::Task<Expected<void>> openWith(VaultKind kind);
    [[nodiscard]] QCoro::Task<Expected<void>> firstUse(VaultKind kind);
    [[nodiscard]] QCoro::Task<Expected<void>> openRecorded(LinkLedger::VaultRecord record);
    [[nodiscard]] QCoro::Task<Expected<void>> changeTo(VaultKind kind, LinkLedger::VaultRecord record);
    [[nodiscard]] QCoro::Task<Expected<void>> moveTo(VaultKind kind);
    [[nodiscard]] Expected<bool> hasSealedKeys() const;
    [[nodiscard]] std::unique_ptr<MasterKeyStore> store(VaultKind kind) const;
    void close(VaultKind kind, const Error& error);

    LinkLedger& m_ledger;
    QString m_folder;
    std::optional<VaultKind> m_wanted;
    KeyVault m_vault;
    VaultReport m_report;
    Turn m_turn; //!< Two at once would make two master keys.
};

} // namespace sharelock::sharing
