// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/key_vault.h"
#include "sharing/keychain_thread.h"
#include "sharing/secret_service.h"

#include <QCoroSignal>

#include <qt6keychain/keychain.h>

#include <sodium.h>

#include <memory>
#include <utility>

namespace sharelock::sharing {

namespace {

constexpr std::size_t masterKeySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;

QString serviceName()
{
    return QStringLiteral("sharelock");
}

//! \brief Wipes \p bytes and, since they are shared and not detached here, the copy of a finished job too.
void wipeShared(const QByteArray& bytes)
{
    sodium_memzero(const_cast<char*>(bytes.constData()), static_cast<std::size_t>(bytes.size()));
}

//! \brief Starts \p job and waits for it, however long it takes: what is asked of the keyring can't be taken
//! back.
QCoro::Task<> finish(QKeychain::Job* job, QString account)
{
    job->setAutoDelete(false);
    job->setInsecureFallback(false);
    job->setKey(account);
    job->start();
    co_await qCoro(job, &QKeychain::Job::finished);
}

//! \brief The keyring's own words are foreign and name no key, so they may be shown.
QCoro::Task<tl::unexpected<Error>> failureOf(QKeychain::Job* job)
{
    const QKeychain::Error error = job->error();
    const QString words = job->errorString();
    const KeyringHealth health = co_await keyringHealth();
    if (error == QKeychain::AccessDeniedByUser)
        co_return fail(ErrorCode::KeyringRefused, {}, words);
    if (health == KeyringHealth::Locked || health == KeyringHealth::Unanswering)
        co_return fail(ErrorCode::KeyringLocked, {}, words);
    if (error == QKeychain::AccessDenied)
        co_return fail(ErrorCode::KeyringRefused, {}, words);
    // Without a default keyring there is a service, but nothing that it could keep a key in.
    if (health != KeyringHealth::Usable || error == QKeychain::NoBackendAvailable)
        co_return fail(ErrorCode::KeyringMissing, {}, words);
    co_return fail(ErrorCode::KeyringRefused, {}, words);
}

//! \brief Whether the keyring holds nothing for \p account, in no locked collection either. Else
//! KeyringLocked: one that was unlocked just now helps on the next try, as does one that is unlocked then.
QCoro::Task<Expected<void>> checkAbsent(QString account)
{
    const QMap<QString, QString> attributes{{QStringLiteral("user"), account},
                                            {QStringLiteral("server"), serviceName()}};
    const KeyringItem item = co_await findKeyringItem(attributes);
    if (item != KeyringItem::None)
        co_return fail(ErrorCode::KeyringLocked);
    co_return Expected<void>();
}

QCoro::Task<KeychainAnswer> readEntry(QString account)
{
    const auto job = std::make_unique<QKeychain::ReadPasswordJob>(serviceName());
    co_await finish(job.get(), account);
    if (job->error() == QKeychain::NoError) {
        const QByteArray bytes = job->binaryData();
        const Secret key(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        wipeShared(bytes);
        if (key.size() != masterKeySize)
            co_return fail(ErrorCode::MasterKeyWrong, {},
                           QStringLiteral("the keyring's entry has a wrong size"));
        co_return key;
    }
    if (job->error() != QKeychain::EntryNotFound) {
        const auto failed = co_await failureOf(job.get());
        co_return failed;
    }
    const Expected<void> absent = co_await checkAbsent(account);
    if (!absent)
        co_return tl::make_unexpected(absent.error());
    co_return Secret();
}

QCoro::Task<KeychainAnswer> writeEntry(QString account, Secret key)
{
    const auto job = std::make_unique<QKeychain::WritePasswordJob>(serviceName());
    const QByteArray bytes(key.reveal().data(), static_cast<qsizetype>(key.size()));
    job->setBinaryData(bytes);
    co_await finish(job.get(), account);
    wipeShared(bytes);
    if (job->error() != QKeychain::NoError) {
        const auto failed = co_await failureOf(job.get());
        co_return failed;
    }
    const KeychainAnswer stored = co_await readEntry(account);
    if (!stored)
        co_return stored;
    if (!(*stored == key))
        co_return fail(ErrorCode::KeyringRefused, {}, QStringLiteral("the keyring gave something else back"));
    co_return Secret();
}

QCoro::Task<KeychainAnswer> eraseEntry(QString account)
{
    const auto job = std::make_unique<QKeychain::DeletePasswordJob>(serviceName());
    co_await finish(job.get(), account);
    if (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound) {
        const auto failed = co_await failureOf(job.get());
        co_return failed;
    }
    const Expected<void> absent = co_await checkAbsent(account);
    if (!absent)
        co_return tl::make_unexpected(absent.error());
    co_return Secret();
}

Expected<void> withoutValue(const KeychainAnswer& answer)
{
    if (!answer)
        return tl::make_unexpected(answer.error());
    return {};
}

class KeychainStore final : public MasterKeyStore
{
public:
    KeychainStore(QString account, KeychainPatience patience)
        : m_account(std::move(account))
        , m_patience(patience)
    {
    }

    QCoro::Task<Expected<Secret>> read() override
    {
        KeychainWork work = [account = m_account] { return readEntry(account); };
        auto answer = co_await onKeychainThread(std::move(work), m_patience.read);
        co_return answer;
    }

    QCoro::Task<Expected<void>> write(Secret key) override
    {
        if (key.size() != masterKeySize)
            co_return fail(ErrorCode::Internal, {}, QStringLiteral("a master key has 32 bytes"));
        KeychainWork work = [account = m_account, key] { return writeEntry(account, key); };
        const auto answer = co_await onKeychainThread(std::move(work), m_patience.write);
        co_return withoutValue(answer);
    }

    QCoro::Task<Expected<void>> erase() override
    {
        KeychainWork work = [account = m_account] { return eraseEntry(account); };
        const auto answer = co_await onKeychainThread(std::move(work), m_patience.read);
        co_return withoutValue(answer);
    }

private:
    QString m_account;
    KeychainPatience m_patience;
};

} // namespace

std::unique_ptr<MasterKeyStore> keychainStore(const QString& account, KeychainPatience patience)
{
    return std::make_unique<KeychainStore>(account, patience);
}

} // namespace sharelock::sharing
