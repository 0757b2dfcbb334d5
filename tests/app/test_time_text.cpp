// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/activity_rows.h"
#include "app/time_text.h"

#include <QLocale>
#include <QTest>

using namespace sharelock;
using namespace sharelock::app;

class TestTimeText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void relative_data();
    void relative();
    void noTime();
    void whenALinkExpires();
};

void TestTimeText::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void TestTimeText::relative_data()
{
    QTest::addColumn<QDateTime>("at");
    QTest::addColumn<QString>("text");
    const auto at = [](int year, int month, int day, int hour, int minute) {
        return QDateTime(QDate(year, month, day), QTime(hour, minute), Qt::LocalTime);
    };
    // Now is Sunday, 22 November 2026, 12:30.
    QTest::newRow("ahead of our clock") << at(2026, 11, 22, 12, 40) << QStringLiteral("now");
    QTest::newRow("this minute") << at(2026, 11, 22, 12, 30) << QStringLiteral("now");
    QTest::newRow("minutes") << at(2026, 11, 22, 12, 18) << QStringLiteral("12 min");
    QTest::newRow("59 minutes") << at(2026, 11, 22, 11, 31) << QStringLiteral("59 min");
    QTest::newRow("hours") << at(2026, 11, 22, 10, 15) << QStringLiteral("2 h");
    QTest::newRow("early today") << at(2026, 11, 22, 0, 5) << QStringLiteral("12 h");
    QTest::newRow("late yesterday") << at(2026, 11, 21, 23, 55) << QStringLiteral("Yesterday");
    QTest::newRow("early yesterday") << at(2026, 11, 21, 0, 1) << QStringLiteral("Yesterday");
    QTest::newRow("the day before") << at(2026, 11, 20, 23, 59) << QStringLiteral("2 d");
    QTest::newRow("20 days") << at(2026, 11, 2, 9, 14) << QStringLiteral("20 d");
    QTest::newRow("five weeks") << at(2026, 10, 18, 9, 14) << QStringLiteral("18 Oct");
    QTest::newRow("this year") << at(2026, 1, 2, 9, 14) << QStringLiteral("2 Jan");
    QTest::newRow("long ago") << at(2024, 10, 2, 9, 14) << QStringLiteral("Oct 2024");
}

void TestTimeText::relative()
{
    QFETCH(QDateTime, at);
    const QDateTime now(QDate(2026, 11, 22), QTime(12, 30), Qt::LocalTime);
    QTEST(relativeTime(at, now), "text");
    QTEST(relativeTime(at.toUTC(), now.toUTC()), "text");
}

void TestTimeText::noTime()
{
    QCOMPARE(relativeTime({}, QDateTime::currentDateTime()), QString());
    QCOMPARE(absoluteTime({}), QString());
    QVERIFY(absoluteTime(QDateTime(QDate(2026, 11, 22), QTime(12, 30))).contains(QStringLiteral("2026")));
}

// Receipts hold it as programs read it.
void TestTimeText::whenALinkExpires()
{
    sharing::Receipt receipt;
    receipt.act = QStringLiteral("expiry");
    const auto shown = [&receipt](const QString& detail) {
        receipt.detail = detail;
        return activityRows({receipt})->front().detail;
    };
    const QDateTime at(QDate(2026, 12, 4), QTime(5, 11, 2, 212), Qt::UTC);
    QCOMPARE(shown(QStringLiteral("2026-12-04T05:11:02.212Z")),
             QLocale().toString(at.toLocalTime(), QLocale::ShortFormat));
    QCOMPARE(shown(QStringLiteral("never")), QStringLiteral("never"));
    receipt.act = QStringLiteral("probe");
    QCOMPARE(shown(QStringLiteral("2026-12-04T05:11:02.212Z")), QStringLiteral("2026-12-04T05:11:02.212Z"));
}

QTEST_GUILESS_MAIN(TestTimeText)
#include "test_time_text.moc"
