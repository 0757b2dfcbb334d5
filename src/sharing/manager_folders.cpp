// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/folder_setting.h"
#include "sharing/share_manager_p.h"

#include <QDir>
#include <QFileInfo>

namespace sharelock::sharing {

namespace {

const QString foldersSetting = QStringLiteral("data-folders");

} // namespace

Expected<QStringList> ShareManager::dataFolders()
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    return folderSetting(**ledger, foldersSetting);
}

Expected<void> ShareManager::setDataFolders(const QStringList& folders)
{
    const auto ledger = d->openLedger();
    if (!ledger)
        return tl::unexpected(ledger.error());
    QStringList cleaned;
    for (const QString& folder : folders) {
        const QString path = QDir::cleanPath(folder);
        const bool isOpencodes =
            QFileInfo::exists(path % u"/opencode.db") || QFileInfo(path % u"/storage").isDir();
        if (!QDir::isAbsolutePath(path) || !isOpencodes)
            return fail(ErrorCode::FolderNotOpencodes, folder);
        if (path != d->mainFolder() && !cleaned.contains(path))
            cleaned.append(path);
    }
    if (auto saved = setFolderSetting(**ledger, foldersSetting, cleaned); !saved)
        return saved;
    d->m_takenIn.reset();
    d->readFolderSetting();
    d->lookAround();
    return {};
}

QString ShareManager::Private::mainFolder() const
{
    return QFileInfo(options.environment.opencodeDatabase()).absolutePath();
}

void ShareManager::Private::readFolderSetting()
{
    const QStringList wanted = q->dataFolders().value_or(QStringList());
    std::erase_if(m_folders, [&](const auto& other) { return !wanted.contains(other->folder()); });
    for (const QString& path : wanted) {
        const auto known = [&](const auto& other) { return other->folder() == path; };
        if (std::any_of(m_folders.begin(), m_folders.end(), known))
            continue;
        m_folders.push_back(std::make_unique<DataFolder>(path));
        if (m_follower)
            connect(&m_folders.back()->follower(), &Follower::lookNow, q, [this] { lookAround(); });
    }
}

QStringList ShareManager::Private::followedFolders() const
{
    QStringList folders;
    for (const auto& other : m_folders)
        folders.append(other->folder());
    return folders;
}

std::vector<FolderInventory> ShareManager::Private::otherFolders()
{
    std::vector<FolderInventory> inventories;
    for (const auto& other : m_folders) {
        // What can't be read now keeps its links as they are.
        if (auto inventory = other->read())
            inventories.push_back(*std::move(inventory));
    }
    return inventories;
}

Expected<std::vector<opencode::SessionSummary>> ShareManager::Private::refresh()
{
    markSeen();
    // A ledger that can't be used hides no conversation; links() says what is wrong with it.
    const bool hasLedger = openLedger().has_value();
    const auto store = openStore();
    const auto sight = hasLedger ? lookAtIntake() : std::nullopt;
    if (!store) {
        // Without opencode's database its older files, and other folders, may still tell of links.
        if (hasLedger && !(sight && sight == m_takenIn))
            (void)takeIn(sight, nullptr);
        return tl::unexpected(store.error());
    }
    auto inventory = readMain(**store, opencode::Counting::Messages);
    if (!inventory)
        return dropStore(inventory.error());
    if (hasLedger)
        (void)takeIn(sight, &*inventory);
    return std::move(inventory->sessions);
}

int ShareManager::Private::takeInRows()
{
    if (!openLedger())
        return 0;
    // Reading a long list takes longer than all else here.
    const auto store = openStore();
    const auto sight = lookAtIntake();
    if (sight && sight == m_takenIn)
        return 0;
    if (!store)
        return takeIn(sight, nullptr);
    auto inventory = readMain(**store, opencode::Counting::Nothing);
    if (!inventory) {
        (void)dropStore(inventory.error());
        return 0;
    }
    return takeIn(sight, &*inventory);
}

int ShareManager::Private::takeIn(const std::optional<IntakeSight>& sight, FolderInventory* main)
{
    std::vector<FolderInventory> folders = otherFolders();
    if (main != nullptr) {
        folders.insert(folders.begin(), std::move(*main));
    } else {
        FolderInventory older;
        older.folder = mainFolder();
        older.sessionsRead = false;
        older.hasDatabase = !m_storeError || m_storeError->code != ErrorCode::DatabaseMissing;
        older.older = opencode::olderShares(older.folder);
        folders.push_back(std::move(older));
    }
    const auto taken = sharing::takeIn(*m_ledger, m_keeper->vault(), folders, now());
    m_takenIn = taken ? sight : std::nullopt;
    if (main != nullptr)
        *main = std::move(folders.front());
    return taken.value_or(0);
}

Expected<FolderInventory> ShareManager::Private::readMain(opencode::SessionStore& store,
                                                          opencode::Counting counting)
{
    auto inventory = readInventory(store, mainFolder(), counting);
    if (inventory)
        inventory->isMain = true;
    return inventory;
}

std::optional<ShareManager::Private::IntakeSight> ShareManager::Private::lookAtIntake()
{
    const auto ledger = m_ledger->dataVersion();
    if (!ledger)
        return std::nullopt;
    IntakeSight sight;
    sight.opening = m_openings;
    sight.ledger = *ledger;
    sight.others = opencode::olderSharesStamp(mainFolder());
    for (const auto& other : m_folders)
        sight.others += other->folder().toUtf8() + '\n' + other->sight() + '\n';
    bool hasKeys = !sight.others.isEmpty();
    if (m_store) {
        const auto version = m_store->dataVersion();
        if (!version)
            return std::nullopt;
        sight.store = *version;
        const auto rows = m_store->shares();
        hasKeys = hasKeys || (rows && !rows->empty());
    }
    sight.canSeal = m_keeper->vault().isOpen() && hasKeys;
    return sight;
}

} // namespace sharelock::sharing
