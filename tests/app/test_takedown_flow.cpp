// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/sharing_desk.h"

#include <QSignalSpy>

#include <algorithm>
#include <vector>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

//! Several links at once: checked, taken down, and what is left when that fails.
class TestTakedownFlow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void severalAtATime();
    void failuresStaySelected();
    void cancelTakesBackWhatDidNotBegin();
    void checkNow();
};

void TestTakedownFlow::severalAtATime()
{
    AppWorld world;
    constexpr int count = 6;
    for (int i = 0; i < count; ++i)
        world.addSession("ses_" + QByteArray::number(i), "Session " + QByteArray::number(i));
    Desk desk(world);
    for (int i = 0; i < count; ++i)
        QVERIFY(!desk.publishNow(QStringLiteral("ses_%1").arg(i)).isEmpty());
    QCOMPARE(desk.links.shown(), count);
    desk.links.selectRange(1, 2);
    QCOMPARE(desk.links.selectedCount(), 2);
    desk.links.toggle(1);
    QCOMPARE(desk.links.selectedCount(), 1);
    desk.links.selectAll();
    QCOMPARE(desk.links.selectedCount(), count);
    QCOMPARE(desk.links.selectedTitles().size(), 3);
    QVERIFY(desk.links.selectedMessages() > 0);
    QSignalSpy copied(&desk.links, &LinksPage::copyRequested);
    desk.links.copySelected();
    QCOMPARE(copied.at(0).at(0).toString().split(QLatin1Char('\n')).size(), count);
    desk.links.unshareSelected();
    // Asked twice is done once.
    desk.links.unshareSelected();
    QCOMPARE(desk.links.todoCount(), count);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.links.isBusy(), patience);
    QCOMPARE(desk.links.doneCount(), count);
    QTRY_COMPARE_WITH_TIMEOUT(desk.links.liveCount(), 0, patience);
    QCOMPARE(desk.links.selectedCount(), 0);
    desk.links.setStateFilter(QStringLiteral("removed"));
    QCOMPARE(desk.links.shown(), count);
    desk.links.setStateFilter(QStringLiteral("live"));
    QCOMPARE(desk.links.shown(), 0);
}

void TestTakedownFlow::failuresStaySelected()
{
    AppWorld world;
    world.addSession("ses_a", "A");
    world.addSession("ses_b", "B");
    Desk desk(world);
    const QString a = desk.publishNow(QStringLiteral("ses_a"));
    const QString b = desk.publishNow(QStringLiteral("ses_b"));
    QVERIFY(!a.isEmpty() && !b.isEmpty());
    desk.links.selectAll();
    world.server->stop();
    desk.links.unshareSelected();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.links.isBusy(), patience);
    QCOMPARE(desk.links.selectedCount(), 2);
    QCOMPARE(desk.links.failedCount(), 2);
    QVERIFY(!desk.at(desk.rowOf(a), LinkListModel::ErrorTextRole).toString().isEmpty());
    QVERIFY(desk.stateOf(a) != QStringLiteral("removed"));
    world.server->start();
    desk.links.retryFailed();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.links.isBusy(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(a), QStringLiteral("removed"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(b), QStringLiteral("removed"), patience);
    QCOMPARE(desk.links.selectedCount(), 0);
    QCOMPARE(desk.links.failedCount(), 0);
}

void TestTakedownFlow::cancelTakesBackWhatDidNotBegin()
{
    AppWorld world;
    constexpr int count = 6;
    for (int i = 0; i < count; ++i)
        world.addSession("ses_" + QByteArray::number(i), "Session " + QByteArray::number(i));
    Desk desk(world);
    for (int i = 0; i < count; ++i)
        QVERIFY(!desk.publishNow(QStringLiteral("ses_%1").arg(i)).isEmpty());
    const auto isQuiet = [&desk] {
        for (int row = 0; row < desk.links.shown(); ++row) {
            if (!desk.at(row, LinkListModel::BusyTextRole).toString().isEmpty())
                return false;
        }
        return true;
    };
    world.server->setSlowness(std::chrono::milliseconds(50));
    world.server->injectWhere([](const demo::SeenRequest&) { return demo::Fault::Slow; });
    // Before the first answer came, nothing can have begun.
    desk.links.selectAll();
    desk.links.unshareSelected();
    desk.links.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.links.isBusy(), patience);
    QCOMPARE(desk.links.todoCount(), 0);
    QCOMPARE(desk.links.liveCount(), count);
    QCOMPARE(desk.links.selectedCount(), count);
    QVERIFY(isQuiet());

    // What has begun comes to its end.
    const auto deletions = [&world] {
        const std::vector<demo::SeenRequest> requests = world.server->requests();
        return std::count_if(requests.begin(), requests.end(),
                             [](const demo::SeenRequest& request) { return request.verb == "DELETE"; });
    };
    desk.links.unshareSelected();
    QTRY_VERIFY_WITH_TIMEOUT(deletions() > 0, patience);
    desk.links.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.links.isBusy(), patience);
    const int done = desk.links.doneCount();
    QVERIFY(done > 0);
    QCOMPARE(deletions(), done);
    QCOMPARE(desk.links.todoCount(), done);
    QTRY_COMPARE_WITH_TIMEOUT(desk.links.liveCount(), count - done, patience);
    QCOMPARE(desk.links.selectedCount(), count - done);
    QVERIFY(isQuiet());
}

void TestTakedownFlow::checkNow()
{
    AppWorld world;
    world.addSession("ses_a", "A");
    Desk desk(world);
    const QString url = desk.publishNow(QStringLiteral("ses_a"));
    QVERIFY(!url.isEmpty());
    world.server->stop();
    desk.links.checkNow();
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(url), QStringLiteral("unreachable"), patience);
    world.server->start();
    desk.links.checkNow();
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(url), QStringLiteral("live"), patience);
    QVERIFY(desk.links.lastChecked().isValid());
}

int main(int argc, char** argv)
{
    return runGuiTest<TestTakedownFlow>(argc, argv);
}

#include "test_takedown_flow.moc"
