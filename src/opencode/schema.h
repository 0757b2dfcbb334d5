// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/sqlite.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace sharelock::opencode {

//! \brief Which of opencode's tables and columns this database has. They differ between versions.
class Schema
{
public:
    //! \brief Looks at the tables. Errors: DatabaseForeign, DatabaseUnknown, and those of databaseError().
    [[nodiscard]] static Expected<Schema> read(sqlite::Connection& connection, const QString& path);

    [[nodiscard]] bool has(std::string_view table) const;
    [[nodiscard]] bool has(std::string_view table, std::string_view column) const;
    //! \brief The column's name for a SELECT, or `NULL` where this database lacks it.
    [[nodiscard]] std::string column(std::string_view table, std::string_view column) const;
    //! \brief `PRAGMA schema_version` at the time of reading.
    [[nodiscard]] std::int64_t version() const { return m_version; }

private:
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> m_columns;
    std::int64_t m_version = 0;
};

} // namespace sharelock::opencode
