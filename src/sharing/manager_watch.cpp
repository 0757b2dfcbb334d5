// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

namespace {

const QString takeDownSetting = QStringLiteral("take-down-secrets");

} // namespace

const Environment& ShareManager::environment() const
{
    return d->options.environment;
}

ShareModes& ShareManager::modes()
{
    if (!d->m_modes)
        d->m_modes = std::make_unique<ShareModes>(*this);
    return *d->m_modes;
}

Expected<bool> ShareManager::takesDownSecrets()
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    const auto text = (*ledger)->setting(takeDownSetting);
    if (!text)
        return tl::unexpected(text.error());
    return *text == QLatin1String("on");
}

Expected<void> ShareManager::setTakesDownSecrets(bool on)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return (*ledger)->setSetting(takeDownSetting, on ? QStringLiteral("on") : QString());
}

} // namespace sharelock::sharing
