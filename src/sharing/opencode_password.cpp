// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/opencode_password.h"

namespace sharelock::sharing {

namespace {

const auto settingName = QStringLiteral("opencode-server-password");

// Bound to its purpose: no link's key can be put in its place.
LinkId passwordId()
{
    return {QUrl(QStringLiteral("sharelock:opencode-server")), QStringLiteral("password")};
}

} // namespace

Expected<void> saveOpencodePassword(LinkLedger& ledger, const KeyVault& vault, const Secret& password)
{
    if (password.isEmpty())
        return ledger.setSetting(settingName, {});
    const auto sealed = vault.seal(passwordId(), password);
    if (!sealed)
        return tl::unexpected(sealed.error());
    const QByteArray text = sealed->nonce.toBase64() + ' ' + sealed->box.toBase64();
    return ledger.setSetting(settingName, QString::fromLatin1(text));
}

Expected<Secret> opencodePassword(const LinkLedger& ledger, const KeyVault& vault)
{
    const auto text = ledger.setting(settingName);
    if (!text)
        return tl::unexpected(text.error());
    if (text->isEmpty())
        return Secret();
    const QList<QByteArray> parts = text->toLatin1().split(' ');
    if (parts.size() != 2)
        return fail(ErrorCode::MasterKeyWrong);
    const SealedKey sealed{QByteArray::fromBase64(parts.first()), QByteArray::fromBase64(parts.last())};
    return vault.open(passwordId(), sealed);
}

} // namespace sharelock::sharing
