// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/ledger_schema.h"

#include "sharing/private_folder.h"
#include "sharing/receipt_chain.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <array>
#include <string>

namespace sharelock::sharing {

namespace {

//! \brief "ShLk": tells a ledger from any other SQLite file.
constexpr std::int64_t applicationId = 0x53684c6b;

//! \brief Step N leads from version N to N + 1. Steps that were released never change; new ones go to the
//! end.
constexpr std::array migrations{R"sql(
CREATE TABLE ledger (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id   TEXT NOT NULL
) STRICT;
INSERT INTO ledger VALUES (1, lower(hex(randomblob(16))));

CREATE TABLE link (
    origin            TEXT NOT NULL,
    share_id          TEXT NOT NULL,
    url               TEXT NOT NULL,
    kind              TEXT NOT NULL,
    state             TEXT NOT NULL,
    step              TEXT NOT NULL,
    session_id        TEXT NOT NULL,
    source_session_id TEXT NOT NULL,
    title             TEXT NOT NULL,
    project           TEXT NOT NULL,
    directory         TEXT NOT NULL,
    shared_at         INTEGER NOT NULL,
    checked_at        INTEGER,
    removed_at        INTEGER,
    next_probe_at     INTEGER,
    session_deleted   INTEGER NOT NULL,
    public_messages   INTEGER NOT NULL,
    PRIMARY KEY (origin, share_id)
) STRICT;

CREATE TABLE sealed_key (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    origin   TEXT NOT NULL,
    share_id TEXT NOT NULL,
    nonce    BLOB NOT NULL,
    box      BLOB NOT NULL,
    FOREIGN KEY (origin, share_id) REFERENCES link ON DELETE RESTRICT ON UPDATE RESTRICT
) STRICT;
CREATE INDEX sealed_key_of_link ON sealed_key (origin, share_id, number);
CREATE TRIGGER sealed_key_stays BEFORE DELETE ON sealed_key
BEGIN SELECT RAISE(ABORT, 'a key is never deleted'); END;

CREATE TABLE id_rewriting (
    origin     TEXT NOT NULL,
    share_id   TEXT NOT NULL,
    seed       BLOB NOT NULL,
    shift      INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    PRIMARY KEY (origin, share_id),
    FOREIGN KEY (origin, share_id) REFERENCES link ON DELETE CASCADE ON UPDATE RESTRICT
) STRICT;

CREATE TABLE receipt (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    act      TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    origin   TEXT NOT NULL,
    share_id TEXT NOT NULL,
    title    TEXT NOT NULL,
    detail   TEXT NOT NULL,
    is_proof INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_of_link ON receipt (origin, share_id, act, outcome);
CREATE TRIGGER receipt_unchanged BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is never changed'); END;
CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE vault (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    kind  TEXT NOT NULL,
    nonce BLOB NOT NULL,
    box   BLOB NOT NULL
) STRICT;
)sql",
                                R"sql(
CREATE TABLE decision_key (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    bytes BLOB NOT NULL
) STRICT;
INSERT INTO decision_key VALUES (1, randomblob(32));

CREATE TABLE decision (
    session_id TEXT NOT NULL,
    digest     BLOB NOT NULL,
    choice     TEXT NOT NULL,
    PRIMARY KEY (session_id, digest)
) STRICT;
)sql",
                                // How an earlier version published is not known, so the safe side is taken.
                                R"sql(
ALTER TABLE link ADD COLUMN synced_at INTEGER;
ALTER TABLE link ADD COLUMN synced_through INTEGER;
ALTER TABLE link ADD COLUMN partly_updated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE link ADD COLUMN hides_all INTEGER NOT NULL DEFAULT 0;
UPDATE link SET synced_at = shared_at, hides_all = 1 WHERE kind = 'snapshot' AND step = 'published';
)sql",
                                R"sql(
CREATE TABLE plan (
    session_id TEXT PRIMARY KEY,
    left_out   TEXT NOT NULL,
    included   TEXT NOT NULL
) STRICT;
ALTER TABLE link ADD COLUMN left_out_besides TEXT NOT NULL DEFAULT '';
)sql",
                                R"sql(
CREATE TABLE scoped_decision (
    scope  TEXT NOT NULL,
    place  TEXT NOT NULL,
    digest BLOB NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (scope, place, digest)
) STRICT;
INSERT INTO scoped_decision
SELECT iif(session_id = '', 'always', 'session'), session_id, digest, choice FROM decision;
DROP TABLE decision;
ALTER TABLE scoped_decision RENAME TO decision;

CREATE TABLE own_word (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    is_pattern INTEGER NOT NULL,
    text       TEXT NOT NULL,
    UNIQUE (is_pattern, text)
) STRICT;

CREATE TABLE own_text (
    session_id  TEXT NOT NULL,
    digest      BLOB NOT NULL,
    length      INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL,
    PRIMARY KEY (session_id, digest)
) STRICT;

CREATE TABLE choice_pseudonym (
    session_id TEXT NOT NULL,
    digest     BLOB NOT NULL,
    given      TEXT NOT NULL,
    chosen     TEXT NOT NULL,
    PRIMARY KEY (session_id, digest)
) STRICT;

CREATE TABLE choice_version (
    scope   TEXT NOT NULL,
    place   TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (scope, place)
) STRICT;
)sql",
                                R"sql(
ALTER TABLE link ADD COLUMN source TEXT NOT NULL DEFAULT 'opencode';
ALTER TABLE link ADD COLUMN data_folder TEXT NOT NULL DEFAULT '';
ALTER TABLE link ADD COLUMN unshared_at INTEGER;
ALTER TABLE link ADD COLUMN expires_at INTEGER;
ALTER TABLE link ADD COLUMN public_bytes INTEGER NOT NULL DEFAULT -1;
ALTER TABLE link ADD COLUMN public_secrets INTEGER NOT NULL DEFAULT -1;
ALTER TABLE link ADD COLUMN public_personal INTEGER NOT NULL DEFAULT -1;
ALTER TABLE link ADD COLUMN public_digest BLOB NOT NULL DEFAULT x'';
ALTER TABLE link ADD COLUMN counted_with BLOB NOT NULL DEFAULT x'';
ALTER TABLE link ADD COLUMN validator BLOB NOT NULL DEFAULT x'';
UPDATE link SET source = 'sharelock' WHERE kind = 'snapshot';
)sql",
                                // What was written before is chained by migrate(): SQL alone can't hash.
                                R"sql(
ALTER TABLE receipt ADD COLUMN asked TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN answered TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN public_before BLOB NOT NULL DEFAULT x'';
ALTER TABLE receipt ADD COLUMN public_after BLOB NOT NULL DEFAULT x'';

CREATE TABLE receipt_chain (
    number INTEGER PRIMARY KEY,
    hash   BLOB NOT NULL
) STRICT;
CREATE INDEX receipt_chain_hash ON receipt_chain (hash);
CREATE TRIGGER receipt_chain_unchanged BEFORE UPDATE ON receipt_chain
BEGIN SELECT RAISE(ABORT, 'the chain is never changed'); END;
CREATE TRIGGER receipt_chain_stays BEFORE DELETE ON receipt_chain
BEGIN SELECT RAISE(ABORT, 'the chain is never cut'); END;
CREATE TRIGGER receipt_chain_grows BEFORE INSERT ON receipt_chain
WHEN NEW.number <= (SELECT max(number) FROM receipt_chain)
BEGIN SELECT RAISE(ABORT, 'the chain grows at its end'); END;
)sql",
                                // Each receipt took a page of it, and who looks for a hash can look at all.
                                R"sql(
DROP INDEX receipt_chain_hash;
)sql"};

enum class Identity
{
    Empty,
    Ledger,
    Foreign
};

struct Stamp
{
    Identity identity = Identity::Foreign;
    std::int64_t version = 0;
};

//! \brief Reads all marks in one statement, so that another process's migration can't come in between.
sqlite::Result<Stamp> readStamp(sqlite::Connection& db)
{
    auto statement = db.prepare("SELECT (SELECT user_version FROM pragma_user_version),"
                                " (SELECT application_id FROM pragma_application_id),"
                                " (SELECT count(*) FROM sqlite_master)");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const auto row = statement->step();
    if (!row)
        return tl::make_unexpected(row.error());
    Stamp stamp;
    stamp.version = statement->integer(0);
    const bool ours = statement->integer(1) == applicationId && stamp.version > 0;
    const bool empty = stamp.version == 0 && statement->integer(1) == 0 && statement->integer(2) == 0;
    if (ours)
        stamp.identity = Identity::Ledger;
    else if (empty)
        stamp.identity = Identity::Empty;
    return stamp;
}

//! \brief Another process that opens the file at the same moment makes SQLite refuse the switch at once,
//! without the busy time-out; waiting for its write lock and trying again is enough.
sqlite::Result<void> switchToWal(sqlite::Connection& db)
{
    constexpr int tries = 20;
    for (int attempt = 1;; ++attempt) {
        auto switched = db.execute("PRAGMA journal_mode = WAL");
        if (switched || (switched.error().code & 0xff) != SQLITE_BUSY || attempt == tries)
            return switched;
        auto turn = sqlite::Transaction::begin(db);
        if (!turn)
            return tl::make_unexpected(turn.error());
    }
}

sqlite::Result<void> migrate(sqlite::Connection& db)
{
    auto transaction = sqlite::Transaction::begin(db);
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    // Again, now that nobody else writes: another process may have just done it.
    const auto stamp = readStamp(db);
    if (!stamp)
        return tl::make_unexpected(stamp.error());
    const bool hadChain = db.hasTable("receipt_chain");
    for (auto step = static_cast<std::size_t>(stamp->version); step < migrations.size(); ++step) {
        if (auto done = db.execute(migrations.at(step)); !done)
            return done;
    }
    // Only here, once: what comes without a chain later was not written by Sharelock.
    if (!hadChain) {
        if (auto done = chainAllReceipts(db); !done)
            return done;
    }
    const std::string mark = "PRAGMA application_id = " + std::to_string(applicationId) +
                             "; PRAGMA user_version = " + std::to_string(migrations.size());
    if (auto done = db.execute(mark.c_str()); !done)
        return done;
    return transaction->commit();
}

} // namespace

int ledgerVersion()
{
    return static_cast<int>(migrations.size());
}

tl::unexpected<Error> ledgerFailure(const sqlite::Failure& failure, const QString& path)
{
    const bool full = (failure.code & 0xff) == SQLITE_FULL;
    return fail(full ? ErrorCode::DiskFull : ErrorCode::LedgerUnreadable, path, failure.message);
}

Expected<sqlite::Connection> openLedgerFile(const QString& path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (auto made = makePrivateFolder(folder); !made) {
        const bool full = made.error().code == ErrorCode::DiskFull;
        return fail(full ? ErrorCode::DiskFull : ErrorCode::LedgerUnreadable, path, made.error().detail);
    }
    auto db = sqlite::Connection::open(path, sqlite::Mode::ReadWrite);
    if (!db)
        return ledgerFailure(db.error(), path);
    const auto stamp = readStamp(*db);
    if (!stamp)
        return ledgerFailure(stamp.error(), path);
    if (stamp->identity == Identity::Foreign)
        return fail(ErrorCode::LedgerUnreadable, path, QStringLiteral("an SQLite file of another program"));
    if (stamp->version > ledgerVersion())
        return fail(ErrorCode::LedgerNewer, path);

    // Only now is it sure that the file is ours to touch.
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    auto prepared = db->execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                                "PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON");
    if (prepared)
        prepared = switchToWal(*db);
    if (prepared && stamp->version < ledgerVersion())
        prepared = migrate(*db);
    if (!prepared)
        return ledgerFailure(prepared.error(), path);
    return std::move(*db);
}

} // namespace sharelock::sharing
