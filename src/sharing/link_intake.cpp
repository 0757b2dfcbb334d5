// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_intake.h"

#include "base/http_client.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace sharelock::sharing {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("LinkIntake", text);
}

//! \brief A link as the ledger should have it, and what of that is not there yet.
struct Entry
{
    Link link;
    bool isNew = false;
    bool changed = false;
    std::vector<SealedKey> newKeys;
    QString act = QStringLiteral("intake");
    QString note; //!< For the receipt; empty for none.
};

//! \brief Compares opencode's rows and sessions with the ledger. Writes nothing.
class Intake
{
public:
    Intake(const LinkLedger& ledger, const KeyVault& vault, Timestamp at)
        : m_ledger(ledger)
        , m_vault(vault)
        , m_at(at)
    {
    }

    [[nodiscard]] Expected<void> compare(std::span<const FolderInventory> folders);
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] Expected<int> write(LinkLedger& ledger) const;

private:
    [[nodiscard]] Expected<void> readLedger();
    void learnSessions(const FolderInventory& inventory);
    //! \brief A row of a table or a file: all of them name a key.
    struct Found
    {
        const opencode::ShareRow& row;
        const QString& folder;
        LinkSource source = LinkSource::Opencode;
    };
    [[nodiscard]] Expected<void> take(const Found& found);
    [[nodiscard]] Expected<void> takeKnown(const Found& found, Entry& entry);
    void takeClaim(const opencode::LinkClaim& claim, const QString& folder);
    [[nodiscard]] Expected<void> refuse(const opencode::ShareRow& row, ErrorCode code, const char* why);
    Entry& addNew(const LinkId& id, const Found& found);
    void addKey(Entry& entry, const Secret& key) const;
    void follow(Entry& entry) const;
    void followSharing(Entry& entry) const;
    [[nodiscard]] Receipt receipt(const LinkId& id, const QString& outcome, const QString& title,
                                  const QString& detail) const;

    const LinkLedger& m_ledger;
    const KeyVault& m_vault;
    Timestamp m_at;
    bool m_canSeal = false;
    //! \brief What is known of a session, wherever it stands.
    struct Session
    {
        QString title;
        QString project;
        QString directory;
    };
    QHash<QString, Session> m_sessions;
    QSet<QString> m_folders; //!< That could be read.
    QSet<QString> m_gone;    //!< Sessions that are, although no database tells.
    QSet<QString> m_shared;  //!< Links for which opencode holds a key right now.
    QHash<QString, std::size_t> m_index;
    std::vector<Entry> m_entries;
    std::vector<Receipt> m_refusals;
};

QString nameOf(const LinkId& id)
{
    return id.origin.toString(QUrl::FullyEncoded) + QLatin1Char('\n') + id.shareId;
}

bool isWebUrl(const QUrl& url)
{
    const QString scheme = url.scheme();
    return url.isValid() && !url.host().isEmpty() &&
           (scheme == QLatin1String("https") || scheme == QLatin1String("http"));
}

Expected<void> Intake::compare(std::span<const FolderInventory> folders)
{
    if (auto read = readLedger(); !read)
        return read;
    for (const FolderInventory& inventory : folders)
        learnSessions(inventory);
    for (const FolderInventory& inventory : folders) {
        for (const auto& row : inventory.rows) {
            if (auto taken = take({row, inventory.folder, LinkSource::Opencode}); !taken)
                return taken;
        }
        for (const auto& older : inventory.older) {
            if (auto taken = take({older.share, inventory.folder, LinkSource::Storage}); !taken)
                return taken;
        }
    }
    // After all rows, since a claim says less.
    for (const FolderInventory& inventory : folders) {
        for (const auto& claim : inventory.claims)
            takeClaim(claim, inventory.folder);
    }
    for (Entry& entry : m_entries)
        follow(entry);
    return {};
}

void Intake::learnSessions(const FolderInventory& inventory)
{
    if (inventory.sessionsRead)
        m_folders.insert(inventory.folder);
    if (inventory.sessionsRead && inventory.isMain)
        m_folders.insert(QString());
    for (const auto& older : inventory.older) {
        if (!older.sessionThere && !inventory.hasDatabase)
            m_gone.insert(older.share.sessionId);
        if (older.sessionThere)
            m_sessions.insert(older.share.sessionId,
                              {older.title, QFileInfo(older.directory).fileName(), older.directory});
    }
    // The database was made from the files, so it knows better.
    for (const auto& session : inventory.sessions)
        m_sessions.insert(session.id, {session.title, session.project, session.directory});
}

Expected<void> Intake::readLedger()
{
    // A vault whose master key is no longer the ledger's would make keys that nobody opens.
    const auto record = m_ledger.vaultRecord();
    if (!record)
        return tl::make_unexpected(record.error());
    m_canSeal = m_vault.isOpen() && (!*record || m_vault.sealedHere((*record)->check));

    auto links = m_ledger.links();
    if (!links)
        return tl::make_unexpected(links.error());
    m_entries.reserve(links->size());
    for (Link& link : *links) {
        m_index.insert(nameOf(link.id), m_entries.size());
        m_entries.emplace_back().link = std::move(link);
    }
    return {};
}

Expected<void> Intake::take(const Found& found)
{
    const opencode::ShareRow& row = found.row;
    if (!isWebUrl(row.url))
        return refuse(row, ErrorCode::DatabaseUnknown,
                      QT_TRANSLATE_NOOP("LinkIntake", "its link is no web address"));
    if (row.shareId.isEmpty())
        return refuse(row, ErrorCode::DatabaseUnknown, QT_TRANSLATE_NOOP("LinkIntake", "its link has no ID"));
    if (row.key.isEmpty())
        return refuse(row, ErrorCode::KeyMissing, QT_TRANSLATE_NOOP("LinkIntake", "its key is empty"));

    const LinkId id{originOf(row.url), row.shareId};
    m_shared.insert(nameOf(id));
    const auto known = m_index.constFind(nameOf(id));
    if (known != m_index.constEnd())
        return takeKnown(found, m_entries.at(*known));
    Entry& entry = addNew(id, found);
    addKey(entry, row.key);
    return {};
}

Entry& Intake::addNew(const LinkId& id, const Found& found)
{
    m_index.insert(nameOf(id), m_entries.size());
    Entry& entry = m_entries.emplace_back();
    entry.isNew = true;
    entry.changed = true;
    entry.note = found.source == LinkSource::Storage ? words("taken in from files of an older opencode")
                                                     : words("taken in from opencode");
    entry.link.id = id;
    entry.link.url = found.row.url;
    entry.link.sessionId = found.row.sessionId;
    entry.link.sourceSessionId = found.row.sessionId;
    entry.link.sharedAt = found.row.created;
    entry.link.source = found.source;
    entry.link.dataFolder = found.folder;
    const auto session = m_sessions.constFind(found.row.sessionId);
    if (session != m_sessions.constEnd())
        entry.link.directory = session->directory;
    return entry;
}

void Intake::takeClaim(const opencode::LinkClaim& claim, const QString& folder)
{
    opencode::ShareRow row;
    row.sessionId = claim.sessionId;
    row.url = claim.url;
    row.shareId = claim.url.path().section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
    row.created = claim.created;
    const LinkId id{originOf(row.url), row.shareId};
    if (!isWebUrl(row.url) || row.shareId.isEmpty() || m_index.contains(nameOf(id)))
        return;
    Entry& entry = addNew(id, {row, folder, claim.imported ? LinkSource::Imported : LinkSource::Claimed});
    entry.note = words("a session names it; opencode has no key for it");
}

Expected<void> Intake::takeKnown(const Found& found, Entry& entry)
{
    const opencode::ShareRow& row = found.row;
    auto keys = m_ledger.sealedKeys(entry.link.id);
    if (!keys)
        return tl::make_unexpected(keys.error());
    keys->insert(keys->end(), entry.newKeys.begin(), entry.newKeys.end());
    bool held = false;
    bool compared = false;
    if (m_canSeal) {
        for (const SealedKey& sealed : *keys) {
            const auto same = m_vault.holds(entry.link.id, sealed, row.key);
            compared = compared || same.has_value();
            held = held || same.value_or(false);
        }
    }
    // The key tells best; without a vault, a row that is younger than the proof of removal does.
    const bool sharedAgain =
        (compared && !held) || (entry.link.removedAt && row.created > *entry.link.removedAt);
    // Files of an older opencode tell of the past only.
    if (sharedAgain && found.source == LinkSource::Opencode) {
        Link& link = entry.link;
        link.url = row.url;
        link.kind = LinkKind::Live;
        link.state = LinkState::Unknown;
        link.step = LinkStep::Published;
        link.sessionId = row.sessionId;
        link.sourceSessionId = row.sessionId;
        link.sharedAt = row.created;
        link.checkedAt.reset();
        link.removedAt.reset();
        link.nextProbeAt.reset();
        link.publicMessages = -1;
        link.unsharedAt.reset();
        link.source = found.source;
        link.dataFolder = found.folder;
        entry.changed = true;
        entry.note = words("shared again by opencode");
    }
    if (m_canSeal && !held) {
        addKey(entry, row.key);
        if (entry.note.isEmpty()) {
            entry.act = QStringLiteral("key");
            entry.note = words("its key was taken in");
        }
    }
    return {};
}

void Intake::addKey(Entry& entry, const Secret& key) const
{
    if (!m_canSeal)
        return;
    auto sealed = m_vault.seal(entry.link.id, key);
    if (!sealed)
        return;
    entry.newKeys.push_back(std::move(*sealed));
    entry.changed = true;
}

void Intake::follow(Entry& entry) const
{
    Link& link = entry.link;
    if (link.sourceSessionId.isEmpty())
        return;
    const Link before = link;
    const auto session = m_sessions.constFind(link.sourceSessionId);
    if (session != m_sessions.constEnd()) {
        link.sessionDeleted = false;
        link.title = session->title;
        link.project = session->project;
    } else if (m_folders.contains(link.dataFolder) || m_gone.contains(link.sourceSessionId)) {
        link.sessionDeleted = true;
    }
    followSharing(entry);
    entry.changed = entry.changed || link != before;
}

void Intake::followSharing(Entry& entry) const
{
    Link& link = entry.link;
    const bool ofOpencode = link.source == LinkSource::Opencode && link.kind == LinkKind::Live;
    if (!ofOpencode || !m_folders.contains(link.dataFolder) || link.step != LinkStep::Published)
        return;
    if (link.sessionDeleted || m_shared.contains(nameOf(link.id))) {
        link.unsharedAt.reset();
        return;
    }
    // opencode takes its row away when a server says that it has removed the link. Two generations of servers
    // say so and serve it on.
    if (!link.unsharedAt) {
        link.unsharedAt = m_at;
        if (entry.note.isEmpty()) {
            entry.act = QStringLiteral("unshared-elsewhere");
            entry.note = words("opencode no longer counts it as shared");
        }
    }
}

Expected<void> Intake::refuse(const opencode::ShareRow& row, ErrorCode code, const char* why)
{
    const LinkId id{isWebUrl(row.url) ? originOf(row.url) : QUrl(), row.shareId};
    const QString outcome = codeName(code);
    const auto same = [&](const Receipt& receipt) {
        return receipt.link == id && receipt.outcome == outcome;
    };
    if (std::any_of(m_refusals.begin(), m_refusals.end(), same))
        return {};
    // The row stays as it is on every refresh; one receipt is enough.
    const auto told = m_ledger.hasReceipt(id, QStringLiteral("intake"), outcome);
    if (!told)
        return tl::make_unexpected(told.error());
    if (!*told) {
        const QString detail =
            words("The share of session %1 was skipped: %2").arg(row.sessionId, words(why));
        m_refusals.push_back(receipt(id, outcome, m_sessions.value(row.sessionId).title, detail));
    }
    return {};
}

Receipt Intake::receipt(const LinkId& id, const QString& outcome, const QString& title,
                        const QString& detail) const
{
    Receipt receipt;
    receipt.at = m_at;
    receipt.act = QStringLiteral("intake");
    receipt.outcome = outcome;
    receipt.link = id;
    receipt.title = title;
    receipt.detail = detail;
    return receipt;
}

bool Intake::isEmpty() const
{
    return m_refusals.empty() &&
           std::none_of(m_entries.begin(), m_entries.end(), [](const Entry& entry) { return entry.changed; });
}

Expected<int> Intake::write(LinkLedger& ledger) const
{
    int added = 0;
    for (const Entry& entry : m_entries) {
        if (!entry.changed)
            continue;
        added += entry.isNew ? 1 : 0;
        auto saved = ledger.save(entry.link);
        for (const SealedKey& key : entry.newKeys) {
            if (saved)
                saved = ledger.saveWithKey(entry.link, key);
        }
        if (saved && !entry.note.isEmpty()) {
            Receipt told = receipt(entry.link.id, QStringLiteral("ok"), entry.link.title, entry.note);
            told.act = entry.act;
            saved = ledger.append(told);
        }
        if (!saved)
            return tl::make_unexpected(saved.error());
    }
    for (const Receipt& refusal : m_refusals) {
        if (auto written = ledger.append(refusal); !written)
            return tl::make_unexpected(written.error());
    }
    return added;
}

} // namespace

Expected<int> takeIn(LinkLedger& ledger, const KeyVault& vault, std::span<const FolderInventory> folders,
                     Timestamp at)
{
    // Most refreshes bring nothing new; those must not wait for other writers.
    Intake look(ledger, vault, at);
    if (auto compared = look.compare(folders); !compared)
        return tl::make_unexpected(compared.error());
    if (look.isEmpty())
        return 0;

    // Compared again under the write lock: another process may have taken down a link since.
    int added = 0;
    auto done = ledger.together([&]() -> Expected<void> {
        Intake intake(ledger, vault, at);
        if (auto compared = intake.compare(folders); !compared)
            return compared;
        const auto written = intake.write(ledger);
        if (!written)
            return tl::make_unexpected(written.error());
        added = *written;
        return {};
    });
    if (!done)
        return tl::make_unexpected(done.error());
    return added;
}

} // namespace sharelock::sharing
