// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/probe.h"
#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

namespace {

const QString afterSetting = QStringLiteral("default-expiry-hours");

} // namespace

Expected<void> ShareManager::setExpiry(const LinkId& id, std::optional<Timestamp> at)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->together([&]() -> Expected<void> {
        auto link = d->knownLink(id);
        if (!link)
            return tl::unexpected(link.error());
        if (link->expiresAt == at)
            return {};
        link->expiresAt = at;
        if (auto saved = (*ledger)->save(*link); !saved)
            return saved;
        Receipt receipt = receiptFor(*link, QStringLiteral("expiry"), now());
        receipt.detail = at ? isoString(*at) : QStringLiteral("never");
        return (*ledger)->append(receipt);
    });
}

Expected<std::optional<std::chrono::hours>> ShareManager::defaultExpiry()
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const auto text = (*ledger)->setting(afterSetting);
    if (!text)
        return tl::unexpected(text.error());
    const int hours = text->toInt();
    return hours > 0 ? std::optional(std::chrono::hours(hours)) : std::nullopt;
}

Expected<void> ShareManager::setDefaultExpiry(std::optional<std::chrono::hours> after)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->setSetting(afterSetting, after ? QString::number(after->count()) : QString());
}

} // namespace sharelock::sharing
