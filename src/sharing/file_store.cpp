// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "sharing/key_vault.h"
#include "sharing/private_folder.h"

#include <QFile>

#include <sodium.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sharelock::sharing {

namespace {

constexpr std::size_t keySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

tl::unexpected<Error> broken(const QString& path, const char* why)
{
    return fail(ErrorCode::VaultFileBroken, path, QString::fromLatin1(why));
}

Expected<Secret> readKey(const QString& path)
{
    // Not blocking: somebody may have put a pipe there.
    const Descriptor file(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (file.number() < 0) {
        switch (errno) {
        case ENOENT:
            return Secret();
        case ELOOP:
            return broken(path, "a symbolic link");
        case EACCES:
            return broken(path, "not readable");
        default:
            return systemFailure(path, errno);
        }
    }
    struct stat status
    {
    };
    if (::fstat(file.number(), &status) != 0)
        return systemFailure(path, errno);
    if (!S_ISREG(status.st_mode))
        return broken(path, "not a regular file");
    if (status.st_uid != ::geteuid())
        return broken(path, "belongs to somebody else");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return broken(path, "others may read or change it");
    if (status.st_size != static_cast<off_t>(keySize))
        return broken(path, "wrong size");

    std::array<char, keySize> bytes{};
    const ssize_t count = ::read(file.number(), bytes.data(), bytes.size());
    const int reason = errno;
    const Secret key =
        count == static_cast<ssize_t>(keySize) ? Secret(std::string_view(bytes.data(), keySize)) : Secret();
    sodium_memzero(bytes.data(), bytes.size());
    if (count < 0)
        return systemFailure(path, reason);
    if (key.isEmpty())
        return broken(path, "wrong size");
    return key;
}

//! \brief Writes the whole key to a new file that nobody else can open, down to the disk.
Expected<void> writeNewFile(const QString& path, const Secret& key)
{
    const QByteArray name = QFile::encodeName(path);
    // One that a killed run left behind was never the vault's key.
    if (::unlink(name.constData()) != 0 && errno != ENOENT)
        return systemFailure(path, errno);
    const Descriptor file(
        ::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (file.number() < 0)
        return systemFailure(path, errno);
    const std::string_view bytes = key.reveal();
    const ssize_t count = ::write(file.number(), bytes.data(), bytes.size());
    if (count < 0 || ::fchmod(file.number(), S_IRUSR | S_IWUSR) != 0 || ::fsync(file.number()) != 0)
        return systemFailure(path, errno);
    if (count != static_cast<ssize_t>(bytes.size()))
        return fail(ErrorCode::DiskFull, path);
    return {};
}

class FileStore final : public MasterKeyStore
{
public:
    explicit FileStore(QString folder)
        : m_folder(std::move(folder))
        , m_path(m_folder + QStringLiteral("/vault.key"))
    {
    }

    QCoro::Task<Expected<Secret>> read() override
    {
        assertOffGuiThread("the vault's key file");
        co_return readKey(m_path);
    }

    QCoro::Task<Expected<void>> write(Secret key) override
    {
        assertOffGuiThread("the vault's key file");
        co_return replace(key);
    }

    QCoro::Task<Expected<void>> erase() override
    {
        assertOffGuiThread("the vault's key file");
        co_return remove();
    }

private:
    [[nodiscard]] Expected<void> replace(const Secret& key) const
    {
        if (key.size() != keySize)
            return fail(ErrorCode::Internal, m_path, QStringLiteral("a master key has 32 bytes"));
        if (auto made = makePrivateFolder(m_folder); !made)
            return made;
        // What is there and can't be used may still hold the key of a ledger: a person has to look at it.
        if (const auto present = readKey(m_path); !present)
            return tl::make_unexpected(present.error());
        const QString fresh = m_path + QStringLiteral(".new");
        if (auto written = writeNewFile(fresh, key); !written) {
            ::unlink(QFile::encodeName(fresh).constData());
            return written;
        }
        if (::rename(QFile::encodeName(fresh).constData(), QFile::encodeName(m_path).constData()) != 0)
            return systemFailure(m_path, errno);
        if (auto synced = syncFolder(m_folder); !synced)
            return synced;
        const auto stored = readKey(m_path);
        if (!stored)
            return tl::make_unexpected(stored.error());
        if (!(*stored == key))
            return broken(m_path, "changed while it was written");
        return {};
    }

    [[nodiscard]] Expected<void> remove() const
    {
        if (::unlink(QFile::encodeName(m_path).constData()) == 0)
            return syncFolder(m_folder);
        if (errno != ENOENT && errno != ENOTDIR)
            return systemFailure(m_path, errno);
        return {};
    }

    QString m_folder;
    QString m_path;
};

} // namespace

std::unique_ptr<MasterKeyStore> fileStore(const QString& folder)
{
    return std::make_unique<FileStore>(folder);
}

} // namespace sharelock::sharing
