// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/link_list_model.h"
#include "app/search_words.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace sharelock;
using namespace sharelock::app;
using sharing::LinkKind;
using sharing::LinkState;

namespace {

const Timestamp nowAt = fromMilliseconds(1'795'000'000'000);

sharing::Link link(const QString& shareId, const QString& title, LinkState state, int daysAgo,
                   LinkKind kind = LinkKind::Live)
{
    sharing::Link result;
    result.id = {QUrl(QStringLiteral("https://share.example")), shareId};
    result.url = QUrl(QStringLiteral("https://share.example/share/") + shareId);
    result.kind = kind;
    result.state = state;
    result.sessionId = QStringLiteral("ses_") + shareId;
    result.sourceSessionId = result.sessionId;
    result.title = title;
    result.project = QStringLiteral("web-shop");
    result.sharedAt = nowAt - std::chrono::days(daysAgo);
    result.publicMessages = 10;
    if (state == LinkState::Removed)
        result.removedAt = result.sharedAt + std::chrono::days(1);
    return result;
}

std::vector<sharing::Link> some()
{
    return {
        link(QStringLiteral("live0001"), QStringLiteral("Fix flaky login test"), LinkState::Live, 1),
        link(QStringLiteral("orphan01"), QStringLiteral("Spike"), LinkState::Orphan, 30),
        link(QStringLiteral("lost0001"), QStringLiteral("Lost"), LinkState::OrphanLost, 50),
        link(QStringLiteral("served01"), QStringLiteral("Set up staging"), LinkState::StillServed, 40),
        link(QStringLiteral("removed1"), QStringLiteral("Notes"), LinkState::Removed, 60, LinkKind::Snapshot),
    };
}

QStringList ids(const LinkListModel& model)
{
    QStringList result;
    for (const QString& id : model.shownIds())
        result.append(id.section(QLatin1Char('|'), 1));
    return result;
}

QString idOf(const char* shareId)
{
    return QStringLiteral("https://share.example|") + QLatin1String(shareId);
}

} // namespace

class TestLinkList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsAndTexts();
    void reservationsAreNoLinks();
    void chipsAndHistory();
    void filtersAndSorts();
    void overdueComesFirst();
    void filtersBySecretsAndAge();
    void selectionIsByLink();
    void busyAndErrors();
    void changesRowByRow();
};

void TestLinkList::countsAndTexts()
{
    const auto rows = linkRows(some(), nowAt);
    QCOMPARE(rows->live, 1);
    QCOMPARE(rows->orphans, 2);
    QCOMPARE(rows->stillServed, 1);
    QCOMPARE(rows->projects, QStringList({QStringLiteral("web-shop")}));
    LinkListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(rows);
    const auto first = model.index(0);
    QCOMPARE(first.data(LinkListModel::LinkIdRole).toString(), idOf("live0001"));
    QCOMPARE(first.data(LinkListModel::UrlRole).toString(),
             QStringLiteral("https://share.example/share/live0001"));
    QCOMPARE(first.data(LinkListModel::StateKeyRole).toString(), QStringLiteral("live"));
    QCOMPARE(first.data(LinkListModel::KindTextRole).toString(), QStringLiteral("Live link"));
    QCOMPARE(first.data(LinkListModel::ServerRole).toString(), QStringLiteral("share.example"));
    QCOMPARE(first.data(LinkListModel::MessagesRole).toInt(), 10);
    QVERIFY(first.data(LinkListModel::CheckedAtRole).toDateTime().isNull());
}

void TestLinkList::reservationsAreNoLinks()
{
    auto reserved = link(QStringLiteral("reserved"), {}, LinkState::Unknown, 0);
    reserved.step = sharing::LinkStep::Reserved;
    QCOMPARE(linkRows({reserved}, nowAt)->rows.size(), std::size_t(0));
}

void TestLinkList::chipsAndHistory()
{
    auto links = some();
    auto twin = link(QStringLiteral("twin0001"), QStringLiteral("Fix flaky login test"), LinkState::Live, 2,
                     LinkKind::Snapshot);
    twin.sourceSessionId = links[0].sourceSessionId;
    links.push_back(twin);
    const auto rows = linkRows(links, nowAt);
    QCOMPARE(rows->chips.value(QStringLiteral("ses_live0001")), LinkChip::Live);
    QCOMPARE(rows->chips.value(QStringLiteral("ses_orphan01")), LinkChip::Orphan);
    QVERIFY(!rows->chips.contains(QStringLiteral("ses_removed1")));
    QCOMPARE(rows->liveHistory.size(), 15);
    QCOMPARE(rows->liveHistory.constLast(), 5);
    QCOMPARE(rows->liveHistory.constFirst(), 0);
    // 56 days ago the removed one was gone already; a week earlier nothing was there yet.
    QCOMPARE(rows->liveHistory.at(15 - 1 - 8), 0);
    QCOMPARE(rows->liveHistory.at(15 - 1 - 7), 1);
}

void TestLinkList::filtersAndSorts()
{
    LinkListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(linkRows(some(), nowAt));
    QCOMPARE(ids(model),
             QStringList({QStringLiteral("live0001"), QStringLiteral("orphan01"), QStringLiteral("served01"),
                          QStringLiteral("lost0001"), QStringLiteral("removed1")}));
    model.setSort(QStringLiteral("sharedAt"), false);
    QCOMPARE(ids(model).constFirst(), QStringLiteral("removed1"));
    model.setSort(QStringLiteral("stateText"), false);
    QCOMPARE(ids(model).constFirst(), QStringLiteral("served01"));
    QCOMPARE(ids(model).constLast(), QStringLiteral("removed1"));
    model.setSort(QStringLiteral("title"), false);
    QCOMPARE(ids(model).constFirst(), QStringLiteral("live0001"));
    model.setSort(QStringLiteral("no such role"), true);
    QCOMPARE(ids(model).constFirst(), QStringLiteral("live0001"));
    LinkListModel::Filter filter;
    filter.group = QStringLiteral("orphan");
    model.setFilter(filter);
    QCOMPARE(ids(model), QStringList({QStringLiteral("orphan01"), QStringLiteral("lost0001")}));
    filter.group.clear();
    filter.words = searchWords(QStringLiteral("served01 STAGING"));
    model.setFilter(filter);
    QCOMPARE(ids(model), QStringList({QStringLiteral("served01")}));
}

void TestLinkList::overdueComesFirst()
{
    auto links = some();
    links[3].expiresAt = nowAt - std::chrono::hours(1);
    links[4].expiresAt = nowAt - std::chrono::hours(1); // It is gone, so it is not overdue.
    links[0].expiresAt = nowAt + std::chrono::hours(1);
    const auto rows = linkRows(links, nowAt);
    QCOMPARE(rows->overdue, 1);
    QCOMPARE(rows->attention, 3);
    LinkListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(rows);
    for (const char* column : {"title", "sharedAt", "stateKey", "messages"}) {
        for (const bool descending : {false, true}) {
            model.setSort(QLatin1String(column), descending);
            QCOMPARE(ids(model).front(), QStringLiteral("served01"));
        }
    }
    model.setSort(QStringLiteral("expiresAt"), false);
    QCOMPARE(ids(model).mid(0, 2), QStringList({QStringLiteral("served01"), QStringLiteral("removed1")}));
    LinkListModel::Filter filter;
    filter.group = QStringLiteral("overdue");
    model.setFilter(filter);
    QCOMPARE(ids(model), QStringList{QStringLiteral("served01")});
}

void TestLinkList::filtersBySecretsAndAge()
{
    auto links = some();
    links[0].publicSecrets = 3;
    links[1].publicSecrets = 0;
    links[4].publicSecrets = 2; // Removed: nothing of it is public.
    LinkListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(linkRows(links, nowAt));
    QCOMPARE(model.all().withSecrets, 1);
    QCOMPARE(model.index(0).data(LinkListModel::StateTextRole).toString(),
             QStringLiteral("Live, 3 secret(s)"));
    LinkListModel::Filter filter;
    filter.group = QStringLiteral("secrets");
    model.setFilter(filter);
    QCOMPARE(ids(model), QStringList{QStringLiteral("live0001")});
    filter = {};
    filter.sharedBefore = QDateTime::fromMSecsSinceEpoch(toMilliseconds(nowAt - std::chrono::days(45)));
    model.setFilter(filter);
    QCOMPARE(ids(model), QStringList({QStringLiteral("lost0001"), QStringLiteral("removed1")}));
}

void TestLinkList::selectionIsByLink()
{
    LinkListModel model;
    model.setRows(linkRows(some(), nowAt));
    model.setSelection({idOf("served01"), idOf("live0001")});
    QCOMPARE(model.index(2).data(LinkListModel::SelectedRole).toBool(), true);
    auto links = some();
    links.push_back(link(QStringLiteral("newest01"), QStringLiteral("Newest"), LinkState::Live, 0));
    model.setRows(linkRows(links, nowAt));
    QCOMPARE(model.index(2).data(LinkListModel::SelectedRole).toBool(), false);
    QCOMPARE(model.index(3).data(LinkListModel::SelectedRole).toBool(), true);
    QCOMPARE(model.selectedRows().size(), std::size_t(2));
    // Also of what the filter hides.
    LinkListModel::Filter filter;
    filter.group = QStringLiteral("live");
    model.setFilter(filter);
    QCOMPARE(model.selectedRows().size(), std::size_t(2));
}

void TestLinkList::busyAndErrors()
{
    LinkListModel model;
    model.setRows(linkRows(some(), nowAt));
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setBusy(idOf("served01"), QStringLiteral("Blanking…"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 2);
    QCOMPARE(model.index(2).data(LinkListModel::BusyTextRole).toString(), QStringLiteral("Blanking…"));
    model.setBusy(idOf("served01"), {});
    QCOMPARE(model.index(2).data(LinkListModel::BusyTextRole).toString(), QString());
    model.setError(idOf("served01"), QStringLiteral("No answer"));
    QCOMPARE(model.failedIds(), QStringList({idOf("served01")}));
    model.setBusy(idOf("nothing"), QStringLiteral("x"));
    model.reset();
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.failedIds().isEmpty());
}

void TestLinkList::changesRowByRow()
{
    LinkListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    auto links = some();
    model.setRows(linkRows(links, nowAt));
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    links[0].state = LinkState::Removed;
    links[0].removedAt = nowAt;
    model.setRows(linkRows(links, nowAt));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(0).data(LinkListModel::StateTextRole).toString(), QStringLiteral("Removed, proved"));
    links.erase(links.begin());
    model.setRows(linkRows(links, nowAt));
    QCOMPARE(removed.size(), 1);
    QCOMPARE(reset.size(), 0);
}

QTEST_GUILESS_MAIN(TestLinkList)
#include "test_link_list.moc"
