// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"

#include "base/thread_guard.h"
#include "sharing/ledger_schema.h"

#include <QTimer>

#include <string>
#include <type_traits>
#include <utility>

namespace sharelock::sharing {

[[nodiscard]] inline std::string utf8(const QString& text)
{
    return text.toStdString();
}

[[nodiscard]] inline std::string originText(const LinkId& id)
{
    return utf8(id.origin.toString(QUrl::FullyEncoded));
}

[[nodiscard]] inline QByteArray byteArray(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

[[nodiscard]] inline std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

[[nodiscard]] inline LinkId readId(const sqlite::Statement& row, int column)
{
    return {QUrl(row.string(column)), row.string(column + 1)};
}

//! \brief As it is written; released files hold these words.
[[nodiscard]] constexpr std::string_view scopeName(redaction::DecisionScope scope)
{
    switch (scope) {
    case redaction::DecisionScope::Session:
        return "session";
    case redaction::DecisionScope::Project:
        return "project";
    case redaction::DecisionScope::Always:
        return "always";
    }
    return {};
}

//! \brief The ledger's connection, and what all its functions need to use it.
class LinkLedger::Private
{
public:
    sqlite::Connection db;
    QString path;
    QString ledgerId;
    bool inTransaction = false;
    Durability durability = Durability::Now; //!< Of the next transaction.
    std::string lastHash;                    //!< Of the last receipt that this transaction wrote.
    std::vector<Receipt> waiting;            //!< Of appendSoon(), not yet on disk.
    QTimer waitingTimer;

    template <typename T>
    [[nodiscard]] Expected<T> checked(sqlite::Result<T> result) const
    {
        if (!result)
            return ledgerFailure(result.error(), path);
        if constexpr (std::is_void_v<T>)
            return {};
        else
            return std::move(*result);
    }

    [[nodiscard]] Expected<sqlite::Statement> prepare(std::string_view sql)
    {
        assertOffGuiThread("LinkLedger");
        auto statement = checked(db.prepare(sql));
        // What writes on its own is durable at once.
        if (statement && !inTransaction && !statement->isReadOnly()) {
            if (auto set = setDurability(Durability::Now); !set)
                return tl::make_unexpected(set.error());
        }
        return statement;
    }

    //! \brief Binds text in order and runs a statement without rows.
    [[nodiscard]] Expected<void> run(std::string_view sql, const std::vector<std::string>& texts)
    {
        auto statement = prepare(sql);
        if (!statement)
            return tl::make_unexpected(statement.error());
        for (std::size_t i = 0; i < texts.size(); ++i)
            statement->bind(static_cast<int>(i) + 1, std::string_view(texts[i]));
        return checked(statement->run());
    }

    //! \brief Calls \p use for each row of a query about one link.
    template <typename Use>
    [[nodiscard]] Expected<void> forLink(std::string_view sql, const LinkId& id, Use use)
    {
        auto statement = prepare(sql);
        if (!statement)
            return tl::make_unexpected(statement.error());
        const std::string origin = originText(id);
        const std::string shareId = utf8(id.shareId);
        statement->bind(1, std::string_view(origin)).bind(2, std::string_view(shareId));
        return forRows(*statement, use);
    }

    template <typename Use>
    [[nodiscard]] Expected<void> forRows(sqlite::Statement& statement, Use use) const
    {
        for (;;) {
            const auto row = statement.step();
            if (!row)
                return ledgerFailure(row.error(), path);
            if (!*row)
                return {};
            use(std::as_const(statement));
        }
    }

    [[nodiscard]] Expected<void> append(const Receipt& receipt);
    //! \brief Writes the receipts of appendSoon(), if any.
    [[nodiscard]] Expected<void> appendWaiting();
    void showWaiting(); //!< The same, before receipts are read.
    [[nodiscard]] Expected<void> setDurability(Durability wanted);
    [[nodiscard]] Expected<void> transact(const std::function<Expected<void>()>& work);
    [[nodiscard]] Expected<std::string> decisionKey();
    //! \brief Counts a change of choices: of a session, of a project, or of all, for an empty place.
    [[nodiscard]] Expected<void> countChoice(redaction::DecisionScope scope, const std::string& place);
    [[nodiscard]] Expected<void> addKey(const LinkId& id, const SealedKey& key);
    [[nodiscard]] Expected<void> resealOne(std::int64_t number, const SealedKey& key);
};

} // namespace sharelock::sharing
