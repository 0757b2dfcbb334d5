// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_list.h"

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace sharelock::opencode {

namespace {

struct TextHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

template <typename T>
using ById = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

//! Folders and IDs of projects stand in thousands of rows: one copy of each is enough.
class SharedTexts
{
public:
    const QString& of(std::string_view text)
    {
        const auto found = m_texts.find(text);
        if (found != m_texts.end()) {
            return found->second;
        }
        const auto size = static_cast<qsizetype>(text.size());
        return m_texts.emplace(std::string(text), QString::fromUtf8(text.data(), size)).first->second;
    }

private:
    ById<QString> m_texts;
};

struct Project
{
    QString name; //!< For people: its own, else the last part of the worktree.
    QString worktree;
};

//! Which session is meant; all when unset.
using Only = std::optional<std::string_view>;

//! Runs \p query, whose one parameter is \p only where that is set, and hands each row to \p take.
sqlite::Result<void> forEachRow(sqlite::Connection& connection, std::string_view query,
                                const std::function<void(sqlite::Statement&)>& take, Only only = {})
{
    auto statement = connection.prepare(query);
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    if (only) {
        statement->bind(1, *only);
    }
    while (true) {
        const auto row = statement->step();
        if (!row) {
            return tl::unexpected(row.error());
        }
        if (!*row) {
            return {};
        }
        take(*statement);
    }
}

//! Of a path of either system; empty for a root.
QString lastPart(const QString& path)
{
    qsizetype end = path.size();
    const auto isSeparator = [](QChar c) { return c == u'/' || c == u'\\'; };
    while (end > 0 && isSeparator(path.at(end - 1))) {
        --end;
    }
    qsizetype begin = end;
    while (begin > 0 && !isSeparator(path.at(begin - 1))) {
        --begin;
    }
    return path.mid(begin, end - begin);
}

sqlite::Result<ById<Project>> readProjects(sqlite::Connection& connection, const Schema& schema)
{
    ById<Project> projects;
    if (!schema.has("project", "id")) {
        return projects;
    }
    const auto query = "SELECT id, " + schema.column("project", "name") + ", " +
                       schema.column("project", "worktree") + " FROM project";
    const auto done = forEachRow(connection, query, [&projects](sqlite::Statement& row) {
        const QString name = row.string(1);
        const QString worktree = row.string(2);
        projects.emplace(std::string(row.text(0)),
                         Project{name.isEmpty() ? lastPart(worktree) : name, worktree});
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return projects;
}

sqlite::Result<ById<int>> countMessages(sqlite::Connection& connection, Only only)
{
    ById<int> counts;
    const std::string which = only ? " WHERE session_id = ?1" : "";
    const auto done = forEachRow(
        connection, "SELECT session_id, count(*) FROM message" + which + " GROUP BY session_id",
        [&counts](sqlite::Statement& row) {
            counts.emplace(std::string(row.text(0)), static_cast<int>(row.integer(1)));
        },
        only);
    if (!done) {
        return tl::unexpected(done.error());
    }
    return counts;
}

Timestamp timeOf(const sqlite::Statement& row, int column)
{
    return fromMilliseconds(row.integer(column));
}

std::string sessionQuery(const Schema& schema, Only only)
{
    std::string query = "SELECT session.id";
    for (const char* name : {"title", "parent_id", "project_id", "directory", "time_created", "time_updated",
                             "time_archived", "share_url"}) {
        query += ", " + schema.column("session", name);
    }
    query += only ? " FROM session WHERE session.id = ?1" : " FROM session";
    query += " ORDER BY " + schema.column("session", "time_updated") + " DESC, session.id DESC";
    return query;
}

SessionSummary summaryOf(const sqlite::Statement& row, SharedTexts& texts)
{
    SessionSummary session;
    session.id = row.string(0);
    session.title = row.string(1);
    session.parentId = row.string(2);
    session.projectId = texts.of(row.text(3));
    session.directory = texts.of(row.text(4));
    session.created = timeOf(row, 5);
    session.updated = timeOf(row, 6);
    if (!row.isNull(7)) {
        session.archived = timeOf(row, 7);
    }
    if (!row.text(8).empty()) {
        session.shareUrl = QUrl(row.string(8));
    }
    return session;
}

sqlite::Result<std::vector<SessionSummary>> read(sqlite::Connection& connection, const Schema& schema,
                                                 Only only, Counting counting)
{
    const auto projects = readProjects(connection, schema);
    if (!projects) {
        return tl::unexpected(projects.error());
    }
    const bool isCounted = counting == Counting::Messages;
    const auto counts = isCounted ? countMessages(connection, only) : ById<int>();
    if (!counts) {
        return tl::unexpected(counts.error());
    }
    SharedTexts texts;
    std::vector<SessionSummary> sessions;
    sessions.reserve(counts->size());
    const auto take = [&](sqlite::Statement& row) {
        SessionSummary session = summaryOf(row, texts);
        if (const auto project = projects->find(row.text(3)); project != projects->end()) {
            session.project = project->second.name;
            session.worktree = project->second.worktree;
        }
        if (session.project.isEmpty()) {
            // opencode's global project has the root as its worktree; there the session's own folder says
            // more.
            session.project = lastPart(session.directory);
        }
        if (isCounted) {
            const auto count = counts->find(row.text(0));
            session.messages = count == counts->end() ? 0 : count->second;
        }
        sessions.push_back(std::move(session));
    };
    const auto done = forEachRow(connection, sessionQuery(schema, only), take, only);
    if (!done) {
        return tl::unexpected(done.error());
    }
    return sessions;
}

} // namespace

sqlite::Result<std::vector<SessionSummary>> readSessions(sqlite::Connection& connection, const Schema& schema,
                                                         Counting counting)
{
    return read(connection, schema, {}, counting);
}

sqlite::Result<std::vector<ProjectSummary>> readProjectList(sqlite::Connection& connection,
                                                            const Schema& schema)
{
    const auto projects = readProjects(connection, schema);
    if (!projects) {
        return tl::unexpected(projects.error());
    }
    std::vector<ProjectSummary> list;
    for (const auto& [id, project] : *projects) {
        list.push_back({QString::fromStdString(id), project.name, project.worktree});
    }
    return list;
}

sqlite::Result<std::optional<SessionSummary>> readSession(sqlite::Connection& connection,
                                                          const Schema& schema, std::string_view sessionId)
{
    auto found = read(connection, schema, sessionId, Counting::Messages);
    if (!found) {
        return tl::unexpected(found.error());
    }
    if (found->empty()) {
        return std::nullopt;
    }
    return std::move(found->front());
}

sqlite::Result<std::vector<ShareRow>> readShares(sqlite::Connection& connection, const Schema& schema)
{
    std::vector<ShareRow> shares;
    if (!schema.has("session_share", "session_id")) {
        return shares;
    }
    std::string query = "SELECT session_share.session_id";
    for (const char* name : {"id", "url", "secret", "time_created"}) {
        query += ", " + schema.column("session_share", name);
    }
    query += " FROM session_share ORDER BY session_share.session_id";
    const auto done = forEachRow(connection, query, [&shares](sqlite::Statement& row) {
        ShareRow share;
        share.sessionId = row.string(0);
        share.shareId = row.string(1);
        share.url = QUrl(row.string(2));
        share.key = Secret(row.text(3));
        share.created = timeOf(row, 4);
        shares.push_back(std::move(share));
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return shares;
}

} // namespace sharelock::opencode
