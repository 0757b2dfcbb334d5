// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// What the dialog says of the offer, of the vault and of its last act.

#include "app/content_model.h"
#include "app/publish_controller.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace sharelock::app {

bool PublishController::canPublish() const
{
    if (!isReady() || m_running || !isVaultOpen() || m_prepared.offer->disabled)
        return false;
    if (m_kind == Kind::Live)
        return !m_prepared.opencodeMissing;
    return isDecided() && (!isUpToDate() || m_prepared.update->link.partlyUpdated);
}

bool PublishController::isDecided() const
{
    return openFindings() == 0 && checkReason();
}

Expected<void> PublishController::checkReason() const
{
    return m_prepared.update ? sharing::checkReason(*m_prepared.update, m_keptReason)
                             : sharing::checkReason(*m_prepared.offer, m_keptReason);
}

const std::vector<redaction::FoundValue>& PublishController::found() const
{
    return m_prepared.update ? m_prepared.update->found : m_prepared.offer->found;
}

template <typename Test>
int PublishController::countFindings(Test test) const
{
    if (!isReady())
        return 0;
    return static_cast<int>(std::count_if(found().begin(), found().end(), test));
}

int PublishController::openFindings() const
{
    return countFindings([](const auto& found) { return found.decision == redaction::Decision::Open; });
}

int PublishController::keptSecrets() const
{
    return isReady() ? sharing::keptSecrets(found()) : 0;
}

QString PublishController::leftOut() const
{
    QStringList texts;
    for (const redaction::ContentKind kind : redaction::allContent) {
        if (!isReady() || !m_prepared.offer->leftOut.has(kind))
            continue;
        const std::size_t count = sharing::amountOf(m_prepared.offer->content, kind).count;
        if (count > 0)
            texts += tr("%1 (%2)").arg(ContentModel::title(kind), QLocale().toString(count));
    }
    return texts.join(tr(", "));
}

QString PublishController::keptReasonProblem() const
{
    if (!isReady() || m_keptReason.trimmed().isEmpty())
        return {};
    const auto fine = checkReason();
    return fine ? QString() : caption(fine.error());
}

void PublishController::setKeptReason(const QString& reason)
{
    if (reason == m_keptReason)
        return;
    m_keptReason = reason;
    Q_EMIT keptReasonChanged();
}

QString PublishController::title() const
{
    return isReady() ? m_prepared.offer->snapshot.title : QString();
}

QString PublishController::server() const
{
    return isReady() ? m_prepared.offer->server.host() : QString();
}

int PublishController::replacedValues() const
{
    return isReady() ? static_cast<int>(m_prepared.offer->snapshot.values) : 0;
}

int PublishController::replacedPlaces() const
{
    return isReady() ? static_cast<int>(m_prepared.offer->snapshot.places) : 0;
}

QString PublishController::gateText() const
{
    // An offer exists only when the gate found nothing.
    return isReady() ? tr("0 of %1 found").arg(m_prepared.offer->snapshot.searched.verdict().hiddenValues)
                     : QString();
}

QString PublishController::disabledReason() const
{
    if (!isReady() || !m_prepared.offer->disabled)
        return {};
    return caption(Error{ErrorCode::ShareDisabled, m_prepared.offer->modeFile, {}});
}

QString PublishController::vaultProblem() const
{
    const bool fine = isVaultOpen() || m_vault.status == sharing::VaultStatus::NotAsked;
    return fine ? QString() : caption(m_vault.error);
}

bool PublishController::vaultFileOffered() const
{
    using sharing::VaultStatus;
    return m_vault.kind == sharing::VaultKind::Keychain &&
           (m_vault.status == VaultStatus::Missing || m_vault.status == VaultStatus::Locked ||
            m_vault.status == VaultStatus::Refused);
}

double PublishController::progress() const
{
    return m_totalBytes > 0 ? std::min(1.0, m_sent / m_totalBytes) : 0.0;
}

QString PublishController::errorText() const
{
    return m_failed ? caption(m_error) : QString();
}

} // namespace sharelock::app
