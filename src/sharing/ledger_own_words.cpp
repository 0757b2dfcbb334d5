// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"

namespace sharelock::sharing {

namespace {

using redaction::DecisionScope;
using redaction::OwnWord;
using redaction::SecretText;
using redaction::TextPrint;
using redaction::TextPrints;

constexpr std::int64_t mostWords = 500;
constexpr std::int64_t mostTexts = 1000;

} // namespace

Expected<std::vector<OwnWord>> LinkLedger::ownWords() const
{
    auto statement = d->prepare("SELECT number, is_pattern, text FROM own_word ORDER BY number");
    if (!statement)
        return tl::make_unexpected(statement.error());
    std::vector<OwnWord> words;
    auto read = d->forRows(*statement, [&words](const sqlite::Statement& row) {
        words.push_back({row.integer(0), std::string(row.text(2)), row.integer(1) != 0});
    });
    if (!read)
        return tl::make_unexpected(read.error());
    return words;
}

Expected<void> LinkLedger::saveOwnWord(const OwnWord& word)
{
    if (auto fits = redaction::checkOwnWord(word); !fits)
        return fits;
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    return together([&]() -> Expected<void> {
        const auto count = d->checked(d->db.integer("SELECT count(*) FROM own_word"));
        if (!count)
            return tl::make_unexpected(count.error());
        if (word.number == 0 && *count >= mostWords)
            return fail(ErrorCode::OwnWordsMany, QString::number(mostWords));
        // What is typed twice is there once.
        auto statement = d->prepare(
            word.number == 0 ? "INSERT OR IGNORE INTO own_word (is_pattern, text) VALUES (?, ?)"
                             : "UPDATE OR REPLACE own_word SET is_pattern = ?, text = ? WHERE number = ?");
        if (!statement)
            return tl::make_unexpected(statement.error());
        statement->bind(1, std::int64_t(word.isPattern ? 1 : 0)).bind(2, std::string_view(word.text));
        if (word.number != 0)
            statement->bind(3, std::int64_t(word.number));
        if (auto saved = d->checked(statement->run()); !saved)
            return saved;
        // Typed later than it was kept, so it counts.
        auto forget = d->prepare("DELETE FROM decision WHERE scope <> 'session' AND digest = ?");
        if (!forget)
            return tl::make_unexpected(forget.error());
        const std::string digest = redaction::keyedDigest(word.text, *key);
        forget->bindBlob(1, digest);
        if (auto forgotten = d->checked(forget->run()); !forgotten)
            return forgotten;
        return d->countChoice(DecisionScope::Always, {});
    });
}

Expected<void> LinkLedger::removeOwnWord(qint64 number)
{
    auto statement = d->prepare("DELETE FROM own_word WHERE number = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    statement->bind(1, std::int64_t(number));
    if (auto removed = d->checked(statement->run()); !removed)
        return removed;
    return d->countChoice(DecisionScope::Always, {});
}

Expected<void> LinkLedger::saveOwnText(const QString& sessionId, const SecretText& text)
{
    if (auto fits = redaction::checkOwnText(text.reveal()); !fits)
        return fits;
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    const std::string session = utf8(sessionId);
    const TextPrint print = TextPrints::of(text.reveal(), *key);
    return together([&]() -> Expected<void> {
        auto counts = d->prepare("SELECT count(*), count(DISTINCT length), coalesce(max(length = ?2), 0)"
                                 " FROM own_text WHERE session_id = ?1");
        if (!counts)
            return tl::make_unexpected(counts.error());
        counts->bind(1, std::string_view(session)).bind(2, static_cast<std::int64_t>(print.length));
        bool isFull = false;
        auto read = d->forRows(*counts, [&isFull](const sqlite::Statement& row) {
            const bool isNewLength = row.integer(2) == 0;
            isFull = row.integer(0) >= mostTexts ||
                     (isNewLength && row.integer(1) >= std::int64_t(TextPrints::mostLengths));
        });
        if (!read)
            return read;
        if (isFull)
            return fail(ErrorCode::OwnWordsMany, QString::number(TextPrints::mostLengths));
        auto statement =
            d->prepare("INSERT OR REPLACE INTO own_text (session_id, digest, length, fingerprint)"
                       " VALUES (?, ?, ?, ?)");
        if (!statement)
            return tl::make_unexpected(statement.error());
        statement->bind(1, std::string_view(session)).bindBlob(2, print.digest);
        statement->bind(3, static_cast<std::int64_t>(print.length)).bind(4, std::int64_t(print.fingerprint));
        if (auto saved = d->checked(statement->run()); !saved)
            return saved;
        return d->countChoice(DecisionScope::Session, session);
    });
}

Expected<void> LinkLedger::removeOwnText(const QString& sessionId, const SecretText& text)
{
    const auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    auto statement = d->prepare("DELETE FROM own_text WHERE session_id = ? AND digest = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(sessionId);
    const std::string digest = redaction::keyedDigest(text.reveal(), *key);
    statement->bind(1, std::string_view(session)).bindBlob(2, digest);
    if (auto removed = d->checked(statement->run()); !removed)
        return removed;
    return d->countChoice(DecisionScope::Session, session);
}

Expected<LinkLedger::TextDigests> LinkLedger::ownTextDigests() const
{
    auto statement = d->prepare("SELECT session_id, digest FROM own_text ORDER BY session_id, digest");
    if (!statement)
        return tl::make_unexpected(statement.error());
    TextDigests digests;
    auto read = d->forRows(*statement, [&digests](const sqlite::Statement& row) {
        digests[std::string(row.text(0))].append(row.blob(1));
    });
    if (!read)
        return tl::make_unexpected(read.error());
    return digests;
}

Expected<TextPrints> LinkLedger::ownTexts(const QString& sessionId) const
{
    auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    auto statement = d->prepare("SELECT length, fingerprint, digest FROM own_text WHERE session_id = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::string session = utf8(sessionId);
    statement->bind(1, std::string_view(session));
    std::vector<TextPrint> prints;
    auto read = d->forRows(*statement, [&prints](const sqlite::Statement& row) {
        prints.push_back({static_cast<std::size_t>(row.integer(0)),
                          static_cast<std::uint32_t>(row.integer(1)), std::string(row.blob(2))});
    });
    if (!read)
        return tl::make_unexpected(read.error());
    return TextPrints(*std::move(key), std::move(prints));
}

Expected<TextPrints> LinkLedger::printsOf(const SecretText& text) const
{
    auto key = d->decisionKey();
    if (!key)
        return tl::make_unexpected(key.error());
    TextPrint print = TextPrints::of(text.reveal(), *key);
    return TextPrints(*std::move(key), {std::move(print)});
}

} // namespace sharelock::sharing
