// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/fingerprint.h"

#include "opencode/session_row.h"
#include "opencode/stored_json.h"

#include <QCryptographicHash>

namespace sharelock::opencode {

namespace {

void take(QCryptographicHash& hash, std::string_view bytes)
{
    const auto size = static_cast<quint64>(bytes.size());
    hash.addData(QByteArrayView(reinterpret_cast<const char*>(&size), sizeof size));
    hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

//! opencode sets a row's time with every change. Where there is no such column, the size has to tell.
std::string changeMark(const Schema& schema, std::string_view table)
{
    return schema.has(table, "time_updated") ? std::string("time_updated") : std::string("length(data)");
}

sqlite::Result<void> takeRows(QCryptographicHash& hash, sqlite::Connection& connection,
                              const std::string& query, const std::string& sessionId)
{
    auto statement = connection.prepare(query);
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, sessionId);
    while (true) {
        const auto row = statement->step();
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (!*row) {
            take(hash, {});
            return {};
        }
        take(hash, statement->text(0));
        take(hash, std::to_string(statement->integer(1)));
    }
}

} // namespace

sqlite::Result<std::optional<QString>> readFingerprint(sqlite::Connection& connection, const Schema& schema,
                                                       const QString& sessionId)
{
    const std::string id = sessionId.toStdString();
    StoredJson json;
    const auto session = readSessionJson(connection, schema, json, id);
    if (!session) {
        return tl::unexpected(session.error());
    }
    if (!*session) {
        return std::nullopt;
    }
    QCryptographicHash hash(QCryptographicHash::Sha1);
    take(hash, **session);
    const std::string messages =
        "SELECT id, " + changeMark(schema, "message") + " FROM message WHERE session_id = ?1 ORDER BY id";
    if (const auto done = takeRows(hash, connection, messages, id); !done) {
        return tl::unexpected(done.error());
    }
    const std::string ofSession = schema.has("part", "session_id")
                                      ? "session_id = ?1"
                                      : "message_id IN (SELECT id FROM message WHERE session_id = ?1)";
    const std::string parts =
        "SELECT id, " + changeMark(schema, "part") + " FROM part WHERE " + ofSession + " ORDER BY id";
    if (const auto done = takeRows(hash, connection, parts, id); !done) {
        return tl::unexpected(done.error());
    }
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace sharelock::opencode
