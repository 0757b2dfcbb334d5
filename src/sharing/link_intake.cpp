// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_audit.h"

#include <QCoreApplication>
#include <QHash>

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
    Intake(const LinkLedger& ledger, const KeyVault& vault,
           const std::vector<opencode::SessionSummary>& sessions, Timestamp at)
        : m_ledger(ledger)
        , m_vault(vault)
        , m_at(at)
    {
        for (const auto& session : sessions)
            m_sessions.insert(session.id, &session);
    }

    [[nodiscard]] Expected<void> compare(const std::vector<opencode::ShareRow>& rows);
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] Expected<int> write(LinkLedger& ledger) const;

private:
    [[nodiscard]] Expected<void> readLedger();
    [[nodiscard]] Expected<void> take(const opencode::ShareRow& row);
    [[nodiscard]] Expected<void> takeKnown(const opencode::ShareRow& row, Entry& entry);
    [[nodiscard]] Expected<void> refuse(const opencode::ShareRow& row, ErrorCode code, const char* why);
    void addNew(const LinkId& id, const opencode::ShareRow& row);
    void addKey(Entry& entry, const Secret& key) const;
    void follow(Entry& entry) const;
    [[nodiscard]] Receipt receipt(const LinkId& id, const QString& outcome, const QString& title,
                                  const QString& detail) const;

    const LinkLedger& m_ledger;
    const KeyVault& m_vault;
    Timestamp m_at;
    bool m_canSeal = false;
    QHash<QString, const opencode::SessionSummary*> m_sessions;
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

Expected<void> Intake::compare(const std::vector<opencode::ShareRow>& rows)
{
    if (auto read = readLedger(); !read)
        return read;
    for (const auto& row : rows) {
        if (auto taken = take(row); !taken)
            return taken;
    }
    for (Entry& entry : m_entries)
        follow(entry);
    return {};
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

Expected<void> Intake::take(const opencode::ShareRow& row)
{
    if (!isWebUrl(row.url))
        return refuse(row, ErrorCode::DatabaseUnknown,
                      QT_TRANSLATE_NOOP("LinkIntake", "its link is no web address"));
    if (row.shareId.isEmpty())
        return refuse(row, ErrorCode::DatabaseUnknown, QT_TRANSLATE_NOOP("LinkIntake", "its link has no ID"));
    if (row.key.isEmpty())
        return refuse(row, ErrorCode::KeyMissing, QT_TRANSLATE_NOOP("LinkIntake", "its key is empty"));

    const LinkId id{originOf(row.url), row.shareId};
    const auto known = m_index.constFind(nameOf(id));
    if (known != m_index.constEnd())
        return takeKnown(row, m_entries.at(*known));
    addNew(id, row);
    return {};
}

void Intake::addNew(const LinkId& id, const opencode::ShareRow& row)
{
    Entry entry;
    entry.isNew = true;
    entry.changed = true;
    entry.note = words("Taken in from opencode");
    entry.link.id = id;
    entry.link.url = row.url;
    entry.link.sessionId = row.sessionId;
    entry.link.sourceSessionId = row.sessionId;
    entry.link.sharedAt = row.created;
    if (const auto* session = m_sessions.value(row.sessionId))
        entry.link.directory = session->directory;
    addKey(entry, row.key);
    m_index.insert(nameOf(id), m_entries.size());
    m_entries.push_back(std::move(entry));
}

Expected<void> Intake::takeKnown(const opencode::ShareRow& row, Entry& entry)
{
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
    if (sharedAgain) {
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
        entry.changed = true;
        entry.note = words("Shared again by opencode");
    }
    if (m_canSeal && !held) {
        addKey(entry, row.key);
        if (entry.note.isEmpty()) {
            entry.act = QStringLiteral("key");
            entry.note = words("Its key was taken in");
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
    const auto* session = m_sessions.value(link.sourceSessionId);
    const Link before = link;
    link.sessionDeleted = session == nullptr;
    if (session != nullptr) {
        link.title = session->title;
        link.project = session->project;
    }
    entry.changed = entry.changed || link != before;
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
        const auto* session = m_sessions.value(row.sessionId);
        const QString detail =
            words("The share of session %1 was skipped: %2").arg(row.sessionId, words(why));
        m_refusals.push_back(receipt(id, outcome, session != nullptr ? session->title : QString(), detail));
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

Expected<int> takeIn(LinkLedger& ledger, const KeyVault& vault, const std::vector<opencode::ShareRow>& rows,
                     const std::vector<opencode::SessionSummary>& sessions, Timestamp at)
{
    // Most refreshes bring nothing new; those must not wait for other writers.
    Intake look(ledger, vault, sessions, at);
    if (auto compared = look.compare(rows); !compared)
        return tl::make_unexpected(compared.error());
    if (look.isEmpty())
        return 0;

    // Compared again under the write lock: another process may have taken down a link since.
    int added = 0;
    auto done = ledger.together([&]() -> Expected<void> {
        Intake intake(ledger, vault, sessions, at);
        if (auto compared = intake.compare(rows); !compared)
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
