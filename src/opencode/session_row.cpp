// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_row.h"

#include "document/json_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace sharelock::opencode {

namespace {

//! In the order of the query; Count closes the list.
enum Column
{
    Id,
    Slug,
    ProjectId,
    WorkspaceId,
    Directory,
    Path,
    ParentId,
    Title,
    Agent,
    Model,
    Version,
    SummaryAdditions,
    SummaryDeletions,
    SummaryFiles,
    SummaryDiffs,
    Cost,
    TokensInput,
    TokensOutput,
    TokensReasoning,
    TokensCacheRead,
    TokensCacheWrite,
    ShareUrl,
    Metadata,
    Revert,
    Permission,
    TimeCreated,
    TimeUpdated,
    TimeCompacting,
    TimeArchived,
    Count,
};

constexpr std::array<const char*, Count> columnNames{
    "id",
    "slug",
    "project_id",
    "workspace_id",
    "directory",
    "path",
    "parent_id",
    "title",
    "agent",
    "model",
    "version",
    "summary_additions",
    "summary_deletions",
    "summary_files",
    "summary_diffs",
    "cost",
    "tokens_input",
    "tokens_output",
    "tokens_reasoning",
    "tokens_cache_read",
    "tokens_cache_write",
    "share_url",
    "metadata",
    "revert",
    "permission",
    "time_created",
    "time_updated",
    "time_compacting",
    "time_archived",
};

std::string numberText(double value)
{
    if (!std::isfinite(value)) {
        return "null"; // as JavaScript writes it
    }
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end.ptr};
}

//! A JSON object that grows by members whose columns are set.
class Members
{
public:
    Members(const sqlite::Statement& row, StoredJson& json)
        : m_row(row)
        , m_json(json)
    {
    }

    void raw(std::string_view name, std::string_view value)
    {
        m_text += m_text.empty() ? "" : ",";
        m_text += document::quoted(name) + ':';
        m_text += value;
    }
    void text(std::string_view name, Column column)
    {
        if (!m_row.isNull(column)) {
            raw(name, document::quoted(m_row.text(column)));
        }
    }
    void integer(std::string_view name, Column column)
    {
        if (!m_row.isNull(column)) {
            raw(name, std::to_string(m_row.integer(column)));
        }
    }
    void integerOrZero(std::string_view name, Column column)
    {
        raw(name, std::to_string(m_row.integer(column)));
    }
    void real(std::string_view name, Column column)
    {
        if (!m_row.isNull(column)) {
            raw(name, numberText(m_row.real(column)));
        }
    }
    //! A column that holds JSON; left out when damaged.
    void json(std::string_view name, Column column)
    {
        if (m_row.isNull(column)) {
            return;
        }
        const auto value = m_json.checked(m_row.text(column));
        if (value && *value != "null") {
            raw(name, *value);
        }
    }
    void object(std::string_view name, const Members& members) { raw(name, members.close()); }

    [[nodiscard]] std::string close() const { return '{' + m_text + '}'; }

private:
    const sqlite::Statement& m_row;
    StoredJson& m_json;
    std::string m_text;
};

void addSummary(Members& session, const sqlite::Statement& row, StoredJson& json)
{
    if (row.isNull(SummaryAdditions) && row.isNull(SummaryDeletions) && row.isNull(SummaryFiles)) {
        return;
    }
    Members summary(row, json);
    summary.integerOrZero("additions", SummaryAdditions);
    summary.integerOrZero("deletions", SummaryDeletions);
    summary.integerOrZero("files", SummaryFiles);
    summary.json("diffs", SummaryDiffs);
    session.object("summary", summary);
}

void addTokens(Members& session, const sqlite::Statement& row, StoredJson& json)
{
    if (row.isNull(TokensInput)) {
        return; // a version that did not count them
    }
    Members cache(row, json);
    cache.integerOrZero("read", TokensCacheRead);
    cache.integerOrZero("write", TokensCacheWrite);
    Members tokens(row, json);
    tokens.integerOrZero("input", TokensInput);
    tokens.integerOrZero("output", TokensOutput);
    tokens.integerOrZero("reasoning", TokensReasoning);
    tokens.object("cache", cache);
    session.object("tokens", tokens);
}

void addShare(Members& session, const sqlite::Statement& row, StoredJson& json)
{
    if (row.text(ShareUrl).empty()) {
        return;
    }
    Members share(row, json);
    share.text("url", ShareUrl);
    session.object("share", share);
}

std::string sessionJson(const sqlite::Statement& row, StoredJson& json)
{
    Members session(row, json);
    session.text("id", Id);
    session.text("slug", Slug);
    session.text("projectID", ProjectId);
    session.text("workspaceID", WorkspaceId);
    session.text("directory", Directory);
    session.text("path", Path);
    session.text("parentID", ParentId);
    session.text("title", Title);
    session.text("agent", Agent);
    session.json("model", Model);
    session.text("version", Version);
    addSummary(session, row, json);
    session.real("cost", Cost);
    addTokens(session, row, json);
    addShare(session, row, json);
    session.json("metadata", Metadata);
    session.json("revert", Revert);
    session.json("permission", Permission);
    Members time(row, json);
    time.integer("created", TimeCreated);
    time.integer("updated", TimeUpdated);
    time.integer("compacting", TimeCompacting);
    time.integer("archived", TimeArchived);
    session.object("time", time);
    return session.close();
}

} // namespace

sqlite::Result<std::optional<std::string>> readSessionJson(sqlite::Connection& connection,
                                                           const Schema& schema, StoredJson& json,
                                                           std::string_view sessionId)
{
    std::string query = "SELECT ";
    for (std::size_t i = 0; i < columnNames.size(); ++i) {
        query += (i == 0 ? "" : ", ") + schema.column("session", columnNames[i]);
    }
    query += " FROM session WHERE session.id = ?1";
    auto statement = connection.prepare(query);
    if (!statement) {
        return tl::unexpected(statement.error());
    }
    statement->bind(1, sessionId);
    const auto row = statement->step();
    if (!row) {
        return tl::unexpected(row.error());
    }
    if (!*row) {
        return std::nullopt;
    }
    return sessionJson(*statement, json);
}

} // namespace sharelock::opencode
