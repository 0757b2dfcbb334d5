// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/scan_cache.h"

#include "base/thread_guard.h"
#include "sharing/private_folder.h"

#include <QFile>
#include <QLoggingCategory>

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>

namespace sharelock::sharing {

namespace {

Q_LOGGING_CATEGORY(cacheLog, "sharelock.scancache", QtWarningMsg)

constexpr int schemaVersion = 1;
constexpr std::int64_t applicationId = 0x53'68'53'63; // "ShSc"
//! \brief Raised when the scanner itself changes what it finds.
constexpr int scannerGeneration = 3;
//! \brief Nobody waits for a cache.
constexpr int busyMs = 250;

constexpr const char* schema = R"(
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    version BLOB NOT NULL,
    updated INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    marks BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE text (
    digest BLOB PRIMARY KEY,
    used INTEGER NOT NULL,
    places BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE swept (
    version BLOB PRIMARY KEY,
    stamp BLOB NOT NULL
) WITHOUT ROWID;
)";

sqlite::Failure failureOf(int code, const char* message)
{
    return {code, QString::fromLatin1(message)};
}

//! \brief Keyed BLAKE2b over parts that can't run into each other.
class Hash
{
public:
    Hash(const std::string& key, std::string_view version)
    {
        crypto_generichash_init(&m_state, reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                                std::tuple_size_v<ContentDigest>);
        add(version);
    }
    void add(std::string_view part)
    {
        const auto size = static_cast<std::uint64_t>(part.size());
        feed({reinterpret_cast<const char*>(&size), sizeof size});
        feed(part);
    }
    void add(std::int64_t number) { feed({reinterpret_cast<const char*>(&number), sizeof number}); }
    [[nodiscard]] ContentDigest result()
    {
        ContentDigest digest{};
        crypto_generichash_final(&m_state, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
        return digest;
    }

private:
    void feed(std::string_view bytes)
    {
        crypto_generichash_update(&m_state, reinterpret_cast<const unsigned char*>(bytes.data()),
                                  bytes.size());
    }

    crypto_generichash_state m_state{};
};

void add(Hash& hash, const redaction::RuleSource& rule)
{
    for (const std::string& text : {rule.id, rule.pattern})
        hash.add(text);
    hash.add(static_cast<std::int64_t>(rule.kind) << 24 | static_cast<std::int64_t>(rule.severity) << 16 |
             static_cast<std::int64_t>(rule.confidence) << 8 | static_cast<std::int64_t>(rule.shape));
    hash.add(static_cast<std::int64_t>(rule.validator) << 8 | (rule.ignoreCase ? 1 : 0) |
             (rule.boundaryBefore ? 2 : 0) | (rule.boundaryAfter ? 4 : 0) | (rule.mixed ? 8 : 0) |
             (rule.words ? 16 : 0));
    hash.add(std::int64_t{rule.secretGroup});
    hash.add(static_cast<std::int64_t>(rule.reach));
    hash.add(static_cast<std::int64_t>(rule.minLength));
    hash.add(std::to_string(rule.entropy));
    for (const auto* list : {&rule.literals, &rule.except, &rule.only}) {
        hash.add(static_cast<std::int64_t>(list->size()));
        for (const std::string& text : *list)
            hash.add(text);
    }
}

std::string_view view(const ContentDigest& digest)
{
    return {digest.data(), digest.size()};
}

//! \brief Days since the epoch: when a text was used, as exactly as it matters.
std::int64_t today()
{
    constexpr qint64 day = 24LL * 60 * 60 * 1000;
    return toMilliseconds(now()) / day;
}

bool isBroken(int code)
{
    const int primary = code & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_FORMAT;
}

//! \brief Steps through all rows.
template <typename Use>
sqlite::Result<void> forRows(sqlite::Statement& statement, const Use& use)
{
    while (true) {
        const auto row = statement.step();
        if (!row)
            return tl::unexpected<sqlite::Failure>(row.error());
        if (!*row)
            return {};
        use(std::as_const(statement));
    }
}

} // namespace

std::string scanVersion(const std::string& key, std::span<const redaction::RuleSource> rules,
                        const redaction::RedactionPlan& names)
{
    Hash hash(key, SHARELOCK_VERSION);
    hash.add(scannerGeneration);
    for (const redaction::RuleSource& rule : rules)
        add(hash, rule);
    for (const redaction::HiddenValue& hidden : names.hidden) {
        hash.add(hidden.value);
        hash.add(static_cast<std::int64_t>(hidden.shape));
    }
    return std::string(view(hash.result()));
}

ScanCache::ScanCache(const QString& folder, std::string key, std::string version)
    : m_path(folder % u"/scan.db")
    , m_key(std::move(key))
    , m_version(std::move(version))
{
    assertOffGuiThread("ScanCache");
    if (const auto made = makePrivateFolder(folder); !made) {
        qCWarning(cacheLog, "not used: %s", qUtf8Printable(made.error().detail));
        return;
    }
    auto opened = openFile(m_path);
    if (!opened && isBroken(opened.error().code)) {
        giveUp("opening", opened.error());
        opened = openFile(m_path);
    }
    if (opened)
        m_connection = std::move(*opened);
    else
        qCWarning(cacheLog, "not used: %s", qUtf8Printable(opened.error().message));
}

sqlite::Result<sqlite::Connection> ScanCache::openFile(const QString& path) const
{
    auto connection = sqlite::Connection::open(path, sqlite::Mode::ReadWrite, busyMs);
    if (!connection)
        return connection;
    if (const auto ready = prepareFile(*connection); !ready)
        return tl::unexpected<sqlite::Failure>(ready.error());
    return connection;
}

sqlite::Result<void> ScanCache::prepareFile(sqlite::Connection& connection) const
{
    const auto version = connection.integer("PRAGMA user_version");
    const auto application = connection.integer("PRAGMA application_id");
    const auto tables = connection.integer("SELECT count(*) FROM sqlite_schema");
    if (!version || !application || !tables) {
        return tl::unexpected<sqlite::Failure>((!version       ? version
                                                : !application ? application
                                                               : tables)
                                                   .error());
    }
    const bool isEmpty = *version == 0 && *application == 0 && *tables == 0;
    if (!isEmpty && *application != applicationId)
        return tl::unexpected<sqlite::Failure>(failureOf(SQLITE_MISUSE, "a file of another program"));
    if (*version > schemaVersion)
        return tl::unexpected<sqlite::Failure>(failureOf(SQLITE_MISUSE, "made by a newer Sharelock"));
    QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner);
    // A write that a power cut takes back is scanned again, so nothing waits for the disk.
    auto done = connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                                   "PRAGMA cell_size_check = ON; PRAGMA cache_size = -1000");
    if (!done || *version == schemaVersion)
        return done;
    auto transaction = sqlite::Transaction::begin(connection);
    if (!transaction)
        return tl::unexpected<sqlite::Failure>(transaction.error());
    // Another process may have made it meanwhile.
    const auto again = connection.integer("PRAGMA user_version");
    if (!again)
        return tl::unexpected<sqlite::Failure>(again.error());
    if (*again == schemaVersion)
        return {};
    const std::string mark = "PRAGMA application_id = " + std::to_string(applicationId) +
                             "; PRAGMA user_version = " + std::to_string(schemaVersion);
    done = connection.execute(schema);
    if (done)
        done = connection.execute(mark.c_str());
    return done ? transaction->commit() : done;
}

void ScanCache::giveUp(const char* what, const sqlite::Failure& failure)
{
    qCWarning(cacheLog, "%s failed: %s", what, qUtf8Printable(failure.message));
    m_connection.reset();
    if (!isBroken(failure.code))
        return;
    for (const char* end : {"", "-wal", "-shm"})
        QFile::remove(m_path + QLatin1String(end));
}

template <typename Work>
void ScanCache::attempt(const char* what, const Work& work)
{
    assertOffGuiThread("ScanCache");
    if (!m_connection)
        return;
    const sqlite::Result<void> done = work(*m_connection);
    if (done)
        return;
    // Another process writes at the moment: what was not kept is scanned again some day.
    if ((done.error().code & 0xff) == SQLITE_BUSY)
        return;
    giveUp(what, done.error());
}

std::vector<ScannedSession> ScanCache::sessions()
{
    std::vector<ScannedSession> known;
    attempt("reading sessions", [&](sqlite::Connection& connection) -> sqlite::Result<void> {
        auto statement = connection.prepare(
            "SELECT id, updated, messages, fingerprint, marks FROM session WHERE version = ?1");
        if (!statement)
            return tl::unexpected<sqlite::Failure>(statement.error());
        statement->bindBlob(1, m_version);
        return forRows(*statement, [&known](const sqlite::Statement& row) {
            known.push_back({std::string(row.text(0)), fromMilliseconds(row.integer(1)),
                             static_cast<int>(row.integer(2)), std::string(row.text(3)),
                             std::string(row.blob(4))});
        });
    });
    return known;
}

void ScanCache::save(std::span<const ScannedSession> sessions)
{
    attempt("keeping sessions", [&](sqlite::Connection& connection) -> sqlite::Result<void> {
        auto transaction = sqlite::Transaction::begin(connection);
        if (!transaction)
            return tl::unexpected<sqlite::Failure>(transaction.error());
        auto statement = connection.prepare("INSERT OR REPLACE INTO session VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        if (!statement)
            return tl::unexpected<sqlite::Failure>(statement.error());
        for (const ScannedSession& session : sessions) {
            statement->bind(1, std::string_view(session.id)).bindBlob(2, m_version);
            statement->bind(3, std::int64_t{toMilliseconds(session.updated)});
            statement->bind(4, std::int64_t{session.messages});
            statement->bind(5, std::string_view(session.fingerprint)).bindBlob(6, session.marks);
            if (auto done = statement->run(); !done)
                return done;
        }
        if (auto done = trim(); !done)
            return done;
        return transaction->commit();
    });
}

void ScanCache::forget(std::span<const std::string> sessionIds)
{
    attempt("forgetting sessions", [&](sqlite::Connection& connection) -> sqlite::Result<void> {
        auto transaction = sqlite::Transaction::begin(connection);
        if (!transaction)
            return tl::unexpected<sqlite::Failure>(transaction.error());
        auto statement = connection.prepare("DELETE FROM session WHERE id = ?1");
        if (!statement)
            return tl::unexpected<sqlite::Failure>(statement.error());
        for (const std::string& id : sessionIds) {
            statement->bind(1, std::string_view(id));
            if (auto done = statement->run(); !done)
                return done;
        }
        return transaction->commit();
    });
}

ContentDigest ScanCache::digestOf(std::span<const document::ShareItem> items) const
{
    Hash hash(m_key, m_version);
    for (const document::ShareItem& item : items) {
        hash.add(item.typeName);
        hash.add(item.data);
    }
    return hash.result();
}

ContentDigest ScanCache::digestOf(std::string_view bytes) const
{
    Hash hash(m_key, {});
    hash.add(bytes);
    return hash.result();
}

std::vector<std::optional<std::string>> ScanCache::texts(std::span<const ContentDigest> digests)
{
    std::vector<std::optional<std::string>> found(digests.size());
    std::vector<std::size_t> old;
    const std::int64_t day = today();
    attempt("reading texts", [&](sqlite::Connection& connection) -> sqlite::Result<void> {
        // One transaction: else each of a thousand look-ups would lock and unlock the file.
        if (auto begun = connection.execute("BEGIN"); !begun)
            return begun;
        auto statement = connection.prepare("SELECT places, used FROM text WHERE digest = ?1");
        sqlite::Result<void> done;
        if (!statement)
            done = tl::unexpected<sqlite::Failure>(statement.error());
        for (std::size_t i = 0; done && i < digests.size(); ++i) {
            statement->bindBlob(1, view(digests[i]));
            done = forRows(*statement, [&](const sqlite::Statement& row) {
                found[i] = std::string(row.blob(0));
                if (row.integer(1) != day)
                    old.push_back(i);
            });
            statement->reset();
        }
        const auto ended = connection.execute("ROLLBACK");
        return done ? ended : done;
    });
    if (old.empty())
        return found;
    std::vector<Text> used;
    for (const std::size_t i : old)
        used.push_back({digests[i], *found[i]});
    saveTexts(used);
    return found;
}

void ScanCache::saveTexts(std::span<const Text> texts)
{
    if (texts.empty())
        return;
    attempt("keeping texts", [&](sqlite::Connection& connection) -> sqlite::Result<void> {
        auto transaction = sqlite::Transaction::begin(connection);
        if (!transaction)
            return tl::unexpected<sqlite::Failure>(transaction.error());
        auto statement = connection.prepare("INSERT OR REPLACE INTO text VALUES (?1, ?2, ?3)");
        if (!statement)
            return tl::unexpected<sqlite::Failure>(statement.error());
        const std::int64_t day = today();
        for (const Text& text : texts) {
            statement->bindBlob(1, view(text.digest)).bind(2, day).bindBlob(3, text.places);
            if (auto done = statement->run(); !done)
                return done;
        }
        if (auto done = trim(); !done)
            return done;
        return transaction->commit();
    });
}

//! \brief Keeps the file small: what was not used for longest goes, a quarter at once.
sqlite::Result<void> ScanCache::trim()
{
    const auto limit = [this](const char* table, const char* order, int most) -> sqlite::Result<void> {
        const std::string from = table;
        const auto count = m_connection->integer("SELECT count(*) FROM " + from);
        if (!count)
            return tl::unexpected<sqlite::Failure>(count.error());
        if (*count <= most)
            return {};
        const std::string key = from == "text" ? "digest" : "id";
        return m_connection->execute(("DELETE FROM " + from + " WHERE " + key + " IN (SELECT " + key +
                                      " FROM " + from + " ORDER BY " + order + " LIMIT " +
                                      std::to_string(*count - most * 3LL / 4) + ")")
                                         .c_str());
    };
    if (auto done = limit("text", "used", mostTexts); !done)
        return done;
    return limit("session", "updated", mostSessions);
}

std::string ScanCache::sweptStamp()
{
    std::string stamp;
    attempt("reading the stamp", [&](sqlite::Connection& connection) -> sqlite::Result<void> {
        auto statement = connection.prepare("SELECT stamp FROM swept WHERE version = ?1");
        if (!statement)
            return tl::unexpected<sqlite::Failure>(statement.error());
        statement->bindBlob(1, m_version);
        return forRows(*statement, [&stamp](const sqlite::Statement& row) { stamp = row.blob(0); });
    });
    return stamp;
}

void ScanCache::setSweptStamp(const std::string& stamp)
{
    attempt("keeping the stamp", [&](sqlite::Connection& connection) -> sqlite::Result<void> {
        // Of other versions none is needed again.
        if (auto done = connection.execute("DELETE FROM swept"); !done)
            return done;
        auto statement = connection.prepare("INSERT OR REPLACE INTO swept VALUES (?1, ?2)");
        if (!statement)
            return tl::unexpected<sqlite::Failure>(statement.error());
        statement->bindBlob(1, m_version).bindBlob(2, stamp);
        return statement->run();
    });
}

} // namespace sharelock::sharing
