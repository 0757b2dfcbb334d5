// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/vault_keeper.h"

#include "base/stop_notice.h"
#include "sharing/opencode_password.h"

#include <QLockFile>

#include <algorithm>

namespace sharelock::sharing {

namespace {

// Sealed with the master key, to tell whether a key that is found later is the same.
LinkId checkId()
{
    return {QUrl(QStringLiteral("sharelock:vault")), QStringLiteral("check")};
}

Expected<LinkLedger::VaultRecord> recordFor(const KeyVault& vault, VaultKind kind)
{
    auto check = vault.seal(checkId(), Secret("sharelock"));
    if (!check)
        return tl::unexpected(check.error());
    return LinkLedger::VaultRecord{kind, *std::move(check)};
}

VaultStatus statusFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::KeyringMissing:
        return VaultStatus::Missing;
    case ErrorCode::KeyringLocked:
        return VaultStatus::Locked;
    case ErrorCode::KeyringRefused:
        return VaultStatus::Refused;
    case ErrorCode::KeyringEmptied:
        return VaultStatus::Emptied;
    case ErrorCode::MasterKeyWrong:
        return VaultStatus::Wrong;
    default:
        return VaultStatus::Broken;
    }
}

// A key that can't be read back is no key to seal anything with.
QCoro::Task<Expected<void>> writeChecked(std::shared_ptr<MasterKeyStore> store, Secret key)
{
    const auto written = co_await store->write(key);
    if (!written)
        co_return written;
    const auto back = co_await store->read();
    if (!back)
        co_return tl::unexpected(back.error());
    if (!(*back == key))
        co_return fail(ErrorCode::KeyringRefused);
    co_return Expected<void>{};
}

Expected<void> resealAll(LinkLedger& ledger, const KeyVault& from, const KeyVault& to,
                         const LinkLedger::VaultRecord& record)
{
    return ledger.together([&]() -> Expected<void> {
        const auto password = opencodePassword(ledger, from);
        const auto resealed = ledger.reseal(from, to, record);
        // A password that did not open is of no use to anyone: the person will be asked again.
        if (!resealed || !password || password->isEmpty())
            return resealed;
        return saveOpencodePassword(ledger, to, *password);
    });
}

// Two processes at their first use at once would overwrite each other's master key.
QCoro::Task<std::shared_ptr<QLockFile>> lockedVault(QString folder)
{
    using namespace std::chrono_literals;
    constexpr int longest = 100; // A keyring may be asking the person.
    auto lock = std::make_shared<QLockFile>(folder % u"/vault.lock");
    lock->setStaleLockTime(0);
    for (int tries = 0; tries < longest && !lock->tryLock(0); ++tries)
        (void)co_await pauseFor(100ms, {});
    co_return lock;
}

} // namespace

VaultKeeper::VaultKeeper(LinkLedger& ledger, QString folder, std::optional<VaultKind> wanted)
    : m_ledger(ledger)
    , m_folder(std::move(folder))
    , m_wanted(wanted)
{
}

bool VaultKeeper::isCurrent() const
{
    const auto record = m_ledger.vaultRecord();
    return record && *record && m_vault.sealedHere((*record)->check);
}

QCoro::Task<VaultReport> VaultKeeper::open(bool again)
{
    const auto turn = co_await m_turn.take();
    if (m_report.status != VaultStatus::NotAsked && !again)
        co_return m_report;
    const auto lock = co_await lockedVault(m_folder);
    const auto record = m_ledger.vaultRecord();
    if (!record) {
        close(m_wanted.value_or(VaultKind::Keychain), record.error());
        co_return m_report;
    }
    const VaultKind recorded = *record ? (*record)->kind : VaultKind::Keychain;
    const VaultKind kind = m_wanted.value_or(recorded);
    Expected<void> opened;
    if (!*record)
        opened = co_await firstUse(kind);
    else if (kind == recorded)
        opened = co_await openRecorded(**record);
    else
        opened = co_await changeTo(kind, **record);
    if (opened) {
        m_report = {VaultStatus::Open, kind, {}};
        // Said once, done once: if another process moves the key later, it is followed, not moved back.
        m_wanted.reset();
    } else {
        close(*record ? recorded : kind, opened.error());
    }
    co_return m_report;
}

QCoro::Task<Expected<void>> VaultKeeper::firstUse(VaultKind kind)
{
    const std::shared_ptr<MasterKeyStore> keys = store(kind);
    const auto found = co_await keys->read();
    if (!found)
        co_return tl::unexpected(found.error());
    Secret key = *found;
    // One that is there already was made by a run that ended before it could say so.
    if (key.isEmpty()) {
        key = KeyVault::freshMasterKey();
        const auto written = co_await writeChecked(keys, key);
        if (!written)
            co_return written;
    }
    KeyVault vault(key);
    const auto record = recordFor(vault, kind);
    if (!record)
        co_return tl::unexpected(record.error());
    const auto saved = m_ledger.setVaultRecord(*record);
    if (saved)
        m_vault = std::move(vault);
    co_return saved;
}

QCoro::Task<Expected<void>> VaultKeeper::openRecorded(LinkLedger::VaultRecord record)
{
    const std::shared_ptr<MasterKeyStore> keys = store(record.kind);
    const auto key = co_await keys->read();
    if (!key)
        co_return tl::unexpected(key.error());
    if (key->isEmpty())
        co_return fail(ErrorCode::KeyringEmptied);
    KeyVault vault(*key);
    const auto opens = vault.open(checkId(), record.check);
    if (!opens)
        co_return fail(ErrorCode::MasterKeyWrong);
    m_vault = std::move(vault);
    co_return Expected<void>{};
}

QCoro::Task<Expected<void>> VaultKeeper::changeTo(VaultKind kind, LinkLedger::VaultRecord record)
{
    const auto inUse = hasSealedKeys();
    if (!inUse)
        co_return tl::unexpected(inUse.error());
    Expected<void> changed;
    if (!*inUse) {
        changed = co_await firstUse(kind);
        co_return changed;
    }
    changed = co_await openRecorded(record);
    if (changed)
        changed = co_await moveTo(kind);
    co_return changed;
}

QCoro::Task<Expected<VaultReport>> VaultKeeper::move(VaultKind to)
{
    const VaultReport known = co_await open(false);
    if (known.status != VaultStatus::Open) {
        // Nothing can be moved out of a store that does not open. Where nothing was sealed, nothing needs to.
        m_wanted = to;
        const VaultReport report = co_await open(true);
        m_wanted.reset();
        if (report.status != VaultStatus::Open)
            co_return tl::unexpected(report.error);
        co_return report;
    }
    const auto turn = co_await m_turn.take();
    const auto lock = co_await lockedVault(m_folder);
    if (m_report.kind != to) {
        const auto moved = co_await moveTo(to);
        if (!moved)
            co_return tl::unexpected(moved.error());
        m_report = {VaultStatus::Open, to, {}};
    }
    co_return m_report;
}

QCoro::Task<Expected<void>> VaultKeeper::moveTo(VaultKind kind)
{
    const VaultKind from = kind == VaultKind::File ? VaultKind::Keychain : VaultKind::File;
    const std::shared_ptr<MasterKeyStore> keys = store(kind);
    const Secret key = KeyVault::freshMasterKey();
    Expected<void> moved = co_await writeChecked(keys, key);
    KeyVault vault(key);
    if (moved) {
        const auto record = recordFor(vault, kind);
        moved = record ? resealAll(m_ledger, m_vault, vault, *record)
                       : Expected<void>(tl::unexpected(record.error()));
    }
    if (!moved) {
        (void)co_await keys->erase();
        co_return moved;
    }
    m_vault = std::move(vault);
    Receipt receipt;
    receipt.at = now();
    receipt.act = QStringLiteral("reseal");
    receipt.outcome = QStringLiteral("ok");
    // The old master key opens nothing any more. If it can't be erased it is clutter, not a danger.
    const std::shared_ptr<MasterKeyStore> old = store(from);
    const auto erased = co_await old->erase();
    if (!erased)
        receipt.outcome = codeName(erased.error().code);
    (void)m_ledger.append(receipt);
    co_return Expected<void>{};
}

Expected<bool> VaultKeeper::hasSealedKeys() const
{
    const auto links = m_ledger.links();
    if (!links)
        return tl::unexpected(links.error());
    return std::any_of(links->begin(), links->end(), [](const Link& link) { return link.hasKey; });
}

std::unique_ptr<MasterKeyStore> VaultKeeper::store(VaultKind kind) const
{
    return kind == VaultKind::File ? fileStore(m_folder) : keychainStore(m_ledger.ledgerId());
}

void VaultKeeper::close(VaultKind kind, const Error& error)
{
    m_vault = {};
    m_report = {statusFor(error.code), kind, error};
}

} // namespace sharelock::sharing
