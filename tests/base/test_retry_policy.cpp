// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/retry_policy.h"

#include <QTest>

using namespace sharelock;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::optional<milliseconds>)

namespace {

// Sunday, 2026-11-22 20:32:45 UTC.
constexpr Timestamp moment = fromMilliseconds(1'795'379'565'000);

HttpPolicy policy()
{
    HttpPolicy policy;
    policy.firstPause = 100ms;
    policy.longestPause = 1s;
    return policy;
}

} // namespace

class TestRetryPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passingStatus();
    void retryAfter_data();
    void retryAfter();
    void pausesGrowUpToTheBound();
    void jitterSpreads();
    void serverWishCountsWithinTheBound();
    void oddPolicies();
};

void TestRetryPolicy::passingStatus()
{
    for (int status = 100; status < 600; ++status) {
        const bool expected = status == 429 || status == 502 || status == 503 || status == 504;
        QCOMPARE(isPassingStatus(status), expected);
    }
}

void TestRetryPolicy::retryAfter_data()
{
    using Pause = std::optional<milliseconds>;
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<Pause>("pause");
    const auto row = [](const char* name, const char* value, Pause pause) {
        QTest::newRow(name) << QByteArray(value) << pause;
    };
    row("absent", "", std::nullopt);
    row("spaces", "  ", std::nullopt);
    row("seconds", "120", 120s);
    row("zero", "0", 0s);
    row("padded", " 3 ", 3s);
    row("huge", "99999999999999999999999999", std::chrono::seconds(std::numeric_limits<int>::max()));
    row("negative", "-5", std::nullopt);
    row("fraction", "1.5", std::nullopt);
    row("nonsense", "soon", std::nullopt);
    row("not ASCII", "\xff\xfe", std::nullopt);
    row("date", "Sun, 22 Nov 2026 20:33:00 GMT", 15s);
    row("date in the past", "Sun, 22 Nov 2026 20:00:00 GMT", 0s);
    row("date of RFC 850", "Sunday, 22-Nov-26 20:33:00 GMT", 15s);
    row("date of asctime", "Sun Nov 22 20:33:00 2026", 15s);
    row("asctime, one digit", "Tue Dec  1 20:32:45 2026", std::chrono::hours(9 * 24));
    row("no such date", "Sun, 32 Nov 2026 20:33:00 GMT", std::nullopt);
    row("other zone", "Sun, 22 Nov 2026 20:33:00 CET", std::nullopt);
}

void TestRetryPolicy::retryAfter()
{
    QFETCH(const QByteArray, value);
    QFETCH(const std::optional<milliseconds>, pause);
    qputenv("TZ", "Asia/Tokyo"); // An HTTP date is in GMT, wherever we are.
    const auto parsed = parseRetryAfter(value, moment);
    QCOMPARE(parsed.has_value(), pause.has_value());
    if (pause)
        QCOMPARE(parsed->count(), pause->count());
}

void TestRetryPolicy::pausesGrowUpToTheBound()
{
    // With the least jitter: half of the exponential pause.
    QCOMPARE(pauseAfterTry(policy(), 1, {}, 0).count(), 50);
    QCOMPARE(pauseAfterTry(policy(), 2, {}, 0).count(), 100);
    QCOMPARE(pauseAfterTry(policy(), 3, {}, 0).count(), 200);
    QCOMPARE(pauseAfterTry(policy(), 4, {}, 0).count(), 400);
    QCOMPARE(pauseAfterTry(policy(), 5, {}, 0).count(), 500);
    QCOMPARE(pauseAfterTry(policy(), 1'000'000'000, {}, 0).count(), 500);
}

void TestRetryPolicy::jitterSpreads()
{
    QCOMPARE(pauseAfterTry(policy(), 1, {}, 0.5).count(), 75);
    QCOMPARE(pauseAfterTry(policy(), 1, {}, 0.99).count(), 99);
    QVERIFY(pauseAfterTry(policy(), 50, {}, 0.9999) <= 1s);
}

void TestRetryPolicy::serverWishCountsWithinTheBound()
{
    QCOMPARE(pauseAfterTry(policy(), 1, 300ms, 0).count(), 300);
    QCOMPARE(pauseAfterTry(policy(), 4, 300ms, 0).count(), 300);
    QCOMPARE(pauseAfterTry(policy(), 1, 300ms, 0.5).count(), 350); // Never earlier than asked, and spread.
    QCOMPARE(pauseAfterTry(policy(), 1, 0ms, 0).count(), 0);
    QCOMPARE(pauseAfterTry(policy(), 1, 24h, 0.5).count(), 1000);
}

void TestRetryPolicy::oddPolicies()
{
    HttpPolicy none = policy();
    none.firstPause = 0ms;
    QCOMPARE(pauseAfterTry(none, 3, {}, 0.9).count(), 0);
    HttpPolicy crossed = policy();
    crossed.firstPause = 10s;
    QVERIFY(pauseAfterTry(crossed, 1, {}, 0.9) <= crossed.longestPause);
}

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "test_retry_policy.moc"
