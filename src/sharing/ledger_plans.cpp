// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"

namespace sharelock::sharing {

namespace {

using redaction::ContentKind;
using redaction::ContentSet;

} // namespace

Expected<ContentSet> LinkLedger::leftOut(const QString& sessionId) const
{
    ContentSet leftOut = ContentSet::leftOutByDefault();
    auto statement = d->prepare("SELECT left_out, included FROM plan WHERE session_id = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(sessionId);
    statement->bind(1, std::string_view(session));
    auto read = d->forRows(*statement, [&leftOut](const sqlite::Statement& row) {
        // A kind that did not exist when this was written is in neither list: its default holds.
        leftOut = (leftOut | redaction::contentSet(row.text(0))).without(redaction::contentSet(row.text(1)));
    });
    if (!read)
        return tl::make_unexpected(read.error());
    return leftOut;
}

Expected<void> LinkLedger::setLeftOut(const QString& sessionId, ContentKind kind, bool leftOut)
{
    return together([&]() -> Expected<void> {
        const auto before = this->leftOut(sessionId);
        if (!before)
            return tl::make_unexpected(before.error());
        if (before->has(kind) == leftOut)
            return {};
        ContentSet after = *before;
        after.set(kind, leftOut);
        ContentSet all;
        for (const ContentKind one : redaction::allContent)
            all.set(one, true);
        auto statement =
            d->prepare("INSERT OR REPLACE INTO plan (session_id, left_out, included) VALUES (?, ?, ?)");
        if (!statement)
            return tl::make_unexpected(statement.error());
        const std::string session = utf8(sessionId);
        const std::string out = toText(after);
        const std::string in = toText(all.without(after));
        statement->bind(1, std::string_view(session));
        statement->bind(2, std::string_view(out)).bind(3, std::string_view(in));
        if (auto saved = d->checked(statement->run()); !saved)
            return saved;
        return countChoice(sessionId);
    });
}

} // namespace sharelock::sharing
