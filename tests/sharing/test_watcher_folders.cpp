// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "watch_rig.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;

namespace {

const QByteArray thirdSession = QByteArrayLiteral("ses_5f1c2d3e4a5bAbCdEfGhIjKlM3");

//! \brief Data of another profile's opencode.
class OtherFolder
{
public:
    explicit OtherFolder(const ManagerWorld& world)
        : path(world.folder.filePath(QStringLiteral("profile/opencode")))
    {
        QDir().mkpath(path);
        database = open(QStringLiteral("opencode.db"), world);
    }

    [[nodiscard]] std::unique_ptr<OpencodeDatabase> open(const QString& name, const ManagerWorld& world) const
    {
        auto made = std::make_unique<OpencodeDatabase>(path % u'/' % name);
        made->addProject("project1", (world.home() % u"/work").toUtf8(), "work");
        return made;
    }

    QString path;
    std::unique_ptr<OpencodeDatabase> database;
};

//! \brief Has its folders set before it begins.
void follow(const ManagerWorld& world, const QStringList& folders)
{
    const auto set = world.manager()->setDataFolders(folders);
    QVERIFY2(set, qPrintable(text(set)));
}

//! \brief The first look at what is shared already is over when this is told.
void awaitFirstLook(ManagerWorld& world, const Watch& watch)
{
    const auto before = watch.of(WatchKind::Secret).size();
    world.addSession(thirdSession, "Mark");
    say(*world.database, thirdSession, "mark", "Also " + firstToken);
    const LinkId mark = world.shareLive(thirdSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), before + 1, patience);
    QCOMPARE(watch.of(WatchKind::Secret).back().link.id, mark);
}

} // namespace

//! Live links of other data folders than the one in use are watched as those of that one.
class TestWatcherFolders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newSecretIsTold();
    void secretWrittenMeanwhileIsTold();
    void linkIsToldAndOutlivesItsSession();
    void takesDownSecretsIfTold();
    void folderIsAddedMeanwhile();
    void copyIsNotTakenForTheOther();
    void databaseIsReplaced();
};

void TestWatcherFolders::newSecretIsTold()
{
    ManagerWorld world;
    const OtherFolder other(world);
    world.addSession(*other.database, firstSession, "First");
    say(*other.database, firstSession, "old", "The token is " + firstToken);
    const LinkId id = world.shareLive(*other.database, firstSession);
    follow(world, {other.path});
    Watch watch(world);
    watch.begin();
    // Places are looked at in one round, the one in use first, and then at once again.
    awaitFirstLook(world, watch);
    say(*world.database, thirdSession, "round", "And " + secondToken);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 2U, patience);

    say(*other.database, firstSession, "again", "Once more: " + firstToken);
    say(*other.database, firstSession, "new", "Another one: " + secondToken);
    QElapsedTimer since;
    since.start();
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 3U, patience);
    qInfo("secret told after %lld ms", since.elapsed());
    QVERIFY(since.elapsed() < 5000);
    const WatchEvent event = watch.of(WatchKind::Secret).back();
    QCOMPARE(event.link.id, id);
    QCOMPARE(event.link.dataFolder, other.path);
    QCOMPARE(event.secrets, 1);
    QVERIFY(asksForUnsharing(event));
    QVERIFY(world.isReadable(id.shareId));
}

void TestWatcherFolders::secretWrittenMeanwhileIsTold()
{
    ManagerWorld world;
    const OtherFolder other(world);
    world.addSession(*other.database, firstSession, "First");
    say(*other.database, firstSession, "old", "The token is " + firstToken);
    follow(world, {other.path});
    {
        Watch watch(world);
        watch.begin();
        (void)world.shareLive(*other.database, firstSession);
        QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
        // Looking through the list in the folder in use, as the window does, forgets nothing of this one.
        QSignalSpy scanned(&watch.manager, &ShareManager::scanned);
        watch.manager.lookThrough(true);
        QVERIFY(scanned.wait(patience));
    }
    say(*other.database, firstSession, "new", "Another one: " + secondToken);
    Watch watch(world);
    watch.begin();
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::Secret).front().secrets, 1);
}

void TestWatcherFolders::linkIsToldAndOutlivesItsSession()
{
    ManagerWorld world;
    const OtherFolder other(world);
    world.addSession(*other.database, firstSession, "First");
    follow(world, {other.path});
    Watch watch(world);
    watch.begin();
    const LinkId id = world.shareLive(*other.database, firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Shared).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::Shared).front().link.id, id);
    deleteSession(*other.database, firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Orphaned).size(), 1U, patience);
    watch.watcher.unshare(id);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::TakenDown).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::TakenDown).front().link.state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
}

void TestWatcherFolders::takesDownSecretsIfTold()
{
    ManagerWorld world;
    const OtherFolder other(world);
    world.addSession(*other.database, firstSession, "First");
    world.addSession(*other.database, secondSession, "Second");
    follow(world, {other.path});
    auto options = Watch::quick();
    options.takeDownSecrets = true;
    Watch watch(world, options);
    watch.begin();
    const LinkId id = world.shareLive(*other.database, firstSession);
    const LinkId harmless = world.shareLive(*other.database, secondSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Shared).size(), 2U, patience);
    say(*other.database, firstSession, "new", "The token is " + firstToken);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::TakenDown).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::TakenDown).back().link.id, id);
    QCOMPARE(watch.of(WatchKind::TakenDown).back().link.state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
    QVERIFY(world.isReadable(harmless.shareId));
}

void TestWatcherFolders::folderIsAddedMeanwhile()
{
    ManagerWorld world;
    const OtherFolder other(world);
    world.addSession(*other.database, firstSession, "First");
    say(*other.database, firstSession, "old", "The token is " + firstToken);
    const LinkId id = world.shareLive(*other.database, firstSession);
    Watch watch(world);
    watch.begin();
    // Another program does it: the window, while `sharelock watch` runs.
    follow(world, {other.path});
    QTRY_VERIFY_WITH_TIMEOUT(!ledgerOf(world)->links()->empty(), patience);
    awaitFirstLook(world, watch);
    say(*world.database, thirdSession, "round", "And " + secondToken);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 2U, patience);
    QCOMPARE(watch.of(WatchKind::Shared).size(), 1U); // The mark. What was there before is no news.
    say(*other.database, firstSession, "new", "Another one: " + secondToken);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 3U, patience);
    QCOMPARE(watch.of(WatchKind::Secret).back().link.id, id);
    QCOMPARE(watch.of(WatchKind::Secret).back().secrets, 1);
}

//! A copy of a session that is not shared there is not public, whatever is written into it.
void TestWatcherFolders::copyIsNotTakenForTheOther()
{
    ManagerWorld world;
    const OtherFolder other(world);
    world.addSession(firstSession, "First");
    world.addSession(*other.database, firstSession, "First, as it was");
    world.addSession(*other.database, secondSession, "Second");
    follow(world, {other.path});
    Watch watch(world);
    watch.begin();
    const LinkId id = world.shareLive(firstSession);
    const LinkId shared = world.shareLive(*other.database, secondSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Shared).size(), 2U, patience);
    say(*other.database, firstSession, "copy", "The token is " + firstToken);
    say(*other.database, secondSession, "shared", "The token is " + firstToken);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::Secret).front().link.id, shared);
    say(*world.database, firstSession, "original", "The token is " + secondToken);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 2U, patience);
    QCOMPARE(watch.of(WatchKind::Secret).back().link.id, id);
    QCOMPARE(watch.of(WatchKind::Secret).back().secrets, 1);
}

//! As a tool that synchronizes files does it.
void TestWatcherFolders::databaseIsReplaced()
{
    ManagerWorld world;
    OtherFolder other(world);
    world.addSession(*other.database, firstSession, "First");
    follow(world, {other.path});
    Watch watch(world);
    watch.begin();
    (void)world.shareLive(*other.database, firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Shared).size(), 1U, patience);
    auto next = other.open(QStringLiteral("next.db"), world);
    world.addSession(*next, secondSession, "Second");
    say(*next, secondSession, "new", "The token is " + firstToken);
    const LinkId id = world.shareLive(*next, secondSession);
    next->checkpoint();
    next.reset();
    other.database.reset();
    const auto file = [&other](const char* name) { return QString(other.path % u'/' % QLatin1String(name)); };
    for (const char* left : {"opencode.db", "opencode.db-wal", "opencode.db-shm"})
        QFile::remove(file(left));
    QVERIFY(QFile::rename(file("next.db"), file("opencode.db")));
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::Secret).front().link.id, id);
}

QTEST_GUILESS_MAIN(TestWatcherFolders)
#include "test_watcher_folders.moc"
