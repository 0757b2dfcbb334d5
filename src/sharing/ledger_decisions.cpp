// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>

namespace sharelock::sharing {

namespace {

using redaction::Decision;
using redaction::DecisionScope;
using redaction::FoundValue;
using redaction::ScopedDecisions;

constexpr std::string_view redactChoice = "redact";
constexpr std::string_view keepChoice = "keep";
constexpr std::array scopes{DecisionScope::Session, DecisionScope::Project, DecisionScope::Always};

std::string placeIn(const ChoicePlace& place, DecisionScope scope)
{
    switch (scope) {
    case DecisionScope::Session:
        return utf8(place.sessionId);
    case DecisionScope::Project:
        return utf8(place.project);
    case DecisionScope::Always:
        break;
    }
    return {};
}

std::optional<DecisionScope> scopeOf(std::string_view name)
{
    for (const DecisionScope scope : scopes) {
        if (scopeName(scope) == name)
            return scope;
    }
    return std::nullopt;
}

Decision decisionOf(std::string_view choice)
{
    return choice == keepChoice ? Decision::Keep : Decision::Redact;
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
    constexpr std::size_t keyBytes = 32;
    if (key.size() != keyBytes)
        return fail(ErrorCode::LedgerUnreadable, path);
    return key;
}

Expected<void> LinkLedger::Private::countChoice(DecisionScope scope, const std::string& place)
{
    return run("INSERT INTO choice_version (scope, place, version) VALUES (?, ?, 1)"
               " ON CONFLICT (scope, place) DO UPDATE SET version = version + 1",
               {std::string(scopeName(scope)), place});
}

Expected<void> LinkLedger::countChoice(const QString& sessionId)
{
    return d->countChoice(DecisionScope::Session, utf8(sessionId));
}

Expected<qint64> LinkLedger::choicesVersion(const ChoicePlace& place) const
{
    auto statement = d->prepare("SELECT coalesce(sum(version), 0) FROM choice_version WHERE"
                                " (scope = 'session' AND place = ?1) OR (scope = 'project' AND place = ?2)"
                                " OR scope = 'always'");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(place.sessionId);
    const std::string project = utf8(place.project);
    statement->bind(1, std::string_view(session)).bind(2, std::string_view(project));
    qint64 version = 0;
    auto read =
        d->forRows(*statement, [&version](const sqlite::Statement& row) { version = row.integer(0); });
    if (!read)
        return tl::make_unexpected(read.error());
    return version;
}

Expected<void> LinkLedger::saveDecision(const ChoicePlace& place, const redaction::SecretText& value,
                                        const ScopedDecisions& decided)
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    const std::string digest = redaction::keyedDigest(value.reveal(), *key);
    const auto saveOne = [&](DecisionScope scope) -> Expected<void> {
        const Decision decision = decided.at(static_cast<std::size_t>(scope));
        const bool forget = decision == Decision::Open;
        auto statement =
            d->prepare(forget ? "DELETE FROM decision WHERE scope = ? AND place = ? AND digest = ?"
                              : "INSERT OR REPLACE INTO decision (scope, place, digest, choice)"
                                " VALUES (?, ?, ?, ?)");
        if (!statement)
            return tl::make_unexpected(statement.error());
        const std::string where = placeIn(place, scope);
        statement->bind(1, scopeName(scope)).bind(2, std::string_view(where)).bindBlob(3, digest);
        if (!forget)
            statement->bind(4, decision == Decision::Redact ? redactChoice : keepChoice);
        if (auto saved = d->checked(statement->run()); !saved)
            return saved;
        return d->run("INSERT INTO choice_version (scope, place, version) SELECT ?, ?, 1 WHERE changes() > 0"
                      " ON CONFLICT (scope, place) DO UPDATE SET version = version + 1",
                      {std::string(scopeName(scope)), where});
    };
    return together([&]() -> Expected<void> {
        for (const DecisionScope scope : scopes) {
            // A session without a project has none that it could share a decision with.
            if (scope == DecisionScope::Project && place.project.isEmpty())
                continue;
            if (auto saved = saveOne(scope); !saved)
                return saved;
        }
        return {};
    });
}

Expected<void> LinkLedger::applyDecisions(const ChoicePlace& place, std::vector<FoundValue>& values) const
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    auto statement = d->prepare("SELECT digest, scope, choice FROM decision WHERE"
                                " (scope = 'session' AND place = ?1) OR (scope = 'project' AND place = ?2)"
                                " OR scope = 'always'");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(place.sessionId);
    const std::string project = utf8(place.project);
    statement->bind(1, std::string_view(session)).bind(2, std::string_view(project));
    std::map<std::string, ScopedDecisions, std::less<>> decided;
    auto read = d->forRows(*statement, [&decided](const sqlite::Statement& row) {
        if (const auto scope = scopeOf(row.text(1)))
            decided[std::string(row.blob(0))].at(static_cast<std::size_t>(*scope)) = decisionOf(row.text(2));
    });
    if (!read || decided.empty())
        return read;
    for (FoundValue& found : values) {
        const auto known = decided.find(redaction::keyedDigest(found.value.reveal(), *key));
        if (known == decided.end())
            continue;
        found.decided = known->second;
        found.settle();
    }
    return {};
}

Expected<std::vector<LinkLedger::KeptDecision>> LinkLedger::decisions() const
{
    auto statement = d->prepare("SELECT scope, place, digest, choice FROM decision");
    if (!statement)
        return tl::make_unexpected(statement.error());
    std::vector<KeptDecision> decisions;
    auto read = d->forRows(*statement, [&decisions](const sqlite::Statement& row) {
        if (const auto scope = scopeOf(row.text(0)))
            decisions.push_back(
                {*scope, std::string(row.text(1)), std::string(row.blob(2)), decisionOf(row.text(3))});
    });
    if (!read)
        return tl::make_unexpected(read.error());
    return decisions;
}

Expected<std::vector<std::string>> LinkLedger::valueDigests(const std::vector<FoundValue>& values) const
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    std::vector<std::string> digests;
    digests.reserve(values.size());
    for (const FoundValue& found : values)
        digests.push_back(redaction::keyedDigest(found.value.reveal(), *key));
    return digests;
}

Expected<std::string> LinkLedger::digestKey(std::string_view purpose) const
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    // BLAKE2b's own field for the purpose keeps it apart from the digest of every value.
    std::array<unsigned char, crypto_generichash_blake2b_PERSONALBYTES> personal{};
    std::copy_n(purpose.begin(), std::min(purpose.size(), personal.size()), personal.begin());
    std::array<unsigned char, crypto_generichash_KEYBYTES> derived{};
    crypto_generichash_blake2b_salt_personal(derived.data(), derived.size(), nullptr, 0,
                                             reinterpret_cast<const unsigned char*>(key->data()), key->size(),
                                             nullptr, personal.data());
    return std::string(reinterpret_cast<const char*>(derived.data()), derived.size());
}

} // namespace sharelock::sharing
