// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/key_vault.h"

#include <sodium.h>

#include <string>
#include <utility>
#include <vector>

namespace sharelock::sharing {

namespace {

constexpr std::size_t masterKeySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype markSize = 16;

const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

const unsigned char* bytes(const QByteArray& array)
{
    return reinterpret_cast<const unsigned char*>(array.constData());
}

//! \brief The ID comes last: only it could hold a line break.
std::string associatedData(const LinkId& id)
{
    return "sharelock link key 1\n" + id.origin.toString(QUrl::FullyEncoded).toStdString() + '\n' +
           id.shareId.toStdString();
}

//! \brief Tells master keys apart without saying anything about them.
QByteArray masterKeyMark(const Secret& masterKey)
{
    constexpr std::string_view domain = "sharelock master key mark 1";
    QByteArray mark(markSize, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(mark.data()), static_cast<std::size_t>(mark.size()),
                       bytes(domain), domain.size(), bytes(masterKey.reveal()), masterKey.size());
    return mark;
}

} // namespace

//! \brief A key in clear, wiped on every way out.
class KeyVault::Opened
{
public:
    Opened() = default;
    ~Opened() { sodium_memzero(m_bytes.data(), m_bytes.size()); }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    unsigned char* reserve(std::size_t size)
    {
        m_bytes.resize(size);
        return m_bytes.data();
    }
    [[nodiscard]] std::string_view view() const
    {
        return {reinterpret_cast<const char*>(m_bytes.data()), m_bytes.size()};
    }

private:
    std::vector<unsigned char> m_bytes;
};

KeyVault::KeyVault(Secret masterKey)
{
    if (masterKey.size() != masterKeySize || sodium_init() < 0)
        return;
    m_mark = masterKeyMark(masterKey);
    m_masterKey = std::move(masterKey);
}

Secret KeyVault::freshMasterKey()
{
    if (sodium_init() < 0)
        return {};
    Opened key;
    randombytes_buf(key.reserve(masterKeySize), masterKeySize);
    return Secret(key.view());
}

Expected<SealedKey> KeyVault::seal(const LinkId& id, const Secret& key) const
{
    if (!isOpen())
        return fail(ErrorCode::KeyringMissing);
    if (key.isEmpty())
        return fail(ErrorCode::KeyMissing, id.shareId);
    const std::string data = associatedData(id);
    SealedKey sealed;
    sealed.nonce.resize(static_cast<qsizetype>(nonceSize));
    randombytes_buf(sealed.nonce.data(), nonceSize);
    sealed.box.resize(static_cast<qsizetype>(key.size() + tagSize));
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.box.data()), nullptr,
                                               bytes(key.reveal()), key.size(), bytes(data), data.size(),
                                               nullptr, bytes(sealed.nonce), bytes(m_masterKey.reveal()));
    sealed.box.prepend(m_mark);
    return sealed;
}

Expected<void> KeyVault::openInto(Opened& opened, const LinkId& id, const SealedKey& sealed) const
{
    if (!isOpen())
        return fail(ErrorCode::KeyringMissing);
    const qsizetype smallest = markSize + static_cast<qsizetype>(tagSize) + 1;
    if (!sealedHere(sealed) || sealed.box.size() < smallest ||
        sealed.nonce.size() != static_cast<qsizetype>(nonceSize))
        return fail(ErrorCode::MasterKeyWrong, id.shareId);
    const std::string data = associatedData(id);
    const auto boxSize = static_cast<std::size_t>(sealed.box.size() - markSize);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            opened.reserve(boxSize - tagSize), nullptr, nullptr, bytes(sealed.box) + markSize, boxSize,
            bytes(data), data.size(), bytes(sealed.nonce), bytes(m_masterKey.reveal())) != 0)
        return fail(ErrorCode::MasterKeyWrong, id.shareId);
    return {};
}

Expected<Secret> KeyVault::open(const LinkId& id, const SealedKey& sealed) const
{
    Opened opened;
    if (auto done = openInto(opened, id, sealed); !done)
        return tl::make_unexpected(done.error());
    return Secret(opened.view());
}

Expected<bool> KeyVault::holds(const LinkId& id, const SealedKey& sealed, const Secret& key) const
{
    Opened opened;
    if (auto done = openInto(opened, id, sealed); !done)
        return tl::make_unexpected(done.error());
    return opened.view().size() == key.size() &&
           sodium_memcmp(opened.view().data(), key.reveal().data(), key.size()) == 0;
}

bool KeyVault::sealedHere(const SealedKey& sealed) const
{
    return isOpen() && markOf(sealed) == m_mark;
}

QByteArray KeyVault::markOf(const SealedKey& sealed)
{
    return sealed.box.left(markSize);
}

} // namespace sharelock::sharing
