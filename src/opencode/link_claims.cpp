// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/link_claims.h"

#include <string>

namespace sharelock::opencode {

namespace {

//! `opencode import` keeps the session's own times and gives its messages' rows the time of the import, all
//! later than anything the session tells of itself (measured with 1.18.33). A session that went on afterwards
//! no longer shows that, but its first answer was still given in a folder that is not the session's.
std::string importedExpression(const Schema& schema)
{
    if (!schema.has("message", "session_id"))
        return "0";
    std::string expression = "0";
    if (schema.has("message", "time_updated") && schema.has("session", "time_updated"))
        expression +=
            " OR coalesce((SELECT min(m.time_updated) FROM message m WHERE m.session_id = session.id)"
            " > session.time_updated, 0)";
    if (schema.has("message", "data") && schema.has("session", "directory"))
        expression += " OR coalesce((SELECT json_extract(m.data, '$.path.cwd') FROM message m"
                      " WHERE m.session_id = session.id AND json_valid(m.data)"
                      " AND json_extract(m.data, '$.role') = 'assistant' ORDER BY m.id LIMIT 1)"
                      " <> session.directory, 0)";
    return expression;
}

} // namespace

sqlite::Result<std::vector<LinkClaim>> readClaims(sqlite::Connection& connection, const Schema& schema)
{
    std::vector<LinkClaim> claims;
    if (!schema.has("session", "share_url"))
        return claims;
    std::string query = "SELECT session.id, session.share_url, " + schema.column("session", "time_created") +
                        ", " + importedExpression(schema) + " FROM session WHERE session.share_url <> ''";
    if (schema.has("session_share", "session_id"))
        query += " AND NOT EXISTS (SELECT 1 FROM session_share s WHERE s.session_id = session.id)";
    query += " ORDER BY session.id";
    auto statement = connection.prepare(query);
    if (!statement)
        return tl::unexpected(statement.error());
    for (;;) {
        const auto more = statement->step();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return claims;
        LinkClaim claim;
        claim.sessionId = statement->string(0);
        claim.url = QUrl(statement->string(1));
        claim.created = fromMilliseconds(statement->integer(2));
        claim.imported = statement->integer(3) != 0;
        claims.push_back(std::move(claim));
    }
}

} // namespace sharelock::opencode
