// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/thread_guard.h"
#include "sharing/scan_rules.h"
#include "sharing/share_manager_p.h"

namespace sharelock::sharing {

void ShareManager::follow()
{
    assertOffGuiThread("ShareManager::follow");
    if (d->m_follower)
        return;
    d->m_follower = std::make_unique<Follower>(d->options.environment.opencodeDatabase());
    connect(d->m_follower.get(), &Follower::lookNow, this, [this] { d->lookAround(); });
    for (const auto& folder : d->m_folders)
        connect(&folder->follower(), &Follower::lookNow, this, [this] { d->lookAround(); });
    d->lookAround();
}

void ShareManager::Private::lookAround()
{
    bool linksDiffer = false;
    const StoreSight sight = lookAtStore();
    const bool sessionsDiffer = m_storeSeen && *m_storeSeen != sight;
    const bool othersDiffer = sawOthersChange();
    // A new link's key is destroyed with its session, so it is taken in at once, before anyone asks.
    if (!m_storeSeen || sessionsDiffer || othersDiffer)
        linksDiffer = takeInRows() > 0;
    m_storeSeen = sight;

    if (const auto version = lookAtLedger()) {
        const bool ledgerDiffers = m_ledgerSeen && *m_ledgerSeen != *version;
        linksDiffer = linksDiffer || ledgerDiffers;
        m_ledgerSeen = *version;
        if (ledgerDiffers)
            followFoldersSoon();
        if (ledgerDiffers && m_background)
            m_background->choicesChanged();
    }
    const QByteArray rules = fileStamp(personRules(options.environment));
    const bool rulesDiffer = m_rulesSeen && *m_rulesSeen != rules;
    m_rulesSeen = rules;
    if (sessionsDiffer && m_background)
        m_background->sessionsChanged();
    if (rulesDiffer && m_background)
        m_background->rulesChanged();
    if (sessionsDiffer)
        Q_EMIT q->sessionsChanged();
    if (othersDiffer)
        Q_EMIT q->otherFoldersChanged(followedFolders());
    if (linksDiffer)
        Q_EMIT q->linksChanged();
    if (rulesDiffer)
        Q_EMIT q->rulesChanged();
}

void ShareManager::Private::followFoldersSoon()
{
    // Later, since it may let go of the very folder whose news are being looked at.
    const auto look = [this] {
        const QStringList before = followedFolders();
        readFolderSetting();
        if (before != followedFolders())
            lookAround();
    };
    QMetaObject::invokeMethod(q, look, Qt::QueuedConnection);
}

bool ShareManager::Private::sawOthersChange()
{
    QByteArray sight = opencode::olderSharesStamp(mainFolder());
    for (const auto& other : m_folders)
        sight += other->folder().toUtf8() + '\n' + other->sight() + '\n';
    return std::exchange(m_othersSeen, sight) != sight;
}

void ShareManager::Private::markStoreSeen()
{
    if (!m_storeSeen)
        m_storeSeen = lookAtStore();
}

void ShareManager::Private::markSeen()
{
    markStoreSeen();
    if (!m_ledgerSeen)
        m_ledgerSeen = lookAtLedger();
}

std::optional<qint64> ShareManager::Private::lookAtLedger()
{
    const auto ledger = openLedger();
    if (!ledger)
        return std::nullopt;
    const auto version = (*ledger)->dataVersion();
    return version ? std::optional(*version) : std::nullopt;
}

ShareManager::Private::StoreSight ShareManager::Private::lookAtStore()
{
    const QString path = options.environment.opencodeDatabase();
    // Opening a file that can't be opened again and again costs; it is tried when something about it changed.
    if (m_storeError && !m_store && fileStamp(path) == m_failedFile &&
        m_storeError->code != ErrorCode::DatabaseLocked)
        return {m_openings, -1, m_storeError->code};
    const auto store = openStore();
    if (!store)
        return {m_openings, -1, store.error().code};
    const auto version = (*store)->dataVersion();
    if (!version) {
        (void)dropStore(version.error());
        return {m_openings, -1, version.error().code};
    }
    return {m_openings, *version, std::nullopt};
}

} // namespace sharelock::sharing
