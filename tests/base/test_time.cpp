// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/time.h"

#include <QTest>

using namespace sharelock;

class TestTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isoInUtc();
    void roundTrip();
    void nowIsNow();
};

void TestTime::isoInUtc()
{
    qputenv("TZ", "Asia/Tokyo");
    QCOMPARE(isoString(fromMilliseconds(1'795'379'565'120)), QStringLiteral("2026-11-22T20:32:45.120Z"));
    QCOMPARE(isoString(fromMilliseconds(0)), QStringLiteral("1970-01-01T00:00:00.000Z"));
    QCOMPARE(isoString(std::nullopt), QString());
}

void TestTime::roundTrip()
{
    QCOMPARE(toMilliseconds(fromMilliseconds(1'795'379'565'120)), 1'795'379'565'120);
    QCOMPARE(toMilliseconds(fromMilliseconds(-1)), -1);
}

void TestTime::nowIsNow()
{
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const qint64 moment = toMilliseconds(now());
    QVERIFY(before <= moment && moment <= QDateTime::currentMSecsSinceEpoch());
}

QTEST_GUILESS_MAIN(TestTime)
#include "test_time.moc"
