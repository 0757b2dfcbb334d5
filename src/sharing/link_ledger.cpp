// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>
#include <string>

namespace sharelock::sharing {

namespace {

constexpr std::string_view linkQuery =
    "SELECT origin, share_id, url, kind, state, step, session_id, source_session_id, title, project, "
    "directory,"
    " shared_at, checked_at, removed_at, next_probe_at, session_deleted, public_messages,"
    " synced_at, synced_through, partly_updated, hides_all, left_out_besides,"
    " source, data_folder, unshared_at, expires_at, public_bytes, public_secrets, public_personal,"
    " public_digest, counted_with, validator,"
    " EXISTS (SELECT 1 FROM sealed_key k WHERE k.origin = link.origin AND k.share_id = link.share_id) FROM "
    "link ";

std::optional<std::int64_t> milliseconds(const std::optional<Timestamp>& at)
{
    return at ? std::optional<std::int64_t>(toMilliseconds(*at)) : std::nullopt;
}

std::optional<Timestamp> timestamp(std::optional<std::int64_t> at)
{
    return at ? std::optional(fromMilliseconds(*at)) : std::nullopt;
}

using Columns = std::initializer_list<const char*>;

//! \brief Inserts a link, or writes all but \p keys where there is one.
std::string upsertOf(Columns keys, Columns others)
{
    std::string names;
    std::string values;
    std::string updates;
    const auto add = [](std::string& list, const std::string& part) {
        list += (list.empty() ? "" : ", ") + part;
    };
    for (const Columns& columns : {keys, others}) {
        for (const char* column : columns) {
            add(names, column);
            add(values, "?");
        }
    }
    for (const char* column : others)
        add(updates, std::string(column) + " = excluded." + column);
    return "INSERT INTO link (" + names + ") VALUES (" + values +
           ") ON CONFLICT (origin, share_id) DO UPDATE SET " + updates;
}

//! \brief A step that only a newer program knows must not start a takedown or a clean-up here.
LinkStep linkStep(const QString& name)
{
    constexpr std::array all{LinkStep::Reserved, LinkStep::Sealed, LinkStep::Published,
                             LinkStep::TakedownRequested, LinkStep::TakedownDone};
    const auto* found =
        std::find_if(all.begin(), all.end(), [&](LinkStep step) { return stepName(step) == name; });
    return found == all.end() ? LinkStep::Published : *found;
}

Link readLink(const sqlite::Statement& row)
{
    Link link;
    link.id = readId(row, 0);
    link.url = QUrl(row.string(2));
    link.kind = row.string(3) == kindName(LinkKind::Snapshot) ? LinkKind::Snapshot : LinkKind::Live;
    link.state = linkState(row.string(4)).value_or(LinkState::Unknown);
    link.step = linkStep(row.string(5));
    link.sessionId = row.string(6);
    link.sourceSessionId = row.string(7);
    link.title = row.string(8);
    link.project = row.string(9);
    link.directory = row.string(10);
    link.sharedAt = fromMilliseconds(row.integer(11));
    link.checkedAt = timestamp(row.optionalInteger(12));
    link.removedAt = timestamp(row.optionalInteger(13));
    link.nextProbeAt = timestamp(row.optionalInteger(14));
    link.sessionDeleted = row.integer(15) != 0;
    link.publicMessages = static_cast<int>(row.integer(16));
    link.syncedAt = timestamp(row.optionalInteger(17));
    link.syncedThrough = timestamp(row.optionalInteger(18));
    link.partlyUpdated = row.integer(19) != 0;
    link.hidesAll = row.integer(20) != 0;
    link.leftOutBesides = redaction::contentSet(row.text(21));
    link.source = linkSource(row.string(22)).value_or(LinkSource::Opencode);
    link.dataFolder = row.string(23);
    link.unsharedAt = timestamp(row.optionalInteger(24));
    link.expiresAt = timestamp(row.optionalInteger(25));
    link.publicBytes = row.integer(26);
    link.publicSecrets = static_cast<int>(row.integer(27));
    link.publicPersonal = static_cast<int>(row.integer(28));
    link.publicDigest = byteArray(row.blob(29));
    link.countedWith = byteArray(row.blob(30));
    link.validator = byteArray(row.blob(31));
    link.hasKey = row.integer(32) != 0;
    return link;
}

} // namespace

Expected<void> LinkLedger::Private::addKey(const LinkId& id, const SealedKey& key)
{
    auto statement = prepare("INSERT INTO sealed_key (origin, share_id, nonce, box) VALUES (?, ?, ?, ?)");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string origin = originText(id);
    const std::string shareId = utf8(id.shareId);
    statement->bind(1, std::string_view(origin)).bind(2, std::string_view(shareId));
    statement->bindBlob(3, view(key.nonce)).bindBlob(4, view(key.box));
    return checked(statement->run());
}

Expected<void> LinkLedger::Private::resealOne(std::int64_t number, const SealedKey& key)
{
    auto statement = prepare("UPDATE sealed_key SET nonce = ?, box = ? WHERE number = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    statement->bindBlob(1, view(key.nonce)).bindBlob(2, view(key.box)).bind(3, number);
    return checked(statement->run());
}

LinkLedger::LinkLedger()
    : d(std::make_unique<Private>())
{
    constexpr std::chrono::milliseconds longestWait{50};
    d->waitingTimer.setSingleShot(true);
    d->waitingTimer.setInterval(longestWait);
    d->waitingTimer.callOnTimeout([this] { (void)d->appendWaiting(); });
}

LinkLedger::~LinkLedger()
{
    (void)d->appendWaiting();
}

Expected<std::unique_ptr<LinkLedger>> LinkLedger::open(const QString& path)
{
    assertOffGuiThread("LinkLedger::open");
    auto db = openLedgerFile(path);
    if (!db)
        return tl::make_unexpected(db.error());
    std::unique_ptr<LinkLedger> ledger(new LinkLedger);
    ledger->d->db = std::move(*db);
    ledger->d->path = path;
    auto statement = ledger->d->prepare("SELECT id FROM ledger");
    if (!statement)
        return tl::make_unexpected(statement.error());
    auto read = ledger->d->forRows(
        *statement, [&](const sqlite::Statement& row) { ledger->d->ledgerId = row.string(0); });
    if (!read)
        return tl::make_unexpected(read.error());
    if (ledger->d->ledgerId.isEmpty())
        return fail(ErrorCode::LedgerUnreadable, path);
    return ledger;
}

Expected<void> LinkLedger::together(const std::function<Expected<void>()>& work, Durability durability)
{
    assertOffGuiThread("LinkLedger::together");
    if (d->inTransaction)
        return work();
    auto set = d->setDurability(durability);
    return set ? d->transact(work) : set;
}

// Of the connection, and it can't be changed inside of a transaction.
Expected<void> LinkLedger::Private::setDurability(Durability wanted)
{
    if (wanted == durability)
        return {};
    auto set = checked(
        db.execute(wanted == Durability::Now ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"));
    if (set)
        durability = wanted;
    return set;
}

Expected<void> LinkLedger::flush()
{
    // A commit that is durable now takes with it all that came before in the log.
    return together([this] { return d->run("UPDATE ledger SET id = id", {}); });
}

Expected<void> LinkLedger::Private::transact(const std::function<Expected<void>()>& work)
{
    auto transaction = checked(sqlite::Transaction::begin(db));
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    inTransaction = true;
    lastHash.clear();
    const auto riding = static_cast<std::ptrdiff_t>(waiting.size());
    Expected<void> done;
    for (auto receipt = waiting.begin(); done && receipt != waiting.end(); ++receipt)
        done = append(*receipt);
    if (done)
        done = work();
    inTransaction = false;
    if (done)
        done = checked(transaction->commit());
    if (done)
        waiting.erase(waiting.begin(), waiting.begin() + riding);
    return done;
}

Expected<std::vector<Link>> LinkLedger::links() const
{
    auto statement = d->prepare(std::string(linkQuery) + "ORDER BY shared_at DESC, origin, share_id");
    if (!statement)
        return tl::make_unexpected(statement.error());
    std::vector<Link> links;
    auto read = d->forRows(*statement, [&](const sqlite::Statement& row) { links.push_back(readLink(row)); });
    if (!read)
        return tl::make_unexpected(read.error());
    return links;
}

Expected<std::optional<Link>> LinkLedger::link(const LinkId& id) const
{
    std::optional<Link> link;
    auto read = d->forLink(std::string(linkQuery) + "WHERE origin = ? AND share_id = ?", id,
                           [&](const sqlite::Statement& row) { link = readLink(row); });
    if (!read)
        return tl::make_unexpected(read.error());
    return link;
}

Expected<void> LinkLedger::save(const Link& link)
{
    static const std::string upsert = upsertOf({"origin", "share_id"}, {"url",
                                                                        "kind",
                                                                        "state",
                                                                        "step",
                                                                        "session_id",
                                                                        "source_session_id",
                                                                        "title",
                                                                        "project",
                                                                        "directory",
                                                                        "left_out_besides",
                                                                        "source",
                                                                        "data_folder",
                                                                        "shared_at",
                                                                        "checked_at",
                                                                        "removed_at",
                                                                        "next_probe_at",
                                                                        "session_deleted",
                                                                        "public_messages",
                                                                        "synced_at",
                                                                        "synced_through",
                                                                        "partly_updated",
                                                                        "hides_all",
                                                                        "unshared_at",
                                                                        "expires_at",
                                                                        "public_bytes",
                                                                        "public_secrets",
                                                                        "public_personal",
                                                                        "public_digest",
                                                                        "counted_with",
                                                                        "validator"});
    auto statement = d->prepare(upsert);
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::array texts{originText(link.id),
                           utf8(link.id.shareId),
                           utf8(link.url.toString(QUrl::FullyEncoded)),
                           utf8(kindName(link.kind)),
                           utf8(stateName(link.state)),
                           utf8(stepName(link.step)),
                           utf8(link.sessionId),
                           utf8(link.sourceSessionId),
                           utf8(link.title),
                           utf8(link.project),
                           utf8(link.directory),
                           redaction::toText(link.leftOutBesides),
                           utf8(sourceName(link.source)),
                           utf8(link.dataFolder)};
    int index = 0;
    for (const std::string& text : texts)
        statement->bind(++index, std::string_view(text));
    const std::array numbers{std::optional<std::int64_t>(toMilliseconds(link.sharedAt)),
                             milliseconds(link.checkedAt),
                             milliseconds(link.removedAt),
                             milliseconds(link.nextProbeAt),
                             std::optional<std::int64_t>(link.sessionDeleted),
                             std::optional<std::int64_t>(link.publicMessages),
                             milliseconds(link.syncedAt),
                             milliseconds(link.syncedThrough),
                             std::optional<std::int64_t>(link.partlyUpdated),
                             std::optional<std::int64_t>(link.hidesAll),
                             milliseconds(link.unsharedAt),
                             milliseconds(link.expiresAt),
                             std::optional<std::int64_t>(link.publicBytes),
                             std::optional<std::int64_t>(link.publicSecrets),
                             std::optional<std::int64_t>(link.publicPersonal)};
    for (const auto& number : numbers)
        statement->bind(++index, number);
    statement->bindBlob(++index, view(link.publicDigest));
    statement->bindBlob(++index, view(link.countedWith));
    statement->bindBlob(++index, view(link.validator));
    return d->checked(statement->run());
}

Expected<void> LinkLedger::saveWithKey(const Link& link, const SealedKey& key)
{
    return together([&]() -> Expected<void> {
        const auto record = vaultRecord();
        if (!record)
            return tl::make_unexpected(record.error());
        if (*record && KeyVault::markOf((*record)->check) != KeyVault::markOf(key))
            return fail(ErrorCode::MasterKeyWrong, d->path);
        if (auto saved = save(link); !saved)
            return saved;
        return d->addKey(link.id, key);
    });
}

Expected<std::vector<SealedKey>> LinkLedger::sealedKeys(const LinkId& id) const
{
    std::vector<SealedKey> keys;
    auto read =
        d->forLink("SELECT nonce, box FROM sealed_key WHERE origin = ? AND share_id = ? ORDER BY number DESC",
                   id, [&](const sqlite::Statement& row) {
                       keys.push_back({byteArray(row.blob(0)), byteArray(row.blob(1))});
                   });
    if (!read)
        return tl::make_unexpected(read.error());
    return keys;
}

Expected<std::optional<SealedKey>> LinkLedger::sealedKey(const LinkId& id) const
{
    auto keys = sealedKeys(id);
    if (!keys)
        return tl::make_unexpected(keys.error());
    return keys->empty() ? std::nullopt : std::optional(keys->front());
}

Expected<void> LinkLedger::forget(const LinkId& id)
{
    auto removed =
        d->run("DELETE FROM link WHERE origin = ? AND share_id = ? AND step = 'reserved' AND NOT EXISTS"
               " (SELECT 1 FROM sealed_key k WHERE k.origin = link.origin AND k.share_id = link.share_id)",
               {originText(id), utf8(id.shareId)});
    if (!removed)
        return removed;
    const auto left = link(id);
    if (!left)
        return tl::make_unexpected(left.error());
    if (*left)
        return fail(ErrorCode::Internal, id.shareId, QStringLiteral("only a reservation can be forgotten"));
    return {};
}

} // namespace sharelock::sharing
