// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"

#include <sodium.h>

#include <array>
#include <map>

namespace sharelock::sharing {

namespace {

using redaction::Decision;
using redaction::FoundValue;

constexpr std::string_view redactChoice = "redact";
constexpr std::string_view keepChoice = "keep";

std::string digestOf(const redaction::SecretText& value, const std::string& key)
{
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    const std::string& text = value.reveal();
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

} // namespace

Expected<std::string> LinkLedger::Private::decisionKey()
{
    auto statement = prepare("SELECT bytes FROM decision_key");
    if (!statement)
        return tl::make_unexpected(statement.error());
    std::string key;
    auto read = forRows(*statement, [&key](const sqlite::Statement& row) { key = std::string(row.blob(0)); });
    if (!read)
        return tl::make_unexpected(read.error());
    if (key.size() != crypto_generichash_KEYBYTES)
        return fail(ErrorCode::LedgerUnreadable, path);
    return key;
}

Expected<void> LinkLedger::saveDecision(const QString& sessionId, const redaction::SecretText& value,
                                        Decision decision)
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    const bool forget = decision == Decision::Open;
    auto statement =
        d->prepare(forget ? "DELETE FROM decision WHERE session_id = ? AND digest = ?"
                          : "INSERT OR REPLACE INTO decision (session_id, digest, choice) VALUES (?, ?, ?)");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(sessionId);
    const std::string digest = digestOf(value, *key);
    statement->bind(1, std::string_view(session)).bindBlob(2, digest);
    if (!forget)
        statement->bind(3, decision == Decision::Redact ? redactChoice : keepChoice);
    return d->checked(statement->run());
}

Expected<void> LinkLedger::applyDecisions(const QString& sessionId, std::vector<FoundValue>& values) const
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    // The session's own come last and win.
    auto statement =
        d->prepare("SELECT digest, choice FROM decision WHERE session_id IN ('', ?) ORDER BY session_id");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(sessionId);
    statement->bind(1, std::string_view(session));
    std::map<std::string, Decision, std::less<>> decided;
    auto read = d->forRows(*statement, [&decided](const sqlite::Statement& row) {
        decided.insert_or_assign(std::string(row.blob(0)),
                                 row.text(1) == keepChoice ? Decision::Keep : Decision::Redact);
    });
    if (!read || decided.empty())
        return read;
    for (FoundValue& found : values) {
        const auto known = decided.find(digestOf(found.value, *key));
        if (known == decided.end())
            continue;
        found.decision = known->second;
        found.byPerson = true;
    }
    return {};
}

} // namespace sharelock::sharing
