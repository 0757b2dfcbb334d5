// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/search_words.h"
#include "app/session_list_model.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace sharelock;
using namespace sharelock::app;

namespace {

opencode::SessionSummary session(const QString& id, const QString& title, qint64 updated,
                                 const QString& parent = {})
{
    opencode::SessionSummary result;
    result.id = id;
    result.title = title;
    result.parentId = parent;
    result.project = QStringLiteral("web-shop");
    result.directory = QStringLiteral("/home/ada/web-shop");
    result.updated = fromMilliseconds(updated);
    result.messages = 3;
    return result;
}

QStringList ids(const SessionListModel& model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto index = model.index(row);
        result.append(index.data(SessionListModel::SessionIdRole).toString() +
                      QString(index.data(SessionListModel::DepthRole).toInt(), QLatin1Char('+')));
    }
    return result;
}

SessionListModel::Filter words(const QString& text)
{
    SessionListModel::Filter filter;
    filter.words = searchWords(text);
    return filter;
}

std::vector<opencode::SessionSummary> thousands(int count)
{
    std::vector<opencode::SessionSummary> result;
    for (int i = 0; i < count; ++i) {
        result.push_back(session(QStringLiteral("ses_%1").arg(i),
                                 QStringLiteral("Make the thing number %1 work").arg(i), 1'000'000 - i));
    }
    return result;
}

} // namespace

class TestSessionList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newestFirstChildrenUnderTheirParent();
    void parentsThatAreNotThere();
    void parentsInACircle();
    void aChainAsLongAsTheList();
    void filters();
    void childWithoutItsParentStandsForItself();
    void archivedOnRequest();
    void chipsOfLinks();
    void oneChangeOfTenThousand();
    void searchIsQuick();
};

void TestSessionList::newestFirstChildrenUnderTheirParent()
{
    SessionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.rowCount(), 0);
    model.setRows(sessionRows({
        session(QStringLiteral("old"), QStringLiteral("Old"), 1),
        session(QStringLiteral("new"), QStringLiteral("New"), 9),
        session(QStringLiteral("child1"), QStringLiteral("C"), 5, QStringLiteral("old")),
        session(QStringLiteral("child2"), QStringLiteral("C"), 7, QStringLiteral("old")),
        session(QStringLiteral("grandchild"), QStringLiteral("C"), 8, QStringLiteral("child1")),
    }));
    QCOMPARE(ids(model), QStringList({QStringLiteral("new"), QStringLiteral("old"), QStringLiteral("child2+"),
                                      QStringLiteral("child1+"), QStringLiteral("grandchild++")}));
    QCOMPARE(model.index(1).data(SessionListModel::IsChildRole).toBool(), false);
    QCOMPARE(model.index(2).data(SessionListModel::IsChildRole).toBool(), true);
    QCOMPARE(model.index(0).data(SessionListModel::UpdatedRole).toDateTime().toMSecsSinceEpoch(), 9);
    QCOMPARE(model.all().projects, QStringList({QStringLiteral("web-shop")}));
}

void TestSessionList::parentsThatAreNotThere()
{
    SessionListModel model;
    model.setRows(sessionRows({session(QStringLiteral("a"), {}, 1, QStringLiteral("gone")),
                               session(QStringLiteral("b"), {}, 2, QStringLiteral("b"))}));
    QCOMPARE(ids(model), QStringList({QStringLiteral("b"), QStringLiteral("a")}));
}

void TestSessionList::parentsInACircle()
{
    SessionListModel model;
    model.setRows(sessionRows({session(QStringLiteral("a"), {}, 1, QStringLiteral("c")),
                               session(QStringLiteral("b"), {}, 2, QStringLiteral("a")),
                               session(QStringLiteral("c"), {}, 3, QStringLiteral("b")),
                               session(QStringLiteral("d"), {}, 4)}));
    QCOMPARE(ids(model), QStringList({QStringLiteral("d"), QStringLiteral("c"), QStringLiteral("a+"),
                                      QStringLiteral("b++")}));
}

void TestSessionList::aChainAsLongAsTheList()
{
    std::vector<opencode::SessionSummary> chain;
    for (int i = 0; i < 100'000; ++i)
        chain.push_back(session(QString::number(i), {}, i, i == 0 ? QString() : QString::number(i - 1)));
    SessionListModel model;
    model.setRows(sessionRows(chain));
    QCOMPARE(model.rowCount(), 100'000);
    QVERIFY(model.index(99'999).data(SessionListModel::DepthRole).toInt() < 10);
}

void TestSessionList::filters()
{
    auto other = session(QStringLiteral("b"), QStringLiteral("Tune the Query planner"), 2);
    other.project = QStringLiteral("Toy-Compiler");
    SessionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(
        sessionRows({session(QStringLiteral("a"), QStringLiteral("Fix FLAKY login test (100%)"), 1), other}));
    model.setFilter(words(QStringLiteral("  login  flaky ")));
    QCOMPARE(ids(model), QStringList({QStringLiteral("a")}));
    model.setFilter(words(QStringLiteral("compiler query")));
    QCOMPARE(ids(model), QStringList({QStringLiteral("b")}));
    // A regular expression's or a pattern's signs are nothing special.
    model.setFilter(words(QStringLiteral("(100%)")));
    QCOMPARE(ids(model), QStringList({QStringLiteral("a")}));
    model.setFilter(words(QStringLiteral(".*")));
    QCOMPARE(model.rowCount(), 0);
    SessionListModel::Filter project;
    project.project = QStringLiteral("Toy-Compiler");
    model.setFilter(project);
    QCOMPARE(ids(model), QStringList({QStringLiteral("b")}));
    model.setFilter({});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.total(), 2);
}

void TestSessionList::childWithoutItsParentStandsForItself()
{
    SessionListModel model;
    model.setRows(
        sessionRows({session(QStringLiteral("a"), QStringLiteral("Parent"), 1),
                     session(QStringLiteral("b"), QStringLiteral("Child"), 2, QStringLiteral("a"))}));
    QCOMPARE(ids(model), QStringList({QStringLiteral("a"), QStringLiteral("b+")}));
    model.setFilter(words(QStringLiteral("child")));
    QCOMPARE(ids(model), QStringList({QStringLiteral("b")}));
}

void TestSessionList::archivedOnRequest()
{
    auto archived = session(QStringLiteral("a"), QStringLiteral("Done"), 1);
    archived.archived = fromMilliseconds(2);
    SessionListModel model;
    model.setRows(sessionRows({archived, session(QStringLiteral("b"), QStringLiteral("Open"), 2)}));
    QCOMPARE(ids(model), QStringList({QStringLiteral("b")}));
    QCOMPARE(model.total(), 1);
    SessionListModel::Filter filter;
    filter.archivedToo = true;
    model.setFilter(filter);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.total(), 2);
}

void TestSessionList::chipsOfLinks()
{
    SessionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(sessionRows({session(QStringLiteral("a"), {}, 3), session(QStringLiteral("b"), {}, 2),
                               session(QStringLiteral("c"), {}, 1)}));
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setChips({{QStringLiteral("b"), LinkChip::Live}});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(1).data(SessionListModel::LinkChipRole).toString(), QStringLiteral("live"));
    QCOMPARE(model.index(0).data(SessionListModel::LinkChipRole).toString(), QString());
    SessionListModel::Filter filter;
    filter.sharedOnly = true;
    model.setFilter(filter);
    QCOMPARE(ids(model), QStringList({QStringLiteral("b")}));
    model.setChips({{QStringLiteral("b"), LinkChip::Snapshot}, {QStringLiteral("c"), LinkChip::Orphan}});
    QCOMPARE(ids(model), QStringList({QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(model.index(1).data(SessionListModel::LinkChipRole).toString(), QStringLiteral("orphan"));
}

void TestSessionList::oneChangeOfTenThousand()
{
    auto sessions = thousands(10'000);
    SessionListModel model;
    model.setRows(sessionRows(sessions));
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    sessions[5000].messages = 99;
    model.setRows(sessionRows(sessions));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 5000);
    QCOMPARE(removed.size() + inserted.size() + reset.size(), 0);
    sessions[5000].updated = fromMilliseconds(2'000'000);
    model.setRows(sessionRows(sessions));
    QCOMPARE(removed.size(), 1);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(0).data(SessionListModel::SessionIdRole).toString(), QStringLiteral("ses_5000"));
}

void TestSessionList::searchIsQuick()
{
    SessionListModel model;
    model.setRows(sessionRows(thousands(10'000)));
    QElapsedTimer timer;
    timer.start();
    model.setFilter(words(QStringLiteral("number 77")));
    model.setFilter(words(QStringLiteral("number 777")));
    model.setFilter(words(QStringLiteral("nothing of the kind")));
    model.setFilter({});
    // Four key presses. Only what is not linear takes this long; how fast it is, the benchmarks measure.
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(model.rowCount(), 10'000);
}

QTEST_GUILESS_MAIN(TestSessionList)
#include "test_session_rows.moc"
