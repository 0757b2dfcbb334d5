// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/intake_world.h"

#include <QTest>

#include <ctime>

using namespace sharelock;
using namespace sharelock::sharing;
using opencode::SessionSummary;
using opencode::ShareRow;
using samples::at;
using samples::errorOf;
using samples::key;
using samples::linkId;
using samples::row;
using samples::session;

//! What opencode tells of links, and what becomes of it in the ledger.
class TestLinkIntake : public QObject, private samples::IntakeWorld
{
    Q_OBJECT
private Q_SLOTS:
    void init() { reset(); }
    void takesInNewLinks();
    void secondIntakeChangesNothing();
    void leavesWhatIsKnownOfALink();
    void followsTitlesAndDeletedSessions();
    void skipsRowsThatAreNoLinks_data();
    void skipsRowsThatAreNoLinks();
    void writesAllOrNothing();
    void takesInClaimsWithoutAKey();
    void takesInOlderFiles();
    void notesWhatOpencodeNoLongerShares();
    void otherFoldersKeepTheirLinks();
    void thousandLinksAreQuick();
};

void TestLinkIntake::takesInNewLinks()
{
    m_rows.at(1).url = QUrl(QStringLiteral("http://127.0.0.1:4567/share/bbbb2222"));
    QCOMPARE(takeInAll(), 2);
    Link expected;
    expected.id = linkId(QStringLiteral("aaaa1111"));
    expected.url = m_rows.at(0).url;
    expected.kind = LinkKind::Live;
    expected.state = LinkState::Unknown;
    expected.step = LinkStep::Published;
    expected.sessionId = m_rows.at(0).sessionId;
    expected.sourceSessionId = m_rows.at(0).sessionId;
    expected.title = m_sessions.at(0).title;
    expected.project = m_sessions.at(0).project;
    expected.directory = m_sessions.at(0).directory;
    expected.sharedAt = m_rows.at(0).created;
    expected.hasKey = true;
    QVERIFY(linkOf(QStringLiteral("aaaa1111")) == expected);
    QVERIFY(holds(QStringLiteral("aaaa1111"), m_rows.at(0).key));

    const LinkId there{QUrl(QStringLiteral("http://127.0.0.1:4567")), QStringLiteral("bbbb2222")};
    const auto sealed = m_ledger->sealedKey(there).value();
    QVERIFY(sealed && m_vault.open(there, *sealed).value() == m_rows.at(1).key);

    const auto receipts = m_ledger->receipts().value();
    QCOMPARE(receipts.size(), 2U);
    QCOMPARE(receipts.at(0).act, QStringLiteral("intake"));
    QCOMPARE(receipts.at(0).outcome, QStringLiteral("ok"));
    QVERIFY(receipts.at(0).link == there);
    QVERIFY(receipts.at(0).at == at);
    QCOMPARE(receipts.at(0).title, m_sessions.at(1).title);
    for (const Receipt& receipt : receipts)
        QVERIFY(!receipt.detail.contains(QStringLiteral("key of")));
}

void TestLinkIntake::secondIntakeChangesNothing()
{
    QCOMPARE(takeInAll(), 2);
    const auto other = LinkLedger::open(m_folder->filePath(QStringLiteral("ledger.db"))).value();
    const qint64 version = other->dataVersion().value();
    QCOMPARE(takeInAll(), 0);
    QCOMPARE(takeInAll(), 0);
    QCOMPARE(other->dataVersion().value(), version);
    QCOMPARE(m_ledger->sealedKeys(linkId(QStringLiteral("aaaa1111"))).value().size(), 1U);
}

void TestLinkIntake::leavesWhatIsKnownOfALink()
{
    QCOMPARE(takeInAll(), 2);
    Link link = linkOf(QStringLiteral("aaaa1111"));
    link.state = LinkState::Removed;
    link.step = LinkStep::TakedownDone;
    link.checkedAt = at;
    link.removedAt = at;
    link.nextProbeAt = at;
    link.publicMessages = 7;
    QVERIFY(m_ledger->save(link).has_value());

    // opencode keeps its row for a link that it did not take down itself.
    m_sessions.at(0).title = QStringLiteral("New title");
    QCOMPARE(takeInAll(), 0);
    link.title = QStringLiteral("New title");
    QVERIFY(linkOf(QStringLiteral("aaaa1111")) == link);
}

void TestLinkIntake::followsTitlesAndDeletedSessions()
{
    QCOMPARE(takeInAll(), 2);
    Link snapshot = samples::link(QStringLiteral("snapshot"));
    snapshot.kind = LinkKind::Snapshot;
    snapshot.sourceSessionId = m_sessions.at(2).id;
    QVERIFY(m_ledger->save(snapshot).has_value());
    Link imported = samples::link(QStringLiteral("imported"));
    imported.sourceSessionId.clear();
    imported.state = LinkState::Foreign;
    QVERIFY(m_ledger->save(imported).has_value());

    m_sessions.at(1).title = QStringLiteral("Renamed");
    m_sessions.at(1).project = QStringLiteral("moved");
    QCOMPARE(takeInAll(), 0);
    QCOMPARE(linkOf(QStringLiteral("bbbb2222")).title, QStringLiteral("Renamed"));
    QCOMPARE(linkOf(QStringLiteral("bbbb2222")).project, QStringLiteral("moved"));
    QCOMPARE(linkOf(QStringLiteral("snapshot")).title, m_sessions.at(2).title);
    QVERIFY(linkOf(QStringLiteral("imported")) == imported);

    // opencode deletes row and session together; the key stays here.
    m_rows.erase(m_rows.begin());
    const auto sessions = std::exchange(m_sessions, {m_sessions.at(1)});
    QCOMPARE(takeInAll(), 0);
    const Link orphan = linkOf(QStringLiteral("aaaa1111"));
    QVERIFY(orphan.sessionDeleted && orphan.hasKey);
    QCOMPARE(orphan.title, sessions.at(0).title);
    QVERIFY(linkOf(QStringLiteral("snapshot")).sessionDeleted);
    QVERIFY(!linkOf(QStringLiteral("bbbb2222")).sessionDeleted);
    QVERIFY(!linkOf(QStringLiteral("imported")).sessionDeleted);

    m_sessions = sessions; // Restored from a backup, or another opencode.db before.
    QCOMPARE(takeInAll(), 0);
    QVERIFY(!linkOf(QStringLiteral("aaaa1111")).sessionDeleted);
}

void TestLinkIntake::skipsRowsThatAreNoLinks_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("shareId");
    QTest::addColumn<bool>("hasKey");
    const QString good = QStringLiteral("https://opncd.ai/share/dddd4444");
    const QString goodId = QStringLiteral("dddd4444");
    QTest::newRow("no url") << QString() << goodId << true;
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << goodId << true;
    QTest::newRow("script") << QStringLiteral("javascript:alert(1)") << goodId << true;
    QTest::newRow("no host") << QStringLiteral("https:///share/x") << goodId << true;
    QTest::newRow("relative") << QStringLiteral("share/dddd4444") << goodId << true;
    QTest::newRow("rubbish") << QStringLiteral("https://[nonsense") << goodId << true;
    QTest::newRow("huge") << QString(1'000'000, QLatin1Char('u')) << goodId << true;
    QTest::newRow("no ID") << good << QString() << true;
    QTest::newRow("no key") << good << goodId << false;
}

void TestLinkIntake::skipsRowsThatAreNoLinks()
{
    QFETCH(QString, url);
    QFETCH(QString, shareId);
    QFETCH(bool, hasKey);
    ShareRow bad = row(QStringLiteral("dddd4444"));
    bad.url = QUrl(url);
    bad.shareId = shareId;
    if (!hasKey)
        bad.key = Secret();
    m_rows.insert(m_rows.begin(), bad);

    QCOMPARE(takeInAll(), 2); // The others come in.
    QCOMPARE(m_ledger->links().value().size(), 2U);
    const auto refused = [this] {
        std::vector<Receipt> found;
        const auto all = m_ledger->receipts().value();
        for (const Receipt& receipt : all) {
            if (receipt.outcome != QLatin1String("ok"))
                found.push_back(receipt);
        }
        return found;
    };
    QCOMPARE(refused().size(), 1U);
    QCOMPARE(refused().front().act, QStringLiteral("intake"));
    QVERIFY(refused().front().detail.contains(QStringLiteral("ses_dddd4444")));
    QVERIFY(!refused().front().detail.contains(QStringLiteral("key of")));
    QCOMPARE(takeInAll(), 0); // Said once, not on every refresh.
    QCOMPARE(refused().size(), 1U);
}

void TestLinkIntake::writesAllOrNothing()
{
    auto db =
        sqlite::Connection::open(m_folder->filePath(QStringLiteral("ledger.db")), sqlite::Mode::ReadWrite);
    QVERIFY(db &&
            db->execute("CREATE TRIGGER no_more BEFORE INSERT ON sealed_key WHEN NEW.share_id = 'bbbb2222'"
                        " BEGIN SELECT RAISE(ABORT, 'no'); END"));
    QVERIFY(errorOf(takeIn(*m_ledger, m_vault, inventory(), at)) == ErrorCode::LedgerUnreadable);
    QVERIFY(m_ledger->links().value().empty());
    QVERIFY(m_ledger->receipts().value().empty());
    QVERIFY(db->execute("DROP TRIGGER no_more"));
    QCOMPARE(takeInAll(), 2);
}

void TestLinkIntake::takesInClaimsWithoutAKey()
{
    const auto claim = [](const QString& shareId, bool imported) {
        return opencode::LinkClaim{QStringLiteral("ses_%1").arg(shareId),
                                   QUrl(QStringLiteral("https://opncd.ai/share/%1").arg(shareId)), at,
                                   imported};
    };
    // The first has a row as well, which says more.
    m_claims = {claim(QStringLiteral("aaaa1111"), false), claim(QStringLiteral("cccc3333"), false),
                claim(QStringLiteral("dddd4444"), true)};
    QCOMPARE(takeInAll(), 4);
    QCOMPARE(linkOf(QStringLiteral("aaaa1111")).source, LinkSource::Opencode);
    QVERIFY(linkOf(QStringLiteral("aaaa1111")).hasKey);
    const Link claimed = linkOf(QStringLiteral("cccc3333"));
    QCOMPARE(claimed.source, LinkSource::Claimed);
    QVERIFY(!claimed.hasKey && !claimed.unsharedAt);
    QCOMPARE(claimed.title, QStringLiteral("<img src=x> title of cccc3333"));
    QCOMPARE(linkOf(QStringLiteral("dddd4444")).source, LinkSource::Imported);
    QCOMPARE(takeInAll(), 0);
}

void TestLinkIntake::takesInOlderFiles()
{
    opencode::OlderShare older;
    older.share = row(QStringLiteral("eeee5555"));
    older.title = QStringLiteral("An old one");
    older.sessionThere = true;
    m_older = {older};
    older.share = row(QStringLiteral("ffff6666"));
    older.sessionThere = false;
    m_older.push_back(older);
    // The same link as a row, with another key: neither is thrown away, and the link is not a new one.
    older.share = row(QStringLiteral("aaaa1111"));
    older.share.key = key("another");
    m_older.push_back(older);
    QCOMPARE(takeInAll(), 4);
    const Link old = linkOf(QStringLiteral("eeee5555"));
    QCOMPARE(old.source, LinkSource::Storage);
    QCOMPARE(old.title, QStringLiteral("An old one"));
    QVERIFY(old.hasKey && !old.sessionDeleted);
    QVERIFY(holds(QStringLiteral("eeee5555"), key("eeee5555")));
    QVERIFY(linkOf(QStringLiteral("ffff6666")).sessionDeleted);
    QCOMPARE(m_ledger->sealedKeys(linkId(QStringLiteral("aaaa1111"))).value().size(), 2U);
    QCOMPARE(linkOf(QStringLiteral("aaaa1111")).source, LinkSource::Opencode);
    QCOMPARE(takeInAll(), 0);
}

void TestLinkIntake::notesWhatOpencodeNoLongerShares()
{
    QCOMPARE(takeInAll(), 2);
    const ShareRow gone = m_rows.front();
    m_rows.erase(m_rows.begin());
    QCOMPARE(takeInAll(), 0);
    QCOMPARE(linkOf(QStringLiteral("aaaa1111")).unsharedAt, at);
    QVERIFY(!linkOf(QStringLiteral("bbbb2222")).unsharedAt);
    QCOMPARE(m_ledger->receipts().value().front().act, QStringLiteral("unshared-elsewhere"));
    const auto told = m_ledger->receipts().value().size();
    QCOMPARE(takeInAll(), 0);
    QCOMPARE(m_ledger->receipts().value().size(), told);
    // A backup that was put back, say.
    m_rows.push_back(gone);
    QCOMPARE(takeInAll(), 0);
    QVERIFY(!linkOf(QStringLiteral("aaaa1111")).unsharedAt);
}

void TestLinkIntake::otherFoldersKeepTheirLinks()
{
    FolderInventory other;
    other.folder = QStringLiteral("/backup/opencode");
    other.rows = {row(QStringLiteral("gggg7777"))};
    other.sessions = {session(QStringLiteral("gggg7777"))};
    auto both = inventory();
    both.push_back(other);
    QCOMPARE(takeIn(*m_ledger, m_vault, both, at).value(), 3);
    QCOMPARE(linkOf(QStringLiteral("gggg7777")).dataFolder, other.folder);
    // The folder can't be read for a while: nothing of it is gone.
    QCOMPARE(takeInAll(), 0);
    QVERIFY(!linkOf(QStringLiteral("gggg7777")).sessionDeleted);
    QVERIFY(!linkOf(QStringLiteral("gggg7777")).unsharedAt);
    // It can, and the session is.
    both.back().sessions.clear();
    QCOMPARE(takeIn(*m_ledger, m_vault, both, at).value(), 0);
    QVERIFY(linkOf(QStringLiteral("gggg7777")).sessionDeleted);
    // The main database can't be read; files of an older opencode beside it can.
    FolderInventory blind;
    blind.isMain = true;
    blind.sessionsRead = false;
    blind.hasDatabase = false;
    opencode::OlderShare older;
    older.share = row(QStringLiteral("hhhh8888"));
    blind.older = {older};
    QCOMPARE(takeIn(*m_ledger, m_vault, std::span(&blind, 1), at).value(), 1);
    QVERIFY(!linkOf(QStringLiteral("bbbb2222")).sessionDeleted);
    QVERIFY(linkOf(QStringLiteral("hhhh8888")).sessionDeleted);
}

void TestLinkIntake::thousandLinksAreQuick()
{
    constexpr int count = 1000;
    m_rows.clear();
    m_sessions.clear();
    for (int i = 0; i < count; ++i) {
        m_rows.push_back(row(QStringLiteral("id%1").arg(i)));
        m_sessions.push_back(session(QStringLiteral("id%1").arg(i)));
    }
    // Of this process, so that a busy machine does not count.
    const std::clock_t start = std::clock();
    QCOMPARE(takeInAll(), count);
    const std::clock_t between = std::clock();
    QCOMPARE(takeInAll(), 0);
    const std::clock_t end = std::clock();
    const auto first = (between - start) * 1000 / CLOCKS_PER_SEC;
    const auto second = (end - between) * 1000 / CLOCKS_PER_SEC;
    qInfo("1,000 new links and keys: %ld ms; the same again: %ld ms", first, second);
#ifndef SHARELOCK_SANITIZED
    QVERIFY(first < 1000);
    QVERIFY(second < 300);
#endif
}

QTEST_GUILESS_MAIN(TestLinkIntake)
#include "test_link_intake.moc"
