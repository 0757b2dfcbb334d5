// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/receipt_chain.h"

#include <sodium.h>

#include <array>

namespace sharelock::sharing {

namespace {

// Each column with its length, so that what moves from one into the next changes the bytes.
void appendNumber(std::string& bytes, std::uint64_t number)
{
    for (int i = 0; i < 8; ++i)
        bytes.push_back(static_cast<char>(number >> (8 * i)));
}

void appendText(std::string& bytes, std::string_view text)
{
    appendNumber(bytes, text.size());
    bytes.append(text);
}

std::string hashOf(std::string_view bytes)
{
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size(), nullptr, 0);
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

sqlite::Result<void> write(sqlite::Statement& insert, std::int64_t number, std::string_view hash)
{
    insert.bind(1, number).bindBlob(2, hash);
    return insert.run();
}

constexpr std::string_view insertSql = "INSERT INTO receipt_chain (number, hash) VALUES (?, ?)";

sqlite::Result<std::string> lastHash(sqlite::Connection& db, std::string_view ledgerId)
{
    auto last = db.prepare("SELECT hash FROM receipt_chain ORDER BY number DESC LIMIT 1");
    if (!last)
        return tl::make_unexpected(last.error());
    const auto found = last->step();
    if (!found)
        return tl::make_unexpected(found.error());
    return *found ? std::string(last->blob(0)) : chainStart(ledgerId);
}

} // namespace

std::string chainStart(std::string_view ledgerId)
{
    std::string bytes = "sharelock receipts 1";
    appendText(bytes, ledgerId);
    return hashOf(bytes);
}

std::string chainHash(std::string_view previous, const sqlite::Statement& row, int column,
                      std::int64_t number)
{
    std::string bytes(previous);
    appendNumber(bytes, static_cast<std::uint64_t>(number));
    appendNumber(bytes, static_cast<std::uint64_t>(row.integer(column + 1)));
    constexpr int texts = 6;
    int at = column + 2;
    for (int i = 0; i < texts; ++i)
        appendText(bytes, row.text(at++));
    appendNumber(bytes, static_cast<std::uint64_t>(row.integer(at++)));
    appendText(bytes, row.text(at++));
    appendText(bytes, row.text(at++));
    appendText(bytes, row.blob(at++));
    appendText(bytes, row.blob(at));
    return hashOf(bytes);
}

sqlite::Result<std::string> chainReceipt(sqlite::Connection& db, std::string_view ledgerId,
                                         std::int64_t number, std::string_view last)
{
    const auto previous = last.empty() ? lastHash(db, ledgerId) : std::string(last);
    if (!previous)
        return previous;
    auto row = db.prepare("SELECT " + std::string(hashedColumns) + " FROM receipt WHERE number = ?");
    auto insert = db.prepare(insertSql);
    for (const auto* statement : {&row, &insert}) {
        if (!*statement)
            return tl::make_unexpected(statement->error());
    }
    row->bind(1, number);
    // Read back rather than taken from the caller: what is stored is what is checked later.
    if (const auto found = row->step(); !found)
        return tl::make_unexpected(found.error());
    std::string hash = chainHash(*previous, *row, 0, number);
    if (auto written = write(*insert, number, hash); !written)
        return tl::make_unexpected(written.error());
    return hash;
}

sqlite::Result<void> chainAllReceipts(sqlite::Connection& db)
{
    auto ledger = db.prepare("SELECT id FROM ledger");
    auto rows = db.prepare("SELECT " + std::string(hashedColumns) + " FROM receipt ORDER BY number");
    auto insert = db.prepare(insertSql);
    for (const auto* statement : {&ledger, &rows, &insert}) {
        if (!*statement)
            return tl::make_unexpected(statement->error());
    }
    if (const auto found = ledger->step(); !found)
        return tl::make_unexpected(found.error());
    std::string previous = chainStart(ledger->text(0));
    for (;;) {
        const auto row = rows->step();
        if (!row)
            return tl::make_unexpected(row.error());
        if (!*row)
            return {};
        previous = chainHash(previous, *rows, 0, rows->integer(0));
        if (auto written = write(*insert, rows->integer(0), previous); !written)
            return written;
    }
}

} // namespace sharelock::sharing
