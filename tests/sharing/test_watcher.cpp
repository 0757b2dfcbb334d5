// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "watch_rig.h"

#include <QCoroTask>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;
using namespace std::chrono_literals;

//! What a Sharelock that runs notices by itself, and does by itself.
class TestWatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsThereIsNoNews();
    void newLinkOutlivesItsSession();
    void newSecretIsTold();
    void secretWrittenMeanwhileIsTold();
    void sharingASecretIsTold();
    void keptValueIsNotTold();
    void keepsWhatTheListCounts();
    void takesDownSecretsIfTold_data();
    void takesDownSecretsIfTold();
    void takesDownWhenExpired();
    void clockIsSet();
    void failureIsToldOnceAndRetried();
    void removedLinkAnswersAgain_data();
    void removedLinkAnswersAgain();
    void unshares();
    void endsInTheMiddle();
};

void TestWatcher::whatIsThereIsNoNews()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    Watch watch(world);
    watch.begin();
    QVERIFY(!ledgerOf(world)->sealedKeys(id)->empty());
    // What comes after shows that all before was heard of.
    world.addSession(secondSession, "Second");
    const LinkId other = world.shareLive(secondSession);
    QTRY_VERIFY_WITH_TIMEOUT(!watch.events.empty(), patience);
    QCOMPARE(watch.events.front().kind, WatchKind::Shared);
    QCOMPARE(watch.events.front().link.id, other);
}

void TestWatcher::newLinkOutlivesItsSession()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    Watch watch(world);
    watch.begin();
    const LinkId id = world.shareLive(firstSession);
    QElapsedTimer since;
    since.start();
    const auto ledger = ledgerOf(world);
    QTRY_VERIFY_WITH_TIMEOUT(!ledger->sealedKeys(id)->empty(), patience);
    qInfo("key in the ledger after %lld ms", since.elapsed());
    QVERIFY(since.elapsed() < 2000);

    deleteSession(*world.database, firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Orphaned).size(), 1U, patience);
    QVERIFY(asksForUnsharing(watch.of(WatchKind::Orphaned).front()));
    watch.watcher.unshare(id);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::TakenDown).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::TakenDown).front().link.state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
}

void TestWatcher::newSecretIsTold()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    say(*world.database, firstSession, "old", "The token is " + firstToken);
    const LinkId id = world.shareLive(firstSession);
    Watch watch(world);
    watch.begin();
    // The first look decides what is new: another session shows that it is over.
    world.addSession(secondSession, "Second");
    say(*world.database, secondSession, "mark", "Also " + firstToken);
    (void)world.shareLive(secondSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::Secret).front().link.sourceSessionId, QString::fromUtf8(secondSession));

    say(*world.database, firstSession, "again", "Once more: " + firstToken);
    say(*world.database, firstSession, "new", "Another one: " + secondToken);
    QElapsedTimer since;
    since.start();
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 2U, patience);
    qInfo("secret told after %lld ms", since.elapsed());
    QVERIFY(since.elapsed() < 5000);
    const WatchEvent event = watch.of(WatchKind::Secret).back();
    QCOMPARE(event.link.id, id);
    QCOMPARE(event.secrets, 1);
    QVERIFY(world.isReadable(id.shareId));
}

void TestWatcher::secretWrittenMeanwhileIsTold()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    say(*world.database, firstSession, "old", "The token is " + firstToken);
    {
        Watch watch(world);
        watch.begin();
        // Shared while somebody looks, so what it holds is known from then on.
        (void)world.shareLive(firstSession);
        QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
    }
    say(*world.database, firstSession, "new", "Another one: " + secondToken);
    Watch watch(world);
    watch.begin();
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::Secret).front().secrets, 1);
}

void TestWatcher::sharingASecretIsTold()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    say(*world.database, firstSession, "one", "The token is " + firstToken);
    say(*world.database, firstSession, "two", "Another one: " + secondToken);
    Watch watch(world);
    watch.begin();
    const LinkId id = world.shareLive(firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
    QCOMPARE(watch.events.front().kind, WatchKind::Shared);
    QCOMPARE(watch.of(WatchKind::Secret).front().secrets, 2);
    // Nothing is done that nobody has asked for.
    QVERIFY(world.isReadable(id.shareId));
    QVERIFY(watch.of(WatchKind::TakenDown).empty());
}

void TestWatcher::keptValueIsNotTold()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    say(*world.database, firstSession, "one", "The token is " + firstToken);
    say(*world.database, firstSession, "two", "Another one: " + secondToken);
    Watch watch(world);
    redaction::ScopedDecisions kept{};
    kept.front() = redaction::Decision::Keep;
    QVERIFY(watch.manager.decide(QString::fromUtf8(firstSession),
                                 redaction::SecretText(firstToken.toStdString()), kept));
    watch.begin();
    (void)world.shareLive(firstSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Secret).size(), 1U, patience);
    QCOMPARE(watch.of(WatchKind::Secret).front().secrets, 1);
}

void TestWatcher::keepsWhatTheListCounts()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    say(*world.database, firstSession, "one", "The Bluebell team is behind the blue door.");
    const auto first = QString::fromUtf8(firstSession);
    Watch watch(world);
    const auto listed = [&] {
        const auto sessions = watch.manager.sessions();
        return sessions ? watch.manager.knownFindings(*sessions) : QHash<QString, SessionFindings>();
    };
    QVERIFY(watch.manager.saveOwnWord({0, "bluebell", false}));
    QVERIFY(watch.manager.hideText(first, redaction::SecretText("the blue door")));
    watch.begin();
    (void)world.shareLive(firstSession);
    // Nobody else looks through sessions here, so it can be known from this alone.
    QTRY_COMPARE_WITH_TIMEOUT(listed().value(first).personal, 2, patience);
    QCOMPARE(listed().value(first).secrets, 0);

    // With a project's rules, too.
    QDir().mkpath(world.home() % u"/work");
    QFile rules(world.home() % u"/work/.gitleaks.toml");
    QVERIFY(rules.open(QIODevice::WriteOnly));
    QVERIFY(rules.write("[[rules]]\nid = 'acme'\nregex = '''acme-[0-9a-f]{8}'''\n") > 0);
    rules.close();
    say(*world.database, firstSession, "two", "It is acme-0123abcd.");
    QTRY_COMPARE_WITH_TIMEOUT(listed().value(first).secrets, 1, patience);
    QCOMPARE(listed().value(first).personal, 2);
    // And that is what is found by whoever opens it.
    const auto offer = watch.manager.offer(first);
    QVERIFY(offer);
    QCOMPARE(offer->found.size(), 3U);
}

void TestWatcher::takesDownSecretsIfTold_data()
{
    QTest::addColumn<bool>("bySetting");
    QTest::newRow("by setting") << true;
    QTest::newRow("this time") << false;
}

void TestWatcher::takesDownSecretsIfTold()
{
    QFETCH(const bool, bySetting);
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    auto options = Watch::quick();
    options.takeDownSecrets = !bySetting;
    Watch watch(world, options);
    if (bySetting) {
        QCOMPARE(watch.manager.takesDownSecrets().value(), false);
        QVERIFY(watch.manager.setTakesDownSecrets(true));
    }
    watch.begin();
    // The first look at it is over when the other one's is.
    world.addSession(secondSession, "Second");
    say(*world.database, secondSession, "mark", "Also " + firstToken);
    const LinkId other = world.shareLive(secondSession);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::TakenDown).size(), 1U, patience);
    QVERIFY(!world.isReadable(other.shareId));
    QVERIFY(world.isReadable(id.shareId));
    say(*world.database, firstSession, "new", "The token is " + firstToken);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::TakenDown).size(), 2U, patience);
    QCOMPARE(watch.of(WatchKind::TakenDown).back().link.state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
}

void TestWatcher::takesDownWhenExpired()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    Watch watch(world);
    watch.begin();
    // Another program says so: `sharelock expire`.
    const auto other = world.manager();
    const Timestamp expiry = now() + 1500ms;
    QVERIFY(other->setExpiry(id, expiry));
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Expired).size(), 1U, patience);
    const WatchEvent event = watch.of(WatchKind::Expired).front();
    QVERIFY(event.at >= expiry);
    QVERIFY(linkOf(world, id).removedAt >= expiry);
    QCOMPARE(event.link.state, LinkState::Removed);
    QVERIFY(!event.error && !asksForUnsharing(event));
    QVERIFY(!world.isReadable(id.shareId));
}

void TestWatcher::clockIsSet()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    const Timestamp start = now();
    Timestamp at = start;
    auto options = Watch::quick();
    int asked = 0;
    options.clock = [&at, &asked] {
        ++asked;
        return at;
    };
    options.longestSleep = 100ms;
    Watch watch(world, options);
    watch.begin();
    QVERIFY(world.manager()->setExpiry(id, start + 2h));
    at = start - 24h;
    QTRY_VERIFY_WITH_TIMEOUT(asked > 20, patience); // It has looked at the clock, time and again.
    QVERIFY(watch.of(WatchKind::Expired).empty() && world.isReadable(id.shareId));
    at = start + 2h;
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Expired).size(), 1U, patience);
    QVERIFY(!world.isReadable(id.shareId));
}

void TestWatcher::failureIsToldOnceAndRetried()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    int asked = 0;
    auto options = Watch::quick();
    options.clock = [&asked] {
        ++asked;
        return now();
    };
    options.retryAfter = 20ms;
    Watch watch(world, options);
    QCOMPARE(QCoro::waitFor(watch.manager.openVault()).status, VaultStatus::Open);
    QVERIFY(watch.manager.sessions());
    QVERIFY(watch.manager.setExpiry(id, now()));
    world.server->stop();
    watch.begin();
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Expired).size(), 1U, patience);
    QVERIFY(watch.of(WatchKind::Expired).front().link.state != LinkState::Removed);
    QVERIFY(asksForUnsharing(watch.of(WatchKind::Expired).front()));
    const int before = asked;
    QTRY_VERIFY_WITH_TIMEOUT(asked > before + 20, patience); // Several tries.
    QCOMPARE(watch.of(WatchKind::Expired).size(), 1U);
    world.server->start();
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Expired).size(), 2U, patience);
    QCOMPARE(watch.of(WatchKind::Expired).back().link.state, LinkState::Removed);
    QVERIFY(!world.isReadable(id.shareId));
}

void TestWatcher::removedLinkAnswersAgain_data()
{
    QTest::addColumn<qint64>("removedHoursAgo");
    QTest::addColumn<bool>("isProbeDue");
    QTest::newRow("looked at again after the takedown") << qint64(1) << true;
    QTest::newRow("audited a week later") << qint64(24 * 8) << false;
}

void TestWatcher::removedLinkAnswersAgain()
{
    QFETCH(const qint64, removedHoursAgo);
    QFETCH(const bool, isProbeDue);
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    auto options = Watch::quick();
    options.auditAfter = 0ms;
    Watch watch(world, options);
    QCOMPARE(QCoro::waitFor(watch.manager.openVault()).status, VaultStatus::Open);
    QVERIFY(watch.manager.sessions());
    // Taken down some time ago, and since then a running opencode has synced again.
    Link link = linkOf(world, id);
    link.step = LinkStep::TakedownDone;
    link.state = LinkState::Removed;
    link.removedAt = link.checkedAt = now() - std::chrono::hours(removedHoursAgo);
    if (isProbeDue)
        link.nextProbeAt = now() - 1min;
    QVERIFY(ledgerOf(world)->save(link));
    watch.begin();
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::Returned).size(), 1U, patience);
    // The person wanted it gone, and that still holds.
    QTRY_VERIFY_WITH_TIMEOUT(!world.isReadable(id.shareId), patience);
    QTRY_COMPARE_WITH_TIMEOUT(linkOf(world, id).state, LinkState::Removed, patience);
    QCOMPARE(watch.of(WatchKind::Returned).size(), 1U);
}

void TestWatcher::unshares()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    Watch watch(world);
    watch.begin();
    world.server->stop();
    watch.watcher.unshare(id);
    watch.watcher.unshare(id);
    QTRY_COMPARE_WITH_TIMEOUT(watch.of(WatchKind::TakenDown).size(), 1U, patience);
    QVERIFY(watch.of(WatchKind::TakenDown).front().link.state != LinkState::Removed);
    // It goes on by itself as soon as it can.
    world.server->start();
    QTRY_VERIFY_WITH_TIMEOUT(!world.isReadable(id.shareId), patience);
}

void TestWatcher::endsInTheMiddle()
{
    ManagerWorld world;
    world.addSession(firstSession, "First");
    const LinkId id = world.shareLive(firstSession);
    Watch watch(world);
    watch.begin();
    watch.watcher.unshare(id);
    watch.end();
    QVERIFY(watch.of(WatchKind::TakenDown).empty());
    // Whatever it has come to, the next one brings it to its end.
    Watch next(world);
    next.begin();
    if (linkOf(world, id).step == LinkStep::Published)
        next.watcher.unshare(id);
    QTRY_VERIFY_WITH_TIMEOUT(!world.isReadable(id.shareId), patience);
}

QTEST_GUILESS_MAIN(TestWatcher)
#include "test_watcher.moc"
