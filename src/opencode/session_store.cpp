// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_store.h"

#include "base/sqlite.h"
#include "base/thread_guard.h"
#include "opencode/database_error.h"
#include "opencode/fingerprint.h"
#include "opencode/link_claims.h"
#include "opencode/schema.h"
#include "opencode/session_document.h"
#include "opencode/session_list.h"
#include "opencode/text_search.h"

#include <QFileInfo>

#include <utility>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace sharelock::opencode {

namespace {

//! Long enough for another process to finish a checkpoint, short enough for a person who waits.
constexpr int busyMs = 2000;

//! Which file a path leads to, so that a replaced database is noticed.
struct FileIdentity
{
    quint64 device = 0;
    quint64 inode = 0;

    bool operator==(const FileIdentity&) const = default;
};

FileIdentity identityOf(const QString& path)
{
#ifdef Q_OS_UNIX
    struct stat info
    {
    };
    if (::stat(QFile::encodeName(path).constData(), &info) == 0) {
        return {static_cast<quint64>(info.st_dev), static_cast<quint64>(info.st_ino)};
    }
#else
    Q_UNUSED(path) // an open file cannot be replaced there
#endif
    return {};
}

Expected<void> checkFile(const QString& path)
{
    const QFileInfo file(path);
    if (!file.exists()) {
        return fail(ErrorCode::DatabaseMissing, path);
    }
    if (!file.isFile() || !file.isReadable()) {
        return fail(ErrorCode::DatabaseUnreadable, path);
    }
    if (file.size() == 0) {
        return fail(ErrorCode::DatabaseCorrupt, path, QStringLiteral("The file is empty."));
    }
    return {};
}

//! Everything read while it lives belongs to one moment of the database.
class ReadTransaction
{
public:
    explicit ReadTransaction(sqlite::Connection& connection)
        : m_connection(connection)
        , m_begun(connection.execute("BEGIN"))
    {
    }
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;
    ~ReadTransaction()
    {
        if (m_begun) {
            // A rollback of reads has nothing to undo and nothing to report.
            [[maybe_unused]] const auto ended = m_connection.execute("ROLLBACK");
        }
    }
    [[nodiscard]] const sqlite::Result<void>& begun() const { return m_begun; }

private:
    sqlite::Connection& m_connection;
    sqlite::Result<void> m_begun;
};

struct Opened
{
    sqlite::Connection connection;
    Schema schema;
    FileIdentity identity;
};

Expected<Opened> openDatabase(const QString& path)
{
    if (auto checked = checkFile(path); !checked) {
        return tl::unexpected(checked.error());
    }
    const FileIdentity identity = identityOf(path);
    auto connection = sqlite::Connection::open(path, sqlite::Mode::ReadOnly, busyMs);
    if (!connection) {
        return tl::unexpected(databaseError(connection.error(), path));
    }
    auto schema = Schema::read(*connection, path);
    if (!schema) {
        return tl::unexpected(schema.error());
    }
    return Opened{std::move(*connection), std::move(*schema), identity};
}

class Store : public SessionStore
{
public:
    Store(QString path, Opened opened)
        : m_path(std::move(path))
        , m_opened(std::move(opened))
    {
    }

    Expected<std::vector<SessionSummary>> sessions(Counting counting) override
    {
        assertOffGuiThread("reading the sessions");
        return read<std::vector<SessionSummary>>(
            [&] { return described(readSessions(m_opened.connection, m_opened.schema, counting)); });
    }

    Expected<std::vector<ProjectSummary>> projects() override
    {
        assertOffGuiThread("reading the projects");
        return read<std::vector<ProjectSummary>>(
            [this] { return described(readProjectList(m_opened.connection, m_opened.schema)); });
    }

    Expected<std::vector<ShareRow>> shares() override
    {
        assertOffGuiThread("reading the shares");
        return read<std::vector<ShareRow>>(
            [this] { return described(readShares(m_opened.connection, m_opened.schema)); });
    }

    Expected<std::vector<LinkClaim>> claims() override
    {
        assertOffGuiThread("reading what sessions say of their links");
        return read<std::vector<LinkClaim>>(
            [this] { return described(readClaims(m_opened.connection, m_opened.schema)); });
    }

    Expected<qint64> dataVersion() override
    {
        assertOffGuiThread("reading the data version");
        if (auto current = reopenIfReplaced(); !current) {
            return tl::unexpected(current.error());
        }
        const auto version = m_opened.connection.integer("PRAGMA data_version");
        if (!version) {
            return tl::unexpected(databaseError(version.error(), m_path));
        }
        constexpr int epochShift = 40;
        return (m_epoch << epochShift) + *version;
    }

    Expected<document::ShareDocument> document(const QString& sessionId) override
    {
        assertOffGuiThread("reading a session");
        return read<document::ShareDocument>([this, &sessionId] {
            return readDocument(m_opened.connection, m_opened.schema, m_path, sessionId);
        });
    }

    Expected<SessionSummary> session(const QString& sessionId) override
    {
        assertOffGuiThread("reading a session's row");
        return read<SessionSummary>([this, &sessionId]() -> Expected<SessionSummary> {
            auto found = readSession(m_opened.connection, m_opened.schema, sessionId.toStdString());
            if (!found) {
                return tl::unexpected(databaseError(found.error(), m_path));
            }
            if (!*found) {
                return fail(ErrorCode::SessionNotFound, sessionId);
            }
            return *std::move(*found);
        });
    }

    Expected<DocumentHead> head(const QString& sessionId, const HeadLimits& limits) override
    {
        assertOffGuiThread("reading the beginning of a session");
        return read<DocumentHead>([this, &sessionId, &limits] {
            return readHead(m_opened.connection, m_opened.schema, m_path, sessionId, limits);
        });
    }

    Expected<bool> mentions(const QString& sessionId, const TextWords& words,
                            const std::stop_token& stop) override
    {
        assertOffGuiThread("searching a session");
        return read<bool>([&]() -> Expected<bool> {
            const auto found = opencode::mentions(m_opened.connection, sessionId.toStdString(), words, stop);
            if (!found) {
                return tl::unexpected(databaseError(found.error(), m_path));
            }
            if (!*found) {
                return fail(ErrorCode::Cancelled);
            }
            return **found;
        });
    }

    Expected<QString> fingerprint(const QString& sessionId) override
    {
        assertOffGuiThread("comparing a session");
        return read<QString>([this, &sessionId]() -> Expected<QString> {
            const auto text = readFingerprint(m_opened.connection, m_opened.schema, sessionId);
            if (!text) {
                return tl::unexpected(databaseError(text.error(), m_path));
            }
            if (!*text) {
                return fail(ErrorCode::SessionNotFound, sessionId);
            }
            return **text;
        });
    }

    QString path() const override { return m_path; }

private:
    template <typename T>
    Expected<T> described(sqlite::Result<T> result) const
    {
        if (!result) {
            return tl::unexpected(databaseError(result.error(), m_path));
        }
        return std::move(*result);
    }

    //! Runs \p work in one read transaction, with a schema that is true within it.
    template <typename T, typename Work>
    Expected<T> read(const Work& work)
    {
        if (auto current = reopenIfReplaced(); !current) {
            return tl::unexpected(current.error());
        }
        const ReadTransaction transaction(m_opened.connection);
        if (!transaction.begun()) {
            return tl::unexpected(databaseError(transaction.begun().error(), m_path));
        }
        if (auto known = refreshSchema(); !known) {
            return tl::unexpected(known.error());
        }
        return work();
    }

    //! opencode migrates its tables while we look on.
    Expected<void> refreshSchema()
    {
        const auto version = m_opened.connection.integer("PRAGMA schema_version");
        if (!version) {
            return tl::unexpected(databaseError(version.error(), m_path));
        }
        if (*version == m_opened.schema.version()) {
            return {};
        }
        auto schema = Schema::read(m_opened.connection, m_path);
        if (!schema) {
            return tl::unexpected(schema.error());
        }
        m_opened.schema = std::move(*schema);
        return {};
    }

    //! A database that was deleted or put in place anew would otherwise stay invisible behind our open file.
    Expected<void> reopenIfReplaced()
    {
        if (identityOf(m_path) == m_opened.identity) {
            return {};
        }
        auto opened = openDatabase(m_path);
        if (!opened) {
            return tl::unexpected(opened.error());
        }
        m_opened = std::move(*opened);
        ++m_epoch;
        return {};
    }

    QString m_path;
    Opened m_opened;
    qint64 m_epoch = 0; //!< Counts reopenings, since `data_version` starts anew with each.
};

} // namespace

SessionStore::~SessionStore() = default;

Expected<std::unique_ptr<SessionStore>> SessionStore::open(const QString& path)
{
    assertOffGuiThread("opening opencode.db");
    auto opened = openDatabase(path);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    return std::make_unique<Store>(path, std::move(*opened));
}

} // namespace sharelock::opencode
