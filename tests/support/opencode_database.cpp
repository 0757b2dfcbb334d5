// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "support/opencode_database.h"

#include "support/opencode_schema.h"

#include <utility>

namespace sharelock::test {

namespace {

template <typename T>
T orEnd(sqlite::Result<T> result, const char* what)
{
    if (!result) {
        qFatal("%s: %s", what, qPrintable(result.error().message));
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

OpencodeDatabase::OpencodeDatabase(const QString& path, SchemaAge age)
    : m_connection(orEnd(sqlite::Connection::open(path, sqlite::Mode::ReadWrite), "open"))
    , m_age(age)
{
    execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON");
    execute(age == SchemaAge::First ? firstSchema : currentSchema);
}

void OpencodeDatabase::addProject(const QByteArray& id, const QByteArray& worktree, const QByteArray& name)
{
    run("INSERT INTO project (id, worktree, name, time_created, time_updated, sandboxes) "
        "VALUES (?1, ?2, nullif(?3, ''), 1, 1, '[]')",
        {id, worktree, name});
}

void OpencodeDatabase::addSession(const SampleSession& session)
{
    run("INSERT INTO session (id, project_id, parent_id, slug, directory, title, version, time_created, "
        "time_updated) "
        "VALUES (?1, ?2, nullif(?3, ''), 'quiet-river', ?4, ?5, '1.18.33', CAST(?6 AS integer), CAST(?7 AS "
        "integer))",
        {session.id, session.projectId, session.parentId, session.directory, session.title,
         QByteArray::number(session.created), QByteArray::number(session.updated)});
    if (session.archived && m_age == SchemaAge::Current) {
        run("UPDATE session SET time_archived = CAST(?2 AS integer) WHERE id = ?1",
            {session.id, QByteArray::number(*session.archived)});
    }
}

void OpencodeDatabase::addMessage(const QByteArray& id, const QByteArray& sessionId, qint64 created,
                                  const QByteArray& data)
{
    run("INSERT INTO message (id, session_id, time_created, time_updated, data) "
        "VALUES (?1, ?2, CAST(?3 AS integer), CAST(?3 AS integer), ?4)",
        {id, sessionId, QByteArray::number(created), data});
}

void OpencodeDatabase::addPart(const QByteArray& id, const QByteArray& messageId, const QByteArray& sessionId,
                               const QByteArray& data)
{
    run("INSERT INTO part (id, message_id, session_id, time_created, time_updated, data) VALUES (?1, ?2, ?3, "
        "1, 1, ?4)",
        {id, messageId, sessionId, data});
}

void OpencodeDatabase::addShare(const QByteArray& sessionId, const QByteArray& shareId, const QByteArray& url,
                                const QByteArray& secret)
{
    run("INSERT INTO session_share (session_id, id, secret, url, time_created, time_updated) "
        "VALUES (?1, ?2, ?3, ?4, 1700000002000, 1700000002000)",
        {sessionId, shareId, secret, url});
    run("UPDATE session SET share_url = ?2 WHERE id = ?1", {sessionId, url});
}

void OpencodeDatabase::execute(const QByteArray& sql)
{
    orEnd(m_connection.execute(sql.constData()), sql.constData());
}

void OpencodeDatabase::checkpoint()
{
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void OpencodeDatabase::run(const QByteArray& sql, const std::vector<QByteArray>& values)
{
    auto statement = orEnd(m_connection.prepare(viewOf(sql)), sql.constData());
    int index = 0;
    for (const QByteArray& value : values) {
        statement.bind(++index, viewOf(value));
    }
    orEnd(statement.run(), sql.constData());
}

QByteArray textPart(const QByteArray& text)
{
    return R"({"type":"text","text":")" + text + R"("})";
}

QByteArray userMessage(const QByteArray& model)
{
    return R"({"role":"user","time":{"created":1},"agent":"build","model":{"providerID":"mock","modelID":")" +
           model + R"("}})";
}

QByteArray assistantMessage()
{
    return R"({"role":"assistant","time":{"created":1},"mode":"build","modelID":"m1","providerID":"mock"})";
}

} // namespace sharelock::test
