// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/csv.h"
#include "sharing/export.h"

#include "sharing/sharing_samples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;

namespace {

//! Reads what RFC 4180 allows, and fails on anything else.
std::vector<QStringList> readCsv(const QByteArray& bytes)
{
    std::vector<QStringList> records(1);
    const QString text = QString::fromUtf8(bytes);
    QString cell;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted && c == QLatin1Char('"') && i + 1 < text.size() && text.at(i + 1) == QLatin1Char('"')) {
            cell += c;
            ++i;
        } else if (c == QLatin1Char('"')) {
            quoted = !quoted;
        } else if (!quoted && (c == QLatin1Char(',') || c == QLatin1Char('\r'))) {
            records.back().append(std::exchange(cell, {}));
            if (c == QLatin1Char('\r')) {
                if (++i >= text.size() || text.at(i) != QLatin1Char('\n'))
                    qFatal("a bare CR");
                records.emplace_back();
            }
        } else {
            cell += c;
        }
    }
    if (quoted || !cell.isEmpty() || !records.back().isEmpty())
        qFatal("no whole record at the end");
    records.pop_back();
    return records;
}

Receipt hostileReceipt()
{
    Receipt receipt;
    receipt.number = 3;
    receipt.at = fromMilliseconds(1'700'000'000'123);
    receipt.act = QStringLiteral("probe");
    receipt.outcome = QStringLiteral("ok");
    receipt.link = samples::linkId(QStringLiteral("-bcd1234"));
    receipt.title = QString::fromUtf8("=HYPERLINK(\"http://x\",\"é\")\r\nsecond, line");
    receipt.isProof = true;
    receipt.answered = QStringLiteral("404, nothing");
    receipt.publicAfter = QByteArray("\x01\xff", 2);
    return receipt;
}

} // namespace

class TestExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void records_data();
    void records();
    void receiptsAsCsv();
    void receiptsAsJson();
    void linksAsCsv();
};

void TestExport::records_data()
{
    QTest::addColumn<QStringList>("cells");
    QTest::addColumn<QByteArray>("line");
    const auto one = [](const char* cell) { return QStringList{QString::fromUtf8(cell)}; };
    QTest::newRow("plain") << QStringList{QStringLiteral("a"), QString(), QStringLiteral("b c")}
                           << QByteArray("a,,b c\r\n");
    QTest::newRow("comma") << one("a,b") << QByteArray("\"a,b\"\r\n");
    QTest::newRow("quotes") << one("a\"b\"") << QByteArray("\"a\"\"b\"\"\"\r\n");
    QTest::newRow("lines") << one("a\r\nb") << QByteArray("\"a\r\nb\"\r\n");
    QTest::newRow("utf-8") << one("\xc3\xa9\xf0\x9f\x98\x80") << QByteArray("\xc3\xa9\xf0\x9f\x98\x80\r\n");
    QTest::newRow("equals") << one("=1+1") << QByteArray("'=1+1\r\n");
    QTest::newRow("plus") << one("+1") << QByteArray("'+1\r\n");
    QTest::newRow("minus") << one("-1") << QByteArray("'-1\r\n");
    QTest::newRow("at") << one("@SUM(A1)") << QByteArray("'@SUM(A1)\r\n");
    QTest::newRow("tab") << one("\t=1") << QByteArray("'\t=1\r\n");
    QTest::newRow("cr") << one("\r=1") << QByteArray("\"'\r=1\"\r\n");
    QTest::newRow("inside") << one("a=1") << QByteArray("a=1\r\n");
}

void TestExport::records()
{
    QFETCH(QStringList, cells);
    QFETCH(QByteArray, line);
    QCOMPARE(csvRecord(cells), line);
}

void TestExport::receiptsAsCsv()
{
    const Receipt receipt = hostileReceipt();
    const auto records = readCsv(receiptsText({receipt, Receipt()}, ExportFormat::Csv));
    QCOMPARE(records.size(), 3U);
    const auto cell = [&](const char* name) {
        return records.at(1).value(records.at(0).indexOf(QLatin1String(name)));
    };
    QCOMPARE(cell("number"), QStringLiteral("3"));
    QCOMPARE(cell("at"), QStringLiteral("2023-11-14T22:13:20.123Z"));
    QCOMPARE(cell("title"), QLatin1Char('\'') + receipt.title);
    QCOMPARE(cell("link"), QStringLiteral("'-bcd1234"));
    QCOMPARE(cell("proof"), QStringLiteral("true"));
    QCOMPARE(cell("publicAfter"), QStringLiteral("01ff"));
    for (const QStringList& record : records)
        QCOMPARE(record.size(), records.at(0).size());
}

void TestExport::receiptsAsJson()
{
    const Receipt receipt = hostileReceipt();
    const QByteArray text = receiptsText({receipt}, ExportFormat::Json);
    const QJsonObject read = QJsonDocument::fromJson(text).array().at(0).toObject();
    QCOMPARE(read, receiptJson(receipt));
    QCOMPARE(read[QLatin1String("title")].toString(), receipt.title);
    QCOMPARE(read[QLatin1String("publicAfter")].toString(), QStringLiteral("01ff"));
    QVERIFY(read[QLatin1String("publicBefore")].isNull());
    // The same fields in both.
    const auto records = readCsv(receiptsText({receipt}, ExportFormat::Csv));
    QStringList names = records.at(0);
    names.sort();
    QCOMPARE(names, read.keys());
}

void TestExport::linksAsCsv()
{
    Link link = samples::link(QStringLiteral("abcd1234"));
    link.title = QStringLiteral("@cmd|x");
    link.state = LinkState::OrphanLost;
    const auto records = readCsv(linksCsv({link, link}));
    QCOMPARE(records.size(), 3U);
    const auto cell = [&](const char* name) {
        return records.at(2).value(records.at(0).indexOf(QLatin1String(name)));
    };
    QCOMPARE(cell("id"), QStringLiteral("abcd1234"));
    QCOMPARE(cell("state"), QStringLiteral("orphan-lost"));
    QCOMPARE(cell("title"), QStringLiteral("'@cmd|x"));
    QCOMPARE(cell("hasKey"), QStringLiteral("false"));
    QCOMPARE(cell("publicMessages"), QString());
    QCOMPARE(cell("removedAt"), QString());
    QCOMPARE(records.at(1).size(), records.at(0).size());
}

QTEST_GUILESS_MAIN(TestExport)
#include "test_export.moc"
