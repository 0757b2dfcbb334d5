// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/size_text.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace sharelock;

class TestSizeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bytes_data();
    void bytes();
};

void TestSizeText::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void TestSizeText::bytes_data()
{
    QTest::addColumn<qint64>("count");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << QStringLiteral("0 B");
    QTest::newRow("unknown") << qint64(-1) << QString();
    QTest::newRow("few") << qint64(999) << QStringLiteral("999 B");
    QTest::newRow("one") << qint64(1000) << QStringLiteral("1.0 KB");
    QTest::newRow("hundreds") << qint64(318'000) << QStringLiteral("318 KB");
    QTest::newRow("on the edge") << qint64(999'700) << QStringLiteral("1.0 MB");
    QTest::newRow("megabytes") << qint64(1'200'000) << QStringLiteral("1.2 MB");
    QTest::newRow("tens") << qint64(19'960'000) << QStringLiteral("20 MB");
    QTest::newRow("huge") << std::numeric_limits<qint64>::max() << QStringLiteral("9,223,372 TB");
}

void TestSizeText::bytes()
{
    QFETCH(qint64, count);
    QTEST(sizeText(count), "text");
}

QTEST_GUILESS_MAIN(TestSizeText)
#include "test_size_text.moc"
