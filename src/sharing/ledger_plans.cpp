// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"

namespace sharelock::sharing {

namespace {

using redaction::ContentKind;
using redaction::ContentSet;

} // namespace

Expected<SessionPlan> LinkLedger::plan(const QString& sessionId) const
{
    SessionPlan plan;
    plan.leftOut = ContentSet::leftOutByDefault();
    auto statement = d->prepare("SELECT version, left_out, included FROM plan WHERE session_id = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(sessionId);
    statement->bind(1, std::string_view(session));
    auto read = d->forRows(*statement, [&plan](const sqlite::Statement& row) {
        plan.version = row.integer(0);
        // A kind that did not exist when this was written is in neither list: its default holds.
        plan.leftOut = (plan.leftOut | redaction::contentSet(row.text(1))).without(redaction::contentSet(row.text(2)));
    });
    if (!read)
        return tl::make_unexpected(read.error());
    return plan;
}

Expected<void> LinkLedger::setLeftOut(const QString& sessionId, ContentKind kind, bool leftOut)
{
    return together([&]() -> Expected<void> {
        const auto before = plan(sessionId);
        if (!before)
            return tl::make_unexpected(before.error());
        if (before->leftOut.has(kind) == leftOut)
            return {};
        ContentSet after = before->leftOut;
        after.set(kind, leftOut);
        ContentSet all;
        for (const ContentKind one : redaction::allContent)
            all.set(one, true);
        auto statement = d->prepare("INSERT OR REPLACE INTO plan (session_id, version, left_out, included) "
                                    "VALUES (?, ?, ?, ?)");
        if (!statement)
            return tl::make_unexpected(statement.error());
        const std::string session = utf8(sessionId);
        const std::string out = toText(after);
        const std::string in = toText(all.without(after));
        statement->bind(1, std::string_view(session)).bind(2, before->version + 1);
        statement->bind(3, std::string_view(out)).bind(4, std::string_view(in));
        return d->checked(statement->run());
    });
}

} // namespace sharelock::sharing
