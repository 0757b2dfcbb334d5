// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"

#include "base/thread_guard.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <unordered_map>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sharelock::sqlite {

namespace {

tl::unexpected<Failure> failure(sqlite3* handle)
{
    return tl::unexpected<Failure>(
        Failure{sqlite3_extended_errcode(handle), QString::fromUtf8(sqlite3_errmsg(handle))});
}

tl::unexpected<Failure> misuse(const char* what)
{
    return tl::unexpected<Failure>(Failure{SQLITE_MISUSE, QString::fromLatin1(what)});
}

// Made before SQLite sees the path, since SQLite creates files with mode 0644; the -wal and -shm beside it
// take over the mode. An existing file is not even opened: closing a second descriptor of a database would
// drop the locks of every other connection of this process.
Result<void> createPrivately(const QByteArray& path)
{
    const int descriptor = ::open(path.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        const int reason = errno;
        if (reason == EEXIST)
            return {};
        const int code = reason == ENOSPC || reason == EDQUOT ? SQLITE_FULL : SQLITE_CANTOPEN;
        return tl::unexpected<Failure>(Failure{code, QString::fromLocal8Bit(std::strerror(reason))});
    }
    ::fchmod(descriptor, S_IRUSR | S_IWUSR); // A umask may have taken even these.
    ::close(descriptor);
    return {};
}

// A URI, so that a `?`, `#` or `%` in the path stays a part of it. Two slashes in front would name a host.
QByteArray uriOf(const QString& path, bool immutable)
{
    const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    QByteArray uri = QUrl::fromLocalFile(absolute).toEncoded(QUrl::FullyEncoded);
    if (immutable)
        uri += "?immutable=1";
    return uri;
}

// A WAL database can't be read in a folder where its -shm can't be made. If nobody left one, and no -wal
// with content, then the file alone is the whole truth and can be read as one that does not change.
bool mayReadAsImmutable(const QString& path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    if (::faccessat(AT_FDCWD, folder.constData(), W_OK, AT_EACCESS) == 0)
        return false;
    return !QFileInfo::exists(path + QStringLiteral("-shm")) &&
           QFileInfo(path + QStringLiteral("-wal")).size() == 0;
}

} // namespace

//! \brief Prepared statements of one connection that nobody uses right now, by their text. Preparing one
//! takes longer than many of them run.
class IdleStatements
{
public:
    IdleStatements() = default;
    ~IdleStatements()
    {
        for (const auto& [sql, handle] : m_handles)
            sqlite3_finalize(handle);
    }
    IdleStatements(const IdleStatements&) = delete;
    IdleStatements& operator=(const IdleStatements&) = delete;

    //! \returns null where there is none.
    [[nodiscard]] sqlite3_stmt* take(std::string_view sql)
    {
        const auto found = m_handles.find(sql);
        if (found == m_handles.end())
            return nullptr;
        sqlite3_stmt* handle = found->second;
        m_handles.erase(found);
        return handle;
    }

    void keep(sqlite3_stmt* handle)
    {
        // Ends its read of the database, and lets go of bound texts, which may be keys.
        sqlite3_reset(handle);
        sqlite3_clear_bindings(handle);
        if (m_handles.size() < most)
            m_handles.emplace(sqlite3_sql(handle), handle);
        else
            sqlite3_finalize(handle);
    }

private:
    static constexpr std::size_t most = 64;

    //! Views of the statements' own texts. The same text may be in use several times over.
    std::unordered_multimap<std::string_view, sqlite3_stmt*> m_handles;
};

void Statement::GiveBack::operator()(sqlite3_stmt* handle) const
{
    home->keep(handle);
}

Statement::Statement(sqlite3_stmt* handle, std::shared_ptr<IdleStatements> home)
    : m_handle(handle, {std::move(home)})
{
}

void Statement::note(int result)
{
    if (m_bindResult == SQLITE_OK)
        m_bindResult = result;
}

Statement& Statement::bind(int index, std::string_view text)
{
    // A null pointer would bind NULL, not an empty text.
    const char* data = text.data() == nullptr ? "" : text.data();
    note(sqlite3_bind_text64(m_handle.get(), index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int index, std::int64_t value)
{
    note(sqlite3_bind_int64(m_handle.get(), index, value));
    return *this;
}

Statement& Statement::bindBlob(int index, std::string_view bytes)
{
    const char* data = bytes.data() == nullptr ? "" : bytes.data();
    note(sqlite3_bind_blob64(m_handle.get(), index, data, bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bindNull(int index)
{
    note(sqlite3_bind_null(m_handle.get(), index));
    return *this;
}

Statement& Statement::bind(int index, std::optional<std::int64_t> value)
{
    return value ? bind(index, *value) : bindNull(index);
}

Result<bool> Statement::step()
{
    assertOffGuiThread("sqlite::Statement::step");
    if (m_handle == nullptr)
        return misuse("a statement that was never prepared");
    if (m_bindResult != SQLITE_OK) {
        return tl::unexpected<Failure>(
            Failure{m_bindResult, QString::fromUtf8(sqlite3_errstr(m_bindResult))});
    }
    switch (sqlite3_step(m_handle.get())) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default:
        return failure(sqlite3_db_handle(m_handle.get()));
    }
}

Result<void> Statement::run()
{
    const auto row = step();
    reset();
    if (!row)
        return tl::unexpected<Failure>(row.error());
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_handle.get());
    m_bindResult = SQLITE_OK;
}

bool Statement::isReadOnly() const
{
    return sqlite3_stmt_readonly(m_handle.get()) != 0;
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_handle.get(), column) == SQLITE_NULL;
}

std::string_view Statement::text(int column) const
{
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_handle.get(), column));
    if (data == nullptr)
        return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
}

std::string_view Statement::blob(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_handle.get(), column));
    if (data == nullptr)
        return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_handle.get(), column);
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const
{
    if (isNull(column))
        return std::nullopt;
    return integer(column);
}

QString Statement::string(int column) const
{
    const std::string_view bytes = text(column);
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

void Connection::Close::operator()(sqlite3* handle) const
{
    // The _v2 form lets statements that still live end first.
    sqlite3_close_v2(handle);
}

Result<Connection> Connection::openUri(const QByteArray& uri, Mode mode, int busyTimeoutMs)
{
    const int access = mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int flags = access | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(uri.constData(), &handle, flags, nullptr);
    Connection connection;
    connection.m_handle.reset(handle);
    connection.m_idle = std::make_shared<IdleStatements>();
    if (handle == nullptr)
        return tl::unexpected<Failure>(Failure{code, QString::fromUtf8(sqlite3_errstr(code))});
    if (code != SQLITE_OK)
        return failure(handle);

    sqlite3_busy_timeout(handle, busyTimeoutMs);
    // The schema is foreign: it must neither call functions with side effects nor be edited as a table.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (mode == Mode::ReadOnly) {
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        if (auto set = connection.execute("PRAGMA query_only=1"); !set)
            return tl::unexpected<Failure>(set.error());
    }
    // SQLite opens lazily; the first read tells whether the file can be used at all.
    if (auto schema = connection.integer("PRAGMA schema_version"); !schema)
        return tl::unexpected<Failure>(schema.error());
    return connection;
}

Result<Connection> Connection::open(const QString& path, Mode mode, int busyTimeoutMs)
{
    assertOffGuiThread("sqlite::Connection::open");
    // SQLite would take no name for a temporary database, and would open a folder to fail at the first read.
    if (path.isEmpty())
        return tl::unexpected<Failure>(Failure{SQLITE_CANTOPEN, QStringLiteral("no file named")});
    if (QFileInfo(path).isDir())
        return tl::unexpected<Failure>(Failure{SQLITE_CANTOPEN_ISDIR, QStringLiteral("is a folder")});
    if (mode == Mode::ReadWrite) {
        if (auto created = createPrivately(QFile::encodeName(path)); !created)
            return tl::unexpected<Failure>(created.error());
        return openUri(uriOf(path, false), mode, busyTimeoutMs);
    }
    auto connection = openUri(uriOf(path, false), mode, busyTimeoutMs);
    if (connection)
        return connection;
    const int primary = connection.error().code & 0xff;
    if ((primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY) && mayReadAsImmutable(path))
        return openUri(uriOf(path, true), mode, busyTimeoutMs);
    return connection;
}

Result<void> Connection::execute(const char* sql)
{
    assertOffGuiThread("sqlite::Connection::execute");
    if (m_handle == nullptr)
        return misuse("a connection that was never opened");
    if (sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(m_handle.get());
    return {};
}

Result<Statement> Connection::prepare(std::string_view sql)
{
    assertOffGuiThread("sqlite::Connection::prepare");
    if (m_handle == nullptr)
        return misuse("a connection that was never opened");
    if (sqlite3_stmt* idle = m_idle->take(sql))
        return Statement(idle, m_idle);
    sqlite3_stmt* handle = nullptr;
    const int code =
        sqlite3_prepare_v3(m_handle.get(), sql.data(), static_cast<int>(sql.size()), 0, &handle, nullptr);
    if (code != SQLITE_OK)
        return failure(m_handle.get());
    if (handle == nullptr)
        return misuse("no statement in this SQL");
    return Statement(handle, m_idle);
}

Result<std::int64_t> Connection::integer(std::string_view sql)
{
    auto statement = prepare(sql);
    if (!statement)
        return tl::unexpected<Failure>(statement.error());
    const auto row = statement->step();
    if (!row)
        return tl::unexpected<Failure>(row.error());
    return *row ? statement->integer(0) : 0;
}

std::int64_t Connection::lastInsertId() const
{
    return m_handle == nullptr ? 0 : sqlite3_last_insert_rowid(m_handle.get());
}

bool Connection::holds(std::string_view sql, std::string_view first, std::string_view second)
{
    auto statement = prepare(sql);
    if (!statement)
        return false;
    statement->bind(1, first);
    if (!second.empty())
        statement->bind(2, second);
    return statement->step().value_or(false);
}

bool Connection::hasColumn(std::string_view table, std::string_view column)
{
    return holds("SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2 COLLATE NOCASE", table, column);
}

bool Connection::hasTable(std::string_view table)
{
    return holds("SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE",
                 table, {});
}

namespace {

// Where many small transactions follow each other, preparing these would take as long as what they hold.
Result<void> runKept(Connection& connection, std::string_view sql)
{
    auto statement = connection.prepare(sql);
    if (!statement)
        return tl::unexpected<Failure>(statement.error());
    return statement->run();
}

} // namespace

Result<Transaction> Transaction::begin(Connection& connection)
{
    if (auto begun = runKept(connection, "BEGIN IMMEDIATE"); !begun)
        return tl::unexpected<Failure>(begun.error());
    return Transaction(connection);
}

Transaction::Transaction(Connection& connection)
    : m_connection(&connection)
{
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{
}

Transaction::~Transaction()
{
    // A statement that failed may have rolled back already; then there is nothing left to undo.
    if (m_connection != nullptr)
        static_cast<void>(runKept(*m_connection, "ROLLBACK"));
}

Result<void> Transaction::commit()
{
    if (m_connection == nullptr)
        return misuse("a transaction that has ended");
    // A commit that fails leaves the transaction open, for the destructor to roll back.
    auto committed = runKept(*m_connection, "COMMIT");
    if (committed)
        m_connection = nullptr;
    return committed;
}

} // namespace sharelock::sqlite
