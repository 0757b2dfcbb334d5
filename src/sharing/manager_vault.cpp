// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/opencode_password.h"
#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

namespace {

const auto urlSetting = QStringLiteral("opencode-server-url");
const auto userSetting = QStringLiteral("opencode-server-user");

} // namespace

QCoro::Task<VaultReport> ShareManager::openVault(bool again)
{
    const auto ledger = d->openLedger();
    if (!ledger) {
        const VaultKind kind = d->options.vault.value_or(VaultKind::Keychain);
        VaultReport broken{VaultStatus::Broken, kind, ledger.error()};
        co_return broken;
    }
    const bool wasOpen = d->keeper()->vault().isOpen();
    const VaultReport report = co_await d->keeper()->open(again);
    // Links that were taken in before had to go without their keys.
    if (report.status == VaultStatus::Open && !wasOpen)
        (void)d->takeInRows();
    co_return report;
}

QCoro::Task<Expected<VaultReport>> ShareManager::moveVault(VaultKind to)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    auto moved = co_await d->keeper()->move(to);
    co_return moved;
}

QCoro::Task<Expected<QString>> ShareManager::setOpencodeServer(opencode::ServerAddress address)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        co_return tl::unexpected(ledger.error());
    Expected<QString> version;
    if (!address.url.isEmpty()) {
        opencode::OpencodeServer server(address, d->http());
        version = co_await server.health();
        if (!version)
            co_return version;
    }
    Expected<const KeyVault*> vault = &d->keeper()->vault();
    if (!address.password.isEmpty())
        vault = co_await d->readyVault();
    if (!vault)
        co_return tl::unexpected(vault.error());
    const auto saved = (*ledger)->together([&]() -> Expected<void> {
        auto done = saveOpencodePassword(**ledger, **vault, address.password);
        if (done)
            done = (*ledger)->setSetting(userSetting, address.userName);
        if (done)
            done = (*ledger)->setSetting(urlSetting, address.url.toString(QUrl::RemoveUserInfo));
        return done;
    });
    if (!saved)
        co_return tl::unexpected(saved.error());
    co_return version;
}

Expected<QUrl> ShareManager::opencodeServerUrl()
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const auto text = (*ledger)->setting(urlSetting);
    if (!text)
        return tl::unexpected(text.error());
    return QUrl(*text);
}

Expected<std::optional<opencode::ServerAddress>> ShareManager::Private::configuredServer()
{
    const auto ledger = openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const auto url = (*ledger)->setting(urlSetting);
    const auto user = (*ledger)->setting(userSetting);
    if (!url || !user)
        return tl::unexpected(url ? user.error() : url.error());
    if (url->isEmpty())
        return std::nullopt;
    opencode::ServerAddress address;
    address.url = QUrl(*url);
    address.userName = *user;
    const auto password = opencodePassword(**ledger, m_keeper->vault());
    // One that does not open is as good as none: the server will ask, and the person can enter it anew.
    if (password)
        address.password = *password;
    return address;
}

} // namespace sharelock::sharing
