// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/error.h"
#include "base/secret.h"
#include "sharing/link.h"

#include <QByteArray>

#include <QCoroTask>

#include <chrono>
#include <memory>

namespace sharelock::sharing {

enum class VaultKind
{
    Keychain, //!< Master key in the system's keyring.
    File,     //!< Master key in a file with mode 0600: the person's explicit choice.
};

//! \brief Where the one master key (32 bytes) is kept. Asked once at start.
class MasterKeyStore
{
public:
    virtual ~MasterKeyStore() = default;
    //! \returns the key, or an empty Secret when none was ever stored there.
    //! Errors: KeyringMissing, KeyringLocked, KeyringRefused, MasterKeyWrong (something else is stored
    //! there), VaultFileBroken, FileFailed.
    [[nodiscard]] virtual QCoro::Task<Expected<Secret>> read() = 0;
    //! \brief Reads it back before it reports success.
    [[nodiscard]] virtual QCoro::Task<Expected<void>> write(Secret key) = 0;
    //! \brief Succeeds too when there is none.
    [[nodiscard]] virtual QCoro::Task<Expected<void>> erase() = 0;
};

//! \brief How long the keyring may take. A prompt to unlock it may be open, so a person's time, not a
//! machine's.
struct KeychainPatience
{
    std::chrono::milliseconds read{60'000}; //!< And to erase.
    std::chrono::milliseconds write{60'000};
};

//! \brief QtKeychain, never with its insecure fallback. \p account tells several ledgers apart. Use it from a
//! thread with an event loop, any one. What takes longer than \p patience is KeyringLocked.
[[nodiscard]] std::unique_ptr<MasterKeyStore> keychainStore(const QString& account,
                                                            KeychainPatience patience = {});
//! \brief `<folder>/vault.key`, 0600, written atomically and synced.
[[nodiscard]] std::unique_ptr<MasterKeyStore> fileStore(const QString& folder);

//! \brief A key as the ledger stores it. The box starts with a mark that names the master key.
struct SealedKey
{
    QByteArray nonce;
    QByteArray box;
};

//! \brief Seals and opens link keys: XChaCha20-Poly1305 with the link's origin and ID as associated data, so
//! a sealed key moved to another row does not open. A value; an empty one seals nothing. Thread-safe.
class KeyVault
{
public:
    KeyVault() = default;
    //! \brief Stays closed unless \p masterKey has 32 bytes.
    explicit KeyVault(Secret masterKey);

    [[nodiscard]] static Secret freshMasterKey();
    [[nodiscard]] bool isOpen() const { return !m_masterKey.isEmpty(); }
    //! \brief Errors: KeyringMissing when not open, KeyMissing for an empty key.
    [[nodiscard]] Expected<SealedKey> seal(const LinkId& id, const Secret& key) const;
    //! \brief Errors: MasterKeyWrong when it does not open.
    [[nodiscard]] Expected<Secret> open(const LinkId& id, const SealedKey& sealed) const;
    //! \brief Whether \p key is what was sealed; quicker than open(), since nothing is kept. Errors as for
    //! open().
    [[nodiscard]] Expected<bool> holds(const LinkId& id, const SealedKey& sealed, const Secret& key) const;
    //! \brief Whether this vault's master key sealed it, as far as its mark tells. False when not open.
    [[nodiscard]] bool sealedHere(const SealedKey& sealed) const;
    //! \brief Equal for all that one master key sealed; says nothing about that key.
    [[nodiscard]] static QByteArray markOf(const SealedKey& sealed);

private:
    class Opened;
    [[nodiscard]] Expected<void> openInto(Opened& opened, const LinkId& id, const SealedKey& sealed) const;

    Secret m_masterKey;
    QByteArray m_mark;
};

} // namespace sharelock::sharing
