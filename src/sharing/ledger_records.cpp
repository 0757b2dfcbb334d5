// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"

#include <algorithm>
#include <array>

namespace sharelock::sharing {

namespace {

QString vaultKindName(VaultKind kind)
{
    return kind == VaultKind::Keychain ? QStringLiteral("keychain") : QStringLiteral("file");
}

} // namespace

Expected<void> LinkLedger::saveRewriting(const LinkId& id, const document::IdRewriting& rewriting)
{
    return together([&]() -> Expected<void> {
        const auto owner = link(id);
        if (!owner)
            return tl::make_unexpected(owner.error());
        if (!*owner)
            return fail(ErrorCode::LinkNotFound, id.shareId);
        auto statement =
            d->prepare("INSERT OR REPLACE INTO id_rewriting (origin, share_id, session_id, seed, shift)"
                       " VALUES (?, ?, ?, ?, ?)");
        if (!statement)
            return tl::make_unexpected(statement.error());
        const std::array texts{originText(id), utf8(id.shareId), rewriting.sessionId};
        for (int i = 0; i < 3; ++i)
            statement->bind(i + 1, std::string_view(texts.at(static_cast<std::size_t>(i))));
        const auto* seed = reinterpret_cast<const char*>(rewriting.seed.data());
        statement->bindBlob(4, std::string_view(seed, rewriting.seed.size()));
        statement->bind(5, static_cast<std::int64_t>(rewriting.shift));
        return d->checked(statement->run());
    });
}

Expected<std::optional<document::IdRewriting>> LinkLedger::rewriting(const LinkId& id) const
{
    std::optional<document::IdRewriting> rewriting;
    bool damaged = false;
    auto read =
        d->forLink("SELECT seed, shift, session_id FROM id_rewriting WHERE origin = ? AND share_id = ?", id,
                   [&](const sqlite::Statement& row) {
                       const std::string_view seed = row.blob(0);
                       rewriting.emplace();
                       damaged = seed.size() != rewriting->seed.size();
                       if (!damaged)
                           std::copy(seed.begin(), seed.end(), rewriting->seed.begin());
                       rewriting->shift = static_cast<std::uint64_t>(row.integer(1));
                       rewriting->sessionId = std::string(row.text(2));
                   });
    if (!read)
        return tl::make_unexpected(read.error());
    if (damaged)
        return fail(ErrorCode::LedgerUnreadable, d->path);
    return rewriting;
}

Expected<std::optional<LinkLedger::VaultRecord>> LinkLedger::vaultRecord() const
{
    auto statement = d->prepare("SELECT kind, nonce, box FROM vault");
    if (!statement)
        return tl::make_unexpected(statement.error());
    std::optional<VaultRecord> record;
    auto read = d->forRows(*statement, [&](const sqlite::Statement& row) {
        const bool file = row.string(0) == vaultKindName(VaultKind::File);
        record.emplace();
        record->kind = file ? VaultKind::File : VaultKind::Keychain;
        record->check = {byteArray(row.blob(1)), byteArray(row.blob(2))};
    });
    if (!read)
        return tl::make_unexpected(read.error());
    return record;
}

Expected<void> LinkLedger::setVaultRecord(const VaultRecord& record)
{
    auto statement = d->prepare("INSERT OR REPLACE INTO vault (only, kind, nonce, box) VALUES (1, ?, ?, ?)");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string kind = utf8(vaultKindName(record.kind));
    statement->bind(1, std::string_view(kind));
    statement->bindBlob(2, view(record.check.nonce)).bindBlob(3, view(record.check.box));
    return d->checked(statement->run());
}

Expected<void> LinkLedger::reseal(const KeyVault& from, const KeyVault& to, const VaultRecord& record)
{
    struct Row
    {
        std::int64_t number = 0;
        LinkId id;
        SealedKey key;
    };
    return together([&]() -> Expected<void> {
        auto statement =
            d->prepare("SELECT number, origin, share_id, nonce, box FROM sealed_key ORDER BY number");
        if (!statement)
            return tl::make_unexpected(statement.error());
        std::vector<Row> rows;
        auto read = d->forRows(*statement, [&](const sqlite::Statement& row) {
            rows.push_back(
                {row.integer(0), readId(row, 1), {byteArray(row.blob(3)), byteArray(row.blob(4))}});
        });
        if (!read)
            return read;
        for (const Row& row : rows) {
            const auto key = from.open(row.id, row.key);
            if (!key)
                return tl::make_unexpected(key.error());
            const auto sealed = to.seal(row.id, *key);
            if (!sealed)
                return tl::make_unexpected(sealed.error());
            if (auto written = d->resealOne(row.number, *sealed); !written)
                return written;
        }
        return setVaultRecord(record);
    });
}

Expected<QString> LinkLedger::setting(const QString& name) const
{
    auto statement = d->prepare("SELECT value FROM setting WHERE name = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string key = utf8(name);
    statement->bind(1, std::string_view(key));
    QString value;
    auto read = d->forRows(*statement, [&](const sqlite::Statement& row) { value = row.string(0); });
    if (!read)
        return tl::make_unexpected(read.error());
    return value;
}

Expected<void> LinkLedger::setSetting(const QString& name, const QString& value)
{
    return d->run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", {utf8(name), utf8(value)});
}

Expected<qint64> LinkLedger::dataVersion() const
{
    assertOffGuiThread("LinkLedger::dataVersion");
    auto version = d->checked(d->db.integer("PRAGMA data_version"));
    if (!version)
        return tl::make_unexpected(version.error());
    return static_cast<qint64>(*version);
}

QString LinkLedger::ledgerId() const
{
    return d->ledgerId;
}

} // namespace sharelock::sharing
