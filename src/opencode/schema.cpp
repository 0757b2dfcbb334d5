// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/schema.h"

#include "opencode/database_error.h"

#include <array>
#include <utility>

namespace sharelock::opencode {

namespace {

using Table = std::string_view;

constexpr std::array<Table, 7> knownTables{"session",       "message", "part",         "project",
                                           "session_share", "todo",    "account_state"};

//! Without these there is no conversation to show.
constexpr std::array<std::pair<Table, std::string_view>, 8> needed{{
    {"session", "id"},
    {"session", "title"},
    {"message", "id"},
    {"message", "session_id"},
    {"message", "data"},
    {"part", "id"},
    {"part", "message_id"},
    {"part", "data"},
}};

sqlite::Result<std::set<std::string, std::less<>>> columnsOf(sqlite::Connection& connection, Table table)
{
    auto statement = connection.prepare("SELECT name FROM pragma_table_info(?1)");
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, table);
    std::set<std::string, std::less<>> columns;
    while (true) {
        const auto row = statement->step();
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (!*row) {
            return columns;
        }
        columns.emplace(statement->text(0));
    }
}

} // namespace

Expected<Schema> Schema::read(sqlite::Connection& connection, const QString& path)
{
    Schema schema;
    const auto version = connection.integer("PRAGMA schema_version");
    if (!version) {
        return tl::unexpected(databaseError(version.error(), path));
    }
    schema.m_version = *version;
    for (const Table table : knownTables) {
        auto columns = columnsOf(connection, table);
        if (!columns) {
            return tl::unexpected(databaseError(columns.error(), path));
        }
        if (!columns->empty()) {
            schema.m_columns.emplace(table, std::move(*columns));
        }
    }
    if (connection.hasTable("goose_db_version") ||
        (connection.hasTable("sessions") && !schema.has("session"))) {
        return fail(ErrorCode::DatabaseForeign, path);
    }
    for (const auto& [table, column] : needed) {
        if (!schema.has(table, column)) {
            const auto name = std::string(table) + '.' + std::string(column);
            return fail(ErrorCode::DatabaseUnknown, path, QString::fromStdString(name));
        }
    }
    return schema;
}

bool Schema::has(std::string_view table) const
{
    return m_columns.contains(table);
}

bool Schema::has(std::string_view table, std::string_view column) const
{
    const auto found = m_columns.find(table);
    return found != m_columns.end() && found->second.contains(column);
}

std::string Schema::column(std::string_view table, std::string_view column) const
{
    return has(table, column) ? std::string(table) + '.' + std::string(column) : std::string("NULL");
}

} // namespace sharelock::opencode
