// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/link_ledger_p.h"
#include "sharing/receipt_chain.h"

#include <array>

namespace sharelock::sharing {

namespace {

Receipt readReceipt(const sqlite::Statement& row)
{
    Receipt receipt;
    receipt.number = row.integer(0);
    receipt.at = fromMilliseconds(row.integer(1));
    receipt.act = row.string(2);
    receipt.outcome = row.string(3);
    receipt.link = readId(row, 4);
    receipt.title = row.string(6);
    receipt.detail = row.string(7);
    receipt.isProof = row.integer(8) != 0;
    receipt.asked = row.string(9);
    receipt.answered = row.string(10);
    receipt.publicBefore = byteArray(row.blob(11));
    receipt.publicAfter = byteArray(row.blob(12));
    receipt.hash = byteArray(row.blob(13));
    return receipt;
}

// Every number that a receipt or a place in the chain has, with what there is of both.
constexpr std::string_view chainQuery =
    "SELECT n.number, c.hash, r.number, r.at, r.act, r.outcome, r.origin, r.share_id, r.title, r.detail,"
    " r.is_proof, r.asked, r.answered, r.public_before, r.public_after"
    " FROM (SELECT number FROM receipt UNION SELECT number FROM receipt_chain) n"
    " LEFT JOIN receipt r ON r.number = n.number LEFT JOIN receipt_chain c ON c.number = n.number"
    " ORDER BY n.number";
constexpr int numberColumn = 0;
constexpr int hashColumn = 1;
constexpr int receiptColumn = 2;

//! \brief Goes through the chain up to its first flaw.
class ChainWalk
{
public:
    explicit ChainWalk(std::string start)
        : m_previous(std::move(start))
    {
    }

    //! \returns false at a flaw.
    [[nodiscard]] bool take(const sqlite::Statement& row)
    {
        const std::int64_t number = row.integer(numberColumn);
        if (row.isNull(hashColumn))
            return stop(ChainFlaw::Inserted, number);
        m_stored = row.blob(hashColumn);
        if (row.isNull(receiptColumn))
            return stop(ChainFlaw::Missing, number);
        m_computed = chainHash(m_previous, row, receiptColumn, number);
        if (m_computed != m_stored && number > m_last + 1)
            return stop(ChainFlaw::Missing, m_last + 1);
        if (m_computed != m_stored)
            return stop(ChainFlaw::Changed, number);
        m_previous = m_stored;
        m_last = number;
        ++m_verdict.count;
        return true;
    }

    //! \brief The numbers of receipts are never used again, so one that was given must still be there.
    void end(std::int64_t highestGiven)
    {
        if (m_verdict.isIntact() && highestGiven > m_last)
            (void)stop(ChainFlaw::Missing, m_last + 1);
    }
    void setWrongOrder() { m_verdict.flaw = ChainFlaw::WrongOrder; }

    [[nodiscard]] const std::string& previous() const { return m_previous; }
    [[nodiscard]] const std::string& stored() const { return m_stored; }
    [[nodiscard]] const std::string& computed() const { return m_computed; }
    [[nodiscard]] ChainVerdict verdict() const
    {
        ChainVerdict verdict = m_verdict;
        verdict.head = byteArray(m_previous);
        return verdict;
    }

private:
    [[nodiscard]] bool stop(ChainFlaw flaw, std::int64_t number)
    {
        m_verdict.flaw = flaw;
        m_verdict.brokenNumber = number;
        return false;
    }

    ChainVerdict m_verdict;
    std::string m_previous;
    std::string m_stored;
    std::string m_computed;
    std::int64_t m_last = 0;
};

} // namespace

Expected<void> LinkLedger::append(const Receipt& receipt)
{
    return together([&] { return d->append(receipt); });
}

Expected<void> LinkLedger::Private::append(const Receipt& receipt)
{
    auto statement =
        prepare("INSERT INTO receipt (act, outcome, origin, share_id, title, detail, asked, answered,"
                " at, is_proof, public_before, public_after)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::array texts{utf8(receipt.act),          utf8(receipt.outcome), originText(receipt.link),
                           utf8(receipt.link.shareId), utf8(receipt.title),   utf8(receipt.detail),
                           utf8(receipt.asked),        utf8(receipt.answered)};
    int index = 0;
    for (const std::string& text : texts)
        statement->bind(++index, std::string_view(text));
    statement->bind(++index, std::int64_t{toMilliseconds(receipt.at)});
    statement->bind(++index, std::int64_t{receipt.isProof});
    statement->bindBlob(++index, view(receipt.publicBefore));
    statement->bindBlob(++index, view(receipt.publicAfter));
    if (auto written = checked(statement->run()); !written)
        return written;
    auto hash = checked(chainReceipt(db, utf8(ledgerId), db.lastInsertId(), lastHash));
    if (!hash)
        return tl::make_unexpected(hash.error());
    lastHash = *std::move(hash);
    return {};
}

void LinkLedger::appendSoon(Receipt receipt)
{
    d->waiting.push_back(std::move(receipt));
    // Left running when a transaction takes them along: the next ones are due soon anyway.
    if (!d->waitingTimer.isActive())
        d->waitingTimer.start();
}

// Where nothing can be written, what is there can be read all the same; the rest goes on waiting.
void LinkLedger::Private::showWaiting()
{
    (void)appendWaiting();
}

Expected<void> LinkLedger::Private::appendWaiting()
{
    // Every transaction begins with them.
    if (waiting.empty() || inTransaction)
        return {};
    auto set = setDurability(Durability::Soon);
    return set ? transact([] { return Expected<void>(); }) : set;
}

Expected<std::vector<Receipt>> LinkLedger::receipts(int limit) const
{
    ReceiptFilter filter;
    filter.limit = limit;
    return receipts(filter);
}

Expected<std::vector<Receipt>> LinkLedger::receipts(const ReceiptFilter& filter) const
{
    d->showWaiting();
    std::string sql = "SELECT " + std::string(hashedColumns) +
                      ", (SELECT hash FROM receipt_chain c WHERE c.number = receipt.number) FROM receipt";
    if (filter.link)
        sql += " WHERE origin = ?3 AND share_id = ?4";
    if (filter.since)
        sql += filter.link ? " AND at >= ?2" : " WHERE at >= ?2";
    auto statement = d->prepare(sql + " ORDER BY number DESC LIMIT ?1");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const LinkId link = filter.link.value_or(LinkId());
    const std::string origin = originText(link);
    const std::string shareId = utf8(link.shareId);
    statement->bind(1, std::int64_t{filter.limit});
    if (filter.since)
        statement->bind(2, std::int64_t{toMilliseconds(*filter.since)});
    if (filter.link)
        statement->bind(3, std::string_view(origin)).bind(4, std::string_view(shareId));
    std::vector<Receipt> receipts;
    auto read =
        d->forRows(*statement, [&](const sqlite::Statement& row) { receipts.push_back(readReceipt(row)); });
    if (!read)
        return tl::make_unexpected(read.error());
    return receipts;
}

Expected<bool> LinkLedger::hasReceipt(const LinkId& id, const QString& act, const QString& outcome) const
{
    d->showWaiting();
    auto statement =
        d->prepare("SELECT 1 FROM receipt WHERE origin = ? AND share_id = ? AND act = ? AND outcome = ?"
                   " LIMIT 1");
    if (!statement)
        return tl::make_unexpected(statement.error());
    const std::array texts{originText(id), utf8(id.shareId), utf8(act), utf8(outcome)};
    int index = 0;
    for (const std::string& text : texts)
        statement->bind(++index, std::string_view(text));
    return d->checked(statement->step());
}

Expected<ChainVerdict> LinkLedger::verifyReceipts() const
{
    d->showWaiting();
    // Before the list: what others write meanwhile can only be more.
    const auto highest = d->checked(d->db.integer("SELECT seq FROM sqlite_sequence WHERE name = 'receipt'"));
    if (!highest)
        return tl::make_unexpected(highest.error());
    auto statement = d->prepare(chainQuery);
    if (!statement)
        return tl::make_unexpected(statement.error());
    ChainWalk walk(chainStart(utf8(d->ledgerId)));
    bool goesOn = true;
    while (goesOn) {
        const auto row = d->checked(statement->step());
        if (!row)
            return tl::make_unexpected(row.error());
        if (!*row)
            break;
        goesOn = walk.take(*statement);
    }
    if (goesOn)
        walk.end(*highest);
    const ChainVerdict verdict = walk.verdict();
    if (verdict.flaw != ChainFlaw::Changed)
        return verdict;

    // What does not fit here may be what belongs elsewhere.
    const auto elsewhere = receiptWithHash(byteArray(walk.computed()));
    if (!elsewhere)
        return tl::make_unexpected(elsewhere.error());
    bool swapped = elsewhere->has_value();
    statement->reset();
    auto looked = d->forRows(*statement, [&](const sqlite::Statement& row) {
        swapped =
            swapped || chainHash(walk.previous(), row, receiptColumn, verdict.brokenNumber) == walk.stored();
    });
    if (!looked)
        return tl::make_unexpected(looked.error());
    if (swapped)
        walk.setWrongOrder();
    return walk.verdict();
}

Expected<std::optional<qint64>> LinkLedger::receiptWithHash(const QByteArray& hash) const
{
    d->showWaiting();
    auto statement = d->prepare("SELECT number FROM receipt_chain WHERE hash = ?");
    if (!statement)
        return tl::make_unexpected(statement.error());
    statement->bindBlob(1, view(hash));
    std::optional<qint64> number;
    auto read = d->forRows(*statement, [&](const sqlite::Statement& row) { number = row.integer(0); });
    if (!read)
        return tl::make_unexpected(read.error());
    return number;
}

} // namespace sharelock::sharing
