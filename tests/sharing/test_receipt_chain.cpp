// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/ledger_schema.h"
#include "sharing/link_ledger.h"
#include "sharing/receipt_chain.h"

#include "sharing/sharing_samples.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <string>
#include <vector>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::linkId;

namespace {

constexpr int receiptsPerWriter = 60;

Receipt receiptNumber(int i)
{
    Receipt receipt;
    receipt.at = fromMilliseconds(1'700'000'000'000 + i);
    receipt.act = QStringLiteral("probe");
    receipt.outcome = QStringLiteral("ok");
    receipt.link = linkId(QStringLiteral("abcd%1").arg(i % 3));
    receipt.title = QStringLiteral("=1+1, \"quoted\"\r\n");
    receipt.detail = QStringLiteral("Receipt %1").arg(i);
    receipt.asked = QStringLiteral("GET /api/share/:id/data");
    receipt.answered = QStringLiteral("404, nothing");
    receipt.publicBefore = QByteArray(32, 'b');
    return receipt;
}

int writeReceipts(const QString& path)
{
    auto ledger = LinkLedger::open(path);
    for (int i = 0; ledger && i < receiptsPerWriter; ++i) {
        if (!(*ledger)->append(receiptNumber(i)))
            return 3;
    }
    return ledger ? 0 : 2;
}

} // namespace

//! Somebody changes the ledger's file behind our back: verification says where, and how.
class TestReceiptChain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void anEmptyLedgerIsIntact();
    void keepsEveryField();
    void tellsWhatWasDone_data();
    void tellsWhatWasDone();
    void everyFieldCounts_data();
    void everyFieldCounts();
    void earlierHeadsStayInIt();
    void theChainCantBeChangedInPassing();
    void chainsWhatIsOlderThanTheChain();
    void doesNotChainWhatWasInsertedLater();
    void severalProcessesMakeOneChain();
    void filters();
    void rollsBackWithItsTransaction();
    void aReceiptRidesWithTheNextTransaction();
    void aReceiptThatWaitsIsNotForgotten();
    void aReceiptThatWaitsSurvivesAFailure();
    void whatCantBeWrittenHidesNothing();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("ledger.db")); }
    [[nodiscard]] bool raw(const char* sql) const;
    //! As who wants to cheat would.
    [[nodiscard]] bool forced(const QByteArray& sql) const;
    void fill(int count) const;
    //! What is on disk, as another process sees it: the texts of the receipts, oldest first.
    [[nodiscard]] QStringList onDisk() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LinkLedger> m_ledger;
};

void TestReceiptChain::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = LinkLedger::open(path());
    QVERIFY(opened.has_value());
    m_ledger = std::move(*opened);
}

bool TestReceiptChain::raw(const char* sql) const
{
    auto db = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
    return db && db->execute(sql);
}

bool TestReceiptChain::forced(const QByteArray& sql) const
{
    const QByteArray all = "DROP TRIGGER receipt_unchanged; DROP TRIGGER receipt_stays;"
                           "DROP TRIGGER receipt_chain_unchanged; DROP TRIGGER receipt_chain_stays;"
                           "DROP TRIGGER receipt_chain_grows;" +
                           sql;
    return raw(all.constData());
}

void TestReceiptChain::fill(int count) const
{
    for (int i = 1; i <= count; ++i)
        QVERIFY(m_ledger->append(receiptNumber(i)).has_value());
}

void TestReceiptChain::anEmptyLedgerIsIntact()
{
    const ChainVerdict verdict = m_ledger->verifyReceipts().value();
    QVERIFY(verdict.isIntact());
    QCOMPARE(verdict.count, 0);
    QCOMPARE(verdict.head.size(), 32);
}

void TestReceiptChain::keepsEveryField()
{
    Receipt receipt = receiptNumber(7);
    receipt.publicAfter = QByteArray("\0\xff", 2);
    receipt.isProof = true;
    QVERIFY(m_ledger->append(receipt).has_value());
    const Receipt read = LinkLedger::open(path()).value()->receipts().value().front();
    receipt.number = read.number;
    receipt.hash = read.hash;
    QVERIFY(read == receipt);
    QCOMPARE(read.hash, m_ledger->verifyReceipts().value().head);
}

void TestReceiptChain::tellsWhatWasDone_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("flaw");
    QTest::addColumn<int>("number");
    const auto row = [](const char* name, const char* sql, const char* flaw, int number) {
        QTest::newRow(name) << QByteArray(sql) << QString::fromLatin1(flaw) << number;
    };
    row("changed", "UPDATE receipt SET outcome = 'forged' WHERE number = 4", "changed", 4);
    row("hash changed", "UPDATE receipt_chain SET hash = randomblob(32) WHERE number = 4", "changed", 4);
    row("first changed", "UPDATE receipt SET title = '' WHERE number = 1", "changed", 1);
    row("last changed", "UPDATE receipt SET is_proof = 1 WHERE number = 9", "changed", 9);
    row("receipt missing", "DELETE FROM receipt WHERE number = 4", "missing", 4);
    row("cut out", "DELETE FROM receipt WHERE number = 4; DELETE FROM receipt_chain WHERE number = 4",
        "missing", 4);
    row("first cut out", "DELETE FROM receipt WHERE number = 1; DELETE FROM receipt_chain WHERE number = 1",
        "missing", 1);
    row("end cut off", "DELETE FROM receipt WHERE number > 7; DELETE FROM receipt_chain WHERE number > 7",
        "missing", 8);
    row("all cut off", "DELETE FROM receipt; DELETE FROM receipt_chain", "missing", 1);
    row("inserted",
        "INSERT INTO receipt (at, act, outcome, origin, share_id, title, detail, is_proof)"
        " VALUES (1, 'probe', 'ok', '', '', '', '', 1)",
        "inserted", 10);
    row("two swapped",
        "UPDATE receipt SET number = 100 WHERE number = 4;"
        "UPDATE receipt SET number = 4 WHERE number = 6;"
        "UPDATE receipt SET number = 6 WHERE number = 100",
        "wrong-order", 4);
}

void TestReceiptChain::tellsWhatWasDone()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, flaw);
    QFETCH(int, number);
    fill(9);
    QVERIFY(m_ledger->verifyReceipts().value().isIntact());
    QVERIFY(forced(sql));
    const ChainVerdict verdict = m_ledger->verifyReceipts().value();
    QCOMPARE(flawName(verdict.flaw), flaw);
    QCOMPARE(verdict.brokenNumber, number);
    QCOMPARE(verdict.count, number - 1);
    QVERIFY(!flawCaption(verdict.flaw).isEmpty());
}

void TestReceiptChain::everyFieldCounts_data()
{
    QTest::addColumn<QByteArray>("change");
    for (const char* column :
         {"act", "outcome", "origin", "share_id", "title", "detail", "asked", "answered"})
        QTest::newRow(column) << QByteArray(column) + " = " + column + " || 'x'";
    for (const char* column : {"at", "is_proof"})
        QTest::newRow(column) << QByteArray(column) + " = " + column + " + 1";
    for (const char* column : {"public_before", "public_after"})
        QTest::newRow(column) << QByteArray(column) + " = x'01'";
    // Not a sign more or less, only another border.
    QTest::newRow("border") << QByteArray("act = act || substr(outcome, 1, 1), outcome = substr(outcome, 2)");
}

void TestReceiptChain::everyFieldCounts()
{
    QFETCH(QByteArray, change);
    fill(3);
    QVERIFY(forced("UPDATE receipt SET " + change + " WHERE number = 2"));
    QCOMPARE(m_ledger->verifyReceipts().value().brokenNumber, 2);
}

void TestReceiptChain::earlierHeadsStayInIt()
{
    fill(3);
    const QByteArray noted = m_ledger->verifyReceipts().value().head;
    fill(3);
    QCOMPARE(m_ledger->receiptWithHash(noted).value(), std::optional<qint64>(3));
    QVERIFY(!m_ledger->receiptWithHash(QByteArray(32, 'x')).value());

    // Who writes the whole chain anew, with another past, gets one that is whole: but the noted head is gone.
    QVERIFY(forced("UPDATE receipt SET outcome = 'forged' WHERE number = 2; DELETE FROM receipt_chain"));
    auto db = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
    QVERIFY(db && chainAllReceipts(*db));
    QVERIFY(m_ledger->verifyReceipts().value().isIntact());
    QVERIFY(!m_ledger->receiptWithHash(noted).value());
}

void TestReceiptChain::theChainCantBeChangedInPassing()
{
    fill(3);
    QVERIFY(!raw("UPDATE receipt_chain SET hash = x'00'"));
    QVERIFY(!raw("DELETE FROM receipt_chain"));
    QVERIFY(!raw("INSERT OR REPLACE INTO receipt_chain VALUES (2, x'00')"));
    QVERIFY(m_ledger->verifyReceipts().value().isIntact());
}

void TestReceiptChain::chainsWhatIsOlderThanTheChain()
{
    // A ledger of the first version, with receipts.
    const QString old = m_folder->filePath(QStringLiteral("old.db"));
    {
        auto db = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
        QVERIFY(db);
        fill(5);
        const QByteArray copy = "VACUUM INTO '" + old.toUtf8() + "'";
        QVERIFY(db->execute(copy.constData()));
    }
    const std::string undo =
        "DROP TABLE receipt_chain; ALTER TABLE receipt DROP COLUMN asked;"
        "ALTER TABLE receipt DROP COLUMN answered; ALTER TABLE receipt DROP COLUMN public_before;"
        "ALTER TABLE receipt DROP COLUMN public_after; PRAGMA user_version = " +
        std::to_string(ledgerVersion() - 2);
    {
        auto db = sqlite::Connection::open(old, sqlite::Mode::ReadWrite);
        QVERIFY(db && db->execute(undo.c_str()));
    }
    const auto ledger = LinkLedger::open(old);
    QVERIFY(ledger.has_value());
    const ChainVerdict verdict = (*ledger)->verifyReceipts().value();
    QVERIFY(verdict.isIntact());
    QCOMPARE(verdict.count, 5);
    QVERIFY((*ledger)->append(receiptNumber(6)).has_value());
    QCOMPARE((*ledger)->verifyReceipts().value().count, 6);
}

void TestReceiptChain::doesNotChainWhatWasInsertedLater()
{
    fill(2);
    QVERIFY(raw("INSERT INTO receipt (at, act, outcome, origin, share_id, title, detail, is_proof)"
                " VALUES (1, 'probe', 'ok', '', '', '', '', 1)"));
    m_ledger = LinkLedger::open(path()).value();
    fill(1);
    const ChainVerdict verdict = m_ledger->verifyReceipts().value();
    QCOMPARE(flawName(verdict.flaw), QStringLiteral("inserted"));
    QCOMPARE(verdict.brokenNumber, 3);
}

void TestReceiptChain::severalProcessesMakeOneChain()
{
    constexpr int writers = 4;
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int i = 0; i < writers; ++i) {
        processes.push_back(std::make_unique<QProcess>());
        processes.back()->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), path()});
    }
    for (const auto& process : processes) {
        QVERIFY(process->waitForFinished(120'000));
        QCOMPARE(process->exitCode(), 0);
    }
    const ChainVerdict verdict = m_ledger->verifyReceipts().value();
    QVERIFY2(verdict.isIntact(), qPrintable(flawName(verdict.flaw)));
    QCOMPARE(verdict.count, writers * receiptsPerWriter);
}

void TestReceiptChain::filters()
{
    fill(9);
    ReceiptFilter filter;
    filter.link = linkId(QStringLiteral("abcd1"));
    QCOMPARE(m_ledger->receipts(filter).value().size(), 3U);
    filter.since = fromMilliseconds(1'700'000'000'004);
    QCOMPARE(m_ledger->receipts(filter).value().size(), 2U);
    filter.limit = 1;
    QCOMPARE(m_ledger->receipts(filter).value().front().number, 7);
    filter.link.reset();
    filter.limit = -1;
    QCOMPARE(m_ledger->receipts(filter).value().size(), 6U);
}

void TestReceiptChain::rollsBackWithItsTransaction()
{
    fill(2);
    const auto undone = m_ledger->together([&]() -> Expected<void> {
        for (int i = 0; i < 3; ++i) {
            if (auto written = m_ledger->append(receiptNumber(i)); !written)
                return written;
        }
        return fail(ErrorCode::Cancelled);
    });
    QVERIFY(!undone);
    fill(1);
    const ChainVerdict verdict = m_ledger->verifyReceipts().value();
    QVERIFY(verdict.isIntact());
    QCOMPARE(verdict.count, 3);
}

QStringList TestReceiptChain::onDisk() const
{
    auto db = sqlite::Connection::open(path(), sqlite::Mode::ReadOnly);
    if (!db)
        return {};
    auto rows = db->prepare("SELECT detail FROM receipt ORDER BY number");
    QStringList details;
    while (rows && rows->step().value_or(false))
        details.append(rows->string(0));
    return details;
}

void TestReceiptChain::aReceiptRidesWithTheNextTransaction()
{
    m_ledger->appendSoon(receiptNumber(1));
    m_ledger->appendSoon(receiptNumber(2));
    QCOMPARE(onDisk(), QStringList());
    QVERIFY(m_ledger->append(receiptNumber(3)));
    const QStringList inOrder{QStringLiteral("Receipt 1"), QStringLiteral("Receipt 2"),
                              QStringLiteral("Receipt 3")};
    QCOMPARE(onDisk(), inOrder);
    const ChainVerdict verdict = m_ledger->verifyReceipts().value();
    QVERIFY(verdict.isIntact());
    QCOMPARE(verdict.count, 3);
}

void TestReceiptChain::aReceiptThatWaitsIsNotForgotten()
{
    // Whoever looks finds it, inside of a transaction too.
    m_ledger->appendSoon(receiptNumber(1));
    QCOMPARE(m_ledger->receipts().value().size(), std::size_t(1));
    m_ledger->appendSoon(receiptNumber(2));
    QVERIFY(m_ledger->together([&]() -> Expected<void> {
        const auto found = m_ledger->receipts();
        return found && found->size() == 2 ? Expected<void>() : fail(ErrorCode::Internal);
    }));
    // Nobody does anything.
    m_ledger->appendSoon(receiptNumber(4));
    QTRY_COMPARE(onDisk().size(), 3);
    // The ledger goes.
    m_ledger->appendSoon(receiptNumber(5));
    m_ledger.reset();
    QCOMPARE(onDisk().size(), 4);
    QCOMPARE(onDisk().last(), QStringLiteral("Receipt 5"));
}

void TestReceiptChain::aReceiptThatWaitsSurvivesAFailure()
{
    m_ledger->appendSoon(receiptNumber(1));
    QVERIFY(!m_ledger->together([&]() -> Expected<void> { return fail(ErrorCode::Cancelled); }));
    QCOMPARE(onDisk(), QStringList());
    QVERIFY(m_ledger->flush());
    QCOMPARE(onDisk(), QStringList{QStringLiteral("Receipt 1")});
    QVERIFY(m_ledger->flush());
    QCOMPARE(onDisk().size(), 1);
    QVERIFY(m_ledger->verifyReceipts().value().isIntact());
}

void TestReceiptChain::whatCantBeWrittenHidesNothing()
{
    fill(2);
    QVERIFY(raw("CREATE TRIGGER full BEFORE INSERT ON receipt BEGIN SELECT RAISE(ABORT, 'full'); END"));
    m_ledger->appendSoon(receiptNumber(3));
    QVERIFY(!m_ledger->flush());
    QCOMPARE(m_ledger->receipts().value().size(), std::size_t(2));
    QVERIFY(m_ledger->verifyReceipts().value().isIntact());
    QVERIFY(raw("DROP TRIGGER full"));
    QVERIFY(m_ledger->flush());
    QCOMPARE(m_ledger->receipts().value().size(), std::size_t(3));
}

int main(int count, char** arguments)
{
    QCoreApplication application(count, arguments);
    const QStringList words = application.arguments();
    if (words.value(1) == QLatin1String("--write"))
        return writeReceipts(words.value(2));
    TestReceiptChain test;
    return QTest::qExec(&test, count, arguments);
}

#include "test_receipt_chain.moc"
