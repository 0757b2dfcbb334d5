// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"

#include <map>

namespace sharelock::sharing {

using redaction::FoundValue;

Expected<void> LinkLedger::saveNames(const QString& sessionId, const std::vector<FoundValue>& values)
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    const std::string session = utf8(sessionId);
    return together([&]() -> Expected<void> {
        auto statement = d->prepare("INSERT OR IGNORE INTO choice_pseudonym"
                                    " (session_id, digest, given, chosen) VALUES (?, ?, ?, ?)");
        if (!statement)
            return tl::make_unexpected(statement.error());
        for (const FoundValue& found : values) {
            const std::string digest = redaction::keyedDigest(found.value.reveal(), *key);
            statement->bind(1, std::string_view(session)).bindBlob(2, digest);
            statement->bind(3, std::string_view(found.givenName));
            statement->bind(4, std::string_view(found.chosenName));
            if (auto saved = d->checked(statement->run()); !saved)
                return saved;
        }
        return {};
    });
}

Expected<void> LinkLedger::saveName(const QString& sessionId, const FoundValue& value)
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    auto statement = d->prepare("INSERT INTO choice_pseudonym (session_id, digest, given, chosen)"
                                " VALUES (?, ?, ?, ?) ON CONFLICT (session_id, digest)"
                                " DO UPDATE SET chosen = excluded.chosen");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(sessionId);
    const std::string digest = redaction::keyedDigest(value.value.reveal(), *key);
    statement->bind(1, std::string_view(session)).bindBlob(2, digest);
    statement->bind(3, std::string_view(value.givenName)).bind(4, std::string_view(value.chosenName));
    if (auto saved = d->checked(statement->run()); !saved)
        return saved;
    return d->countChoice(redaction::DecisionScope::Session, session);
}

Expected<std::set<std::string>> LinkLedger::applyNames(const QString& sessionId,
                                                       std::vector<FoundValue>& values) const
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    auto statement = d->prepare("SELECT digest, given, chosen FROM choice_pseudonym WHERE session_id = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(sessionId);
    statement->bind(1, std::string_view(session));
    std::map<std::string, std::pair<std::string, std::string>> known;
    std::set<std::string> names;
    auto read = d->forRows(*statement, [&](const sqlite::Statement& row) {
        known.emplace(row.blob(0), std::pair(row.text(1), row.text(2)));
        names.emplace(row.text(1));
        names.emplace(row.text(2));
    });
    if (!read)
        return tl::make_unexpected(read.error());
    for (FoundValue& found : values) {
        found.givenName.clear();
        found.chosenName.clear();
        if (known.empty())
            continue;
        const auto name = known.find(redaction::keyedDigest(found.value.reveal(), *key));
        if (name == known.end())
            continue;
        found.givenName = name->second.first;
        found.chosenName = name->second.second;
    }
    return names;
}

} // namespace sharelock::sharing
