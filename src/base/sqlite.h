// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace sharelock::sqlite {

//! \brief What went wrong in SQLite, before anyone knows what the file means.
struct Failure
{
    int code = 0;    //!< Extended result code.
    QString message; //!< SQLite's own words.
};

template <typename T>
using Result = tl::expected<T, Failure>;

enum class Mode
{
    ReadOnly,  //!< Never writes, never checkpoints, not even when closed.
    ReadWrite, //!< Creates the file with mode 0600.
};

class IdleStatements;

//! \brief One prepared statement. Text is UTF-8 and goes in and out without conversion.
//! Views returned by text() and blob() live until the next step() or reset().
class Statement
{
public:
    Statement() = default;
    //! \param home where the statement goes when it is not used any more.
    Statement(sqlite3_stmt* handle, std::shared_ptr<IdleStatements> home);

    Statement& bind(int index, std::string_view text); //!< 1-based, like SQLite.
    Statement& bind(int index, std::int64_t value);
    Statement& bindBlob(int index, std::string_view bytes);
    Statement& bindNull(int index);
    Statement& bind(int index, std::optional<std::int64_t> value);

    //! \brief True while there is a row. \returns a Failure on any error.
    [[nodiscard]] Result<bool> step();
    //! \brief Runs a statement that returns no rows, then resets it.
    [[nodiscard]] Result<void> run();
    void reset();
    [[nodiscard]] bool isReadOnly() const; //!< It can't change the database.

    [[nodiscard]] bool isNull(int column) const; //!< 0-based, like SQLite.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;
    [[nodiscard]] QString string(int column) const;

private:
    struct GiveBack
    {
        void operator()(sqlite3_stmt* handle) const;
        std::shared_ptr<IdleStatements> home;
    };
    void note(int result);

    std::unique_ptr<sqlite3_stmt, GiveBack> m_handle;
    int m_bindResult = 0; //!< The first bind that failed; step() reports it.
};

//! \brief One connection. Used by one thread at a time, and never by the thread that draws.
class Connection
{
public:
    [[nodiscard]] static Result<Connection> open(const QString& path, Mode mode, int busyTimeoutMs = 5000);

    Connection() = default;

    [[nodiscard]] Result<void> execute(const char* sql); //!< One or several statements without parameters.
    //! \brief Cheap the second time: statements are kept, without what was bound to them.
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    //! \brief First column of the first row; 0 without a row.
    [[nodiscard]] Result<std::int64_t> integer(std::string_view sql);
    //! \brief Row ID of the row that was inserted last.
    [[nodiscard]] std::int64_t lastInsertId() const;
    [[nodiscard]] bool hasColumn(std::string_view table, std::string_view column);
    [[nodiscard]] bool hasTable(std::string_view table);

private:
    struct Close
    {
        void operator()(sqlite3* handle) const;
    };
    [[nodiscard]] static Result<Connection> openUri(const QByteArray& uri, Mode mode, int busyTimeoutMs);
    [[nodiscard]] bool holds(std::string_view sql, std::string_view first, std::string_view second);

    std::unique_ptr<sqlite3, Close> m_handle;
    std::shared_ptr<IdleStatements> m_idle; //!< Goes before the connection.
};

//! \brief A transaction that rolls back unless committed. `BEGIN IMMEDIATE`.
class Transaction
{
public:
    [[nodiscard]] static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Connection& connection);
    Connection* m_connection;
};

} // namespace sharelock::sqlite
