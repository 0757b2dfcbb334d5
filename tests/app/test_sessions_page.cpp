// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/sessions_page.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QSignalSpy>

#include <vector>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

using State = SessionsPage::State;

namespace {

QStringList titles(SessionsPage& page)
{
    QStringList result;
    for (int row = 0; row < page.model()->rowCount(); ++row)
        result.append(page.model()->index(row, 0).data(SessionListModel::TitleRole).toString());
    return result;
}

//! \brief A page on a world, with its model watched from before the first row on.
struct Page
{
    explicit Page(const AppWorld& world)
        : page(core)
        , tester(page.model(), QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        core.run(world.setup());
        page.refresh();
    }
    void follow()
    {
        core.call([](sharing::ShareManager& manager) {
            manager.follow();
            return true;
        });
    }

    CoreThread core;
    SessionsPage page;
    QAbstractItemModelTester tester;
};

const QString hostile =
    QStringLiteral("<img src=\"file:///etc/passwd\"> <b>%1</b> \u202e\u001b[31m &amp; \"); drop table");

} // namespace

class TestSessionsPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsWhatThereIs();
    void countsFollow();
    void noOpencodeData();
    void noSessionYet();
    void brokenDatabases_data();
    void brokenDatabases();
    void databaseThatAppearsLater();
    void rowsStayWhenTheDatabaseBreaks();
    void changesOfOthersAppear();
    void selectionKeepsItsSession();
    void selectedSessionDeleted();
    void hostileTitleIsPlainText();
    void tenThousand();
};

void TestSessionsPage::listsWhatThereIs()
{
    AppWorld world;
    world.addSession("ses_older", "Older", 1, 1'760'000'000'000);
    world.addSession("ses_newer", "Newer", 2, 1'760'000'100'000);
    Page view(world);
    QCOMPARE(view.page.state(), State::Loading);
    QTRY_COMPARE(view.page.state(), State::Ready);
    QCOMPARE(titles(view.page), QStringList({QStringLiteral("Newer"), QStringLiteral("Older")}));
    QCOMPARE(view.page.total(), 2);
    QCOMPARE(view.page.shown(), 2);
    QCOMPARE(view.page.projects(), QStringList({QStringLiteral("work")}));
    QCOMPARE(view.page.errorText(), QString());
    view.page.setSearch(QStringLiteral("older WORK"));
    QCOMPARE(titles(view.page), QStringList({QStringLiteral("Older")}));
    QCOMPARE(view.page.shown(), 1);
    QCOMPARE(view.page.total(), 2);
    view.page.setSelectedId(QStringLiteral("ses_newer"));
    QCOMPARE(view.page.selectedTitle(), QStringLiteral("Newer"));
    QTRY_COMPARE(view.page.selectedMessages(), 4);
    QCOMPARE(view.page.rowOf(QStringLiteral("ses_newer")), -1);
    view.page.setSearch({});
    QCOMPARE(view.page.rowOf(QStringLiteral("ses_newer")), 0);
}

void TestSessionsPage::countsFollow()
{
    AppWorld world;
    world.addSession("ses_a", "A", 2, 1'760'000'000'000);
    world.addSession("ses_b", "B", 1, 1'760'000'100'000);
    Page view(world);
    const auto messages = [&view](int row) {
        return view.page.model()->index(row, 0).data(SessionListModel::MessagesRole).toInt();
    };
    std::vector<int> first;
    connect(&view.page, &SessionsPage::stateChanged, this, [&] {
        if (view.page.state() == State::Ready && first.empty())
            first = {messages(0), messages(1)};
    });
    QSignalSpy changed(view.page.model(), &QAbstractItemModel::dataChanged);
    QTRY_COMPARE(messages(0), 2);
    QCOMPARE(messages(1), 4);
    QCOMPARE(first, (std::vector<int>{-1, -1}));
    QVERIFY(!changed.isEmpty());
    // Later ones bring them along.
    world.addSession("ses_c", "C", 3, 1'760'000'200'000);
    bool isWhole = true;
    connect(&view.page, &SessionsPage::refreshed, this, [&] { isWhole = isWhole && messages(0) >= 0; });
    view.page.refresh();
    QTRY_COMPARE(view.page.total(), 3);
    QCOMPARE(messages(0), 6);
    QVERIFY(isWhole);
}

void TestSessionsPage::noOpencodeData()
{
    const AppWorld world(false);
    Page view(world);
    QTRY_COMPARE(view.page.state(), State::NoData);
    QCOMPARE(view.page.model()->rowCount(), 0);
}

void TestSessionsPage::noSessionYet()
{
    const AppWorld world;
    Page view(world);
    QTRY_COMPARE(view.page.state(), State::Empty);
}

void TestSessionsPage::brokenDatabases_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no database at all")
        << QByteArray() << QByteArray("This is a letter, not a database.\n").repeated(200);
    QTest::newRow("truncated") << QByteArray() << QByteArray("SQLite format 3\0\x10\0\1\1\0", 21);
    QTest::newRow("of the Go program") << QByteArray("CREATE TABLE sessions (id TEXT); CREATE TABLE messages "
                                                     "(id TEXT); CREATE TABLE goose_db_version (id INTEGER);")
                                       << QByteArray();
    QTest::newRow("newer than we know")
        << QByteArray("ALTER TABLE message RENAME COLUMN data TO content") << QByteArray();
}

void TestSessionsPage::brokenDatabases()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, bytes);
    AppWorld world(bytes.isEmpty());
    if (bytes.isEmpty())
        world.write([&](OpencodeDatabase& database) { database.execute(sql); });
    else
        world.writeDatabaseFile(bytes);
    Page view(world);
    QTRY_COMPARE(view.page.state(), State::Failed);
    QVERIFY(!view.page.errorText().isEmpty());
    QCOMPARE(view.page.model()->rowCount(), 0);
}

void TestSessionsPage::databaseThatAppearsLater()
{
    AppWorld world(false);
    Page view(world);
    view.follow();
    QTRY_COMPARE(view.page.state(), State::NoData);
    world.addSession("ses_first", "First");
    QTRY_COMPARE_WITH_TIMEOUT(view.page.state(), State::Ready, 20'000);
    QCOMPARE(titles(view.page), QStringList({QStringLiteral("First")}));
}

void TestSessionsPage::rowsStayWhenTheDatabaseBreaks()
{
    AppWorld world;
    world.addSession("ses_a", "A");
    Page view(world);
    QTRY_COMPARE(view.page.state(), State::Ready);
    world.write([](OpencodeDatabase& database) {
        database.execute("ALTER TABLE message RENAME COLUMN data TO content");
    });
    view.page.refresh();
    QTRY_VERIFY(!view.page.errorText().isEmpty());
    QCOMPARE(titles(view.page), QStringList({QStringLiteral("A")}));
    world.write([](OpencodeDatabase& database) {
        database.execute("ALTER TABLE message RENAME COLUMN content TO data");
    });
    view.page.refresh();
    QTRY_VERIFY(view.page.errorText().isEmpty());
    QCOMPARE(view.page.state(), State::Ready);
}

void TestSessionsPage::changesOfOthersAppear()
{
    AppWorld world;
    world.addSession("ses_a", "A", 1, 1'760'000'000'000);
    world.addSession("ses_b", "B", 1, 1'760'000'100'000);
    Page view(world);
    QTRY_COMPARE(view.page.state(), State::Ready);
    view.follow();
    const QSignalSpy reset(view.page.model(), &QAbstractItemModel::modelReset);
    const QSignalSpy inserted(view.page.model(), &QAbstractItemModel::rowsInserted);
    world.addSession("ses_c", "C", 1, 1'760'000'200'000);
    QTRY_COMPARE_WITH_TIMEOUT(titles(view.page).size(), 3, 20'000);
    QCOMPARE(titles(view.page).constFirst(), QStringLiteral("C"));
    world.write([](OpencodeDatabase& database) {
        database.execute(
            "UPDATE session SET title = 'A, renamed', time_updated = 1760000300000 WHERE id = 'ses_a'");
    });
    QTRY_COMPARE_WITH_TIMEOUT(titles(view.page).constFirst(), QStringLiteral("A, renamed"), 20'000);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(inserted.size(), 2);
}

void TestSessionsPage::selectionKeepsItsSession()
{
    AppWorld world;
    world.addSession("ses_a", "A", 1, 1'760'000'000'000);
    world.addSession("ses_b", "B", 1, 1'760'000'100'000);
    Page view(world);
    QTRY_COMPARE(view.page.state(), State::Ready);
    view.page.setSelectedId(QStringLiteral("ses_a"));
    const QSignalSpy selected(&view.page, &SessionsPage::selectedIdChanged);
    world.write([](OpencodeDatabase& database) {
        database.execute("UPDATE session SET title = 'A2', time_updated = 1760000300000 WHERE id = 'ses_a'");
    });
    view.page.refresh();
    QTRY_COMPARE(view.page.selectedTitle(), QStringLiteral("A2"));
    QCOMPARE(view.page.rowOf(QStringLiteral("ses_a")), 0);
    QCOMPARE(selected.size(), 0);
}

void TestSessionsPage::selectedSessionDeleted()
{
    AppWorld world;
    world.addSession("ses_a", "A");
    world.addSession("ses_b", "B");
    Page view(world);
    QTRY_COMPARE(view.page.state(), State::Ready);
    view.page.setSelectedId(QStringLiteral("ses_a"));
    world.write([](OpencodeDatabase& database) {
        database.execute("PRAGMA foreign_keys=OFF; DELETE FROM session WHERE id = 'ses_a'");
    });
    view.page.refresh();
    QTRY_COMPARE(view.page.selectedId(), QString());
    QCOMPARE(view.page.selectedTitle(), QString());
    QCOMPARE(view.page.model()->rowCount(), 1);
}

void TestSessionsPage::hostileTitleIsPlainText()
{
    AppWorld world;
    world.addSession("ses_a", hostile.toUtf8());
    Page view(world);
    QTRY_COMPARE(view.page.state(), State::Ready);
    QCOMPARE(titles(view.page), QStringList({hostile}));
    view.page.setSearch(QStringLiteral("<img src"));
    QCOMPARE(view.page.shown(), 1);
    view.page.setSelectedId(QStringLiteral("ses_a"));
    QCOMPARE(view.page.selectedTitle(), hostile);
}

void TestSessionsPage::tenThousand()
{
    AppWorld world;
    world.write([](OpencodeDatabase& database) {
        database.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
                         "INSERT INTO session (id, project_id, slug, directory, title, version, "
                         "time_created, time_updated) "
                         "SELECT 'ses_' || i, 'project1', 's', '/home/ada/work', 'Session number ' || i, "
                         "'1.18.33', i, i FROM n");
    });
    Page view(world);
    QTRY_COMPARE_WITH_TIMEOUT(view.page.state(), State::Ready, 20'000);
    QCOMPARE(view.page.total(), 10'000);
    const QModelIndex last = view.page.model()->index(9'999, 0);
    QTRY_COMPARE_WITH_TIMEOUT(last.data(SessionListModel::MessagesRole).toInt(), 0, 20'000);
    const QSignalSpy reset(view.page.model(), &QAbstractItemModel::modelReset);
    const QSignalSpy changed(view.page.model(), &QAbstractItemModel::dataChanged);
    world.write([](OpencodeDatabase& database) {
        database.execute("UPDATE session SET title = 'New' WHERE id = 'ses_77'");
    });
    view.page.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 20'000);
    QCOMPARE(reset.size(), 0);
}

int main(int argc, char** argv)
{
    return runGuiTest<TestSessionsPage>(argc, argv);
}
#include "test_sessions_page.moc"
