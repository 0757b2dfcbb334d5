// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/curl_library.h"
#include "base/host_lines.h"
#include "base/http_call.h"

#include <QTest>

#include <set>
#include <vector>

using namespace sharelock;
using namespace std::chrono_literals;

namespace {

using Call = HostLines::Call;
using Calls = std::vector<Call>;

const HostLines::Clock::time_point start{1h};

HttpPolicy bound(int perHost)
{
    HttpPolicy policy;
    policy.perHost = perHost;
    policy.firstPause = 10ms;
    return policy;
}

Call callTo(const QString& origin, bool goesAhead = false)
{
    HttpRequest request;
    request.goesAhead = goesAhead;
    return std::make_shared<HttpCall>(*curlLibrary(), request, origin, HttpPolicy());
}

const auto here = QStringLiteral("https://here");
const auto there = QStringLiteral("https://there");

} // namespace

class TestHostLines : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(curlLibrary()); }
    void boundHolds();
    void hostsAreApart();
    void whatGoesAheadComesFirst();
    void pauseKeepsThePlace();
    void quietIsForAll();
    void quietIsNeverShortened();
    void dropped();
    void allDropped();
};

void TestHostLines::boundHolds()
{
    HostLines lines(bound(2));
    const Calls calls{callTo(here), callTo(here), callTo(here), callTo(here)};
    for (const Call& call : calls)
        lines.join(call);
    QCOMPARE(lines.nextAdmission(), HostLines::Clock::time_point::min());
    QVERIFY(lines.admit(start) == Calls({calls[0], calls[1]}));
    QVERIFY(lines.admit(start).empty());
    QCOMPARE(lines.nextAdmission(), HostLines::Clock::time_point::max());
    lines.leave(*calls[1]);
    QCOMPARE(lines.nextAdmission(), HostLines::Clock::time_point::min());
    QVERIFY(lines.admit(start) == Calls{calls[2]});
    lines.leave(*calls[0]);
    lines.leave(*calls[2]);
    QVERIFY(lines.admit(start) == Calls{calls[3]});
    lines.leave(*calls[3]);
    QVERIFY(lines.admit(start).empty());
}

void TestHostLines::hostsAreApart()
{
    HostLines lines(bound(1));
    const Call first = callTo(here);
    const Call second = callTo(there);
    lines.join(first);
    lines.join(callTo(here));
    lines.join(second);
    lines.keepQuiet(QStringLiteral("https://elsewhere"), start + 1h);
    QVERIFY(lines.admit(start) == Calls({first, second}));
}

void TestHostLines::whatGoesAheadComesFirst()
{
    HostLines lines(bound(1));
    const Call first = callTo(here);
    const Call second = callTo(here);
    const Call ahead = callTo(here, true);
    const Call aheadToo = callTo(here, true);
    Calls order;
    for (const Call& call : {first, second, ahead, aheadToo})
        lines.join(call);
    for (int i = 0; i < 4; ++i) {
        const Calls admitted = lines.admit(start);
        QCOMPARE(admitted.size(), 1U);
        order.push_back(admitted.front());
        lines.leave(*admitted.front());
    }
    QVERIFY(order == Calls({ahead, aheadToo, first, second}));
}

void TestHostLines::pauseKeepsThePlace()
{
    HostLines lines(bound(1));
    const Call first = callTo(here);
    const Call second = callTo(here, true);
    lines.join(first);
    QVERIFY(lines.admit(start) == Calls{first});
    lines.pause(first, start + 1s);
    lines.join(second);
    QVERIFY(lines.admit(start + 999ms).empty());
    QCOMPARE(lines.nextAdmission(), start + 1s);
    QVERIFY(lines.admit(start + 1s) == Calls{first});
    lines.leave(*first);
    QVERIFY(lines.admit(start + 1s) == Calls{second});
}

void TestHostLines::quietIsForAll()
{
    HostLines lines(bound(2));
    const Call busy = callTo(here);
    const Call next = callTo(here);
    const Call last = callTo(here);
    lines.join(busy);
    QVERIFY(lines.admit(start) == Calls{busy});
    lines.keepQuiet(here, start + 1s);
    lines.pause(busy, start + 1s);
    lines.join(next);
    lines.join(last);
    QVERIFY(lines.admit(start).empty());
    QVERIFY(lines.admit(start + 999ms).empty());
    QVERIFY(lines.nextAdmission() >= start + 1s);
    // Those that waited for it come a little later each, and no more of them than there are places.
    const Calls admitted = lines.admit(start + 1s + 10ms);
    QCOMPARE(std::set<Call>(admitted.begin(), admitted.end()), (std::set<Call>{busy, next}));
    QVERIFY(lines.admit(start + 2s).empty());
    lines.leave(*next);
    QVERIFY(lines.admit(start + 2s) == Calls{last});
}

void TestHostLines::quietIsNeverShortened()
{
    HostLines lines(bound(2));
    const Call call = callTo(here);
    lines.join(call);
    lines.keepQuiet(here, start + 2s);
    lines.keepQuiet(here, start + 1s);
    QVERIFY(lines.admit(start).empty());
    // Asked again while it was waited for.
    lines.keepQuiet(here, start + 3s);
    QVERIFY(lines.admit(start + 2s + 10ms).empty());
    QVERIFY(lines.admit(start + 3s + 10ms) == Calls{call});
    // Remembered where nobody is left.
    lines.leave(*call);
    lines.keepQuiet(here, start + 10s);
    const Call later = callTo(here);
    lines.join(later);
    QVERIFY(lines.admit(start + 9s).empty());
}

void TestHostLines::dropped()
{
    HostLines lines(bound(1));
    const Call first = callTo(here);
    const Call second = callTo(here);
    const Call ahead = callTo(here, true);
    const Call last = callTo(here);
    lines.join(first);
    QVERIFY(lines.admit(start) == Calls{first});
    // What is under way is in no line.
    QVERIFY(!lines.drop(*first));
    QVERIFY(!lines.drop(*callTo(there)));
    for (const Call& call : {second, ahead, last})
        lines.join(call);
    QVERIFY(lines.drop(*second));
    QVERIFY(!lines.drop(*second));
    QVERIFY(lines.drop(*ahead));
    QVERIFY(lines.admit(start).empty());
    // Out of its pause it gives the place back.
    lines.pause(first, start + 1h);
    QVERIFY(lines.drop(*first));
    QVERIFY(lines.admit(start) == Calls{last});
}

void TestHostLines::allDropped()
{
    HostLines lines(bound(2));
    const Calls calls{callTo(here), callTo(here), callTo(here), callTo(here, true), callTo(there)};
    lines.join(calls[0]);
    lines.join(calls[1]);
    QCOMPARE(lines.admit(start).size(), 2U);
    lines.pause(calls[1], start + 1h);
    for (std::size_t i = 2; i < calls.size(); ++i)
        lines.join(calls[i]);
    const Calls all = lines.dropAll();
    QCOMPARE(std::set<Call>(all.begin(), all.end()), std::set<Call>(calls.begin() + 1, calls.end()));
    QVERIFY(lines.dropAll().empty());
    // The one under way has its place still, the pausing one does not.
    const Call next = callTo(here);
    lines.join(next);
    lines.join(callTo(here));
    QVERIFY(lines.admit(start) == Calls{next});
}

QTEST_GUILESS_MAIN(TestHostLines)
#include "test_host_lines.moc"
