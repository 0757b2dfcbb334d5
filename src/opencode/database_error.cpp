// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/database_error.h"

#include <sqlite3.h>

namespace sharelock::opencode {

namespace {

ErrorCode meaning(int extendedCode)
{
    constexpr int primaryMask = 0xff;
    if (extendedCode == SQLITE_IOERR_SHORT_READ || extendedCode == SQLITE_IOERR_CORRUPTFS) {
        return ErrorCode::DatabaseCorrupt;
    }
    switch (extendedCode & primaryMask) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::DatabaseLocked;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return ErrorCode::DatabaseCorrupt;
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
        // A statement does not fit the tables: they changed to something that we do not know.
        return ErrorCode::DatabaseUnknown;
    default:
        return ErrorCode::DatabaseUnreadable;
    }
}

} // namespace

Error databaseError(const sqlite::Failure& failure, const QString& path)
{
    return Error{meaning(failure.code), path, failure.message};
}

} // namespace sharelock::opencode
