// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/older_shares.h"
#include "opencode/session_store.h"
#include "support/opencode_database.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

//! Links that no row of session_share tells of.
class TestOtherLinks : public QObject
{
    Q_OBJECT

private:
    QString path() const { return m_folder.filePath(QStringLiteral("opencode.db")); }
    void write(const QString& name, const QByteArray& content) const
    {
        const QString file = m_folder.filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(file).absolutePath()));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(content) == content.size());
    }
    std::vector<LinkClaim> claims() const
    {
        auto store = SessionStore::open(path());
        return store ? (*store)->claims().value_or(std::vector<LinkClaim>()) : std::vector<LinkClaim>();
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { m_folder = QTemporaryDir(); }

    void claimsAreSessionsWithoutARow()
    {
        OpencodeDatabase database(path());
        database.addProject("project1", "/home/ada/project");
        for (const char* id : {"ses_plain", "ses_shared", "ses_claims"})
            database.addSession({.id = id});
        database.addShare("ses_shared", "share001", "https://opncd.ai/share/share001", "key");
        database.execute("UPDATE session SET share_url = 'https://opncd.ai/share/claim001'"
                         " WHERE id = 'ses_claims'");
        database.execute("UPDATE session SET share_url = 'https://opncd.ai/share/share001'"
                         " WHERE id = 'ses_shared'");
        const auto found = claims();
        QCOMPARE(found.size(), 1U);
        QCOMPARE(found[0].sessionId, QStringLiteral("ses_claims"));
        QCOMPARE(found[0].url, QUrl(QStringLiteral("https://opncd.ai/share/claim001")));
        QCOMPARE(found[0].created, fromMilliseconds(1'700'000'000'000));
        QVERIFY(!found[0].imported);
    }

    void importedSessionsAreTold_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<bool>("imported");
        QTest::newRow("made here") << QByteArray("SELECT 1") << false;
        QTest::newRow("messages younger than all that the session knows of")
            << QByteArray("UPDATE message SET time_updated = 1800000000000") << true;
        QTest::newRow("answered in another folder")
            << QByteArray("UPDATE message SET data = json_set(data, '$.path.cwd', '/elsewhere')"
                          " WHERE json_extract(data, '$.role') = 'assistant'")
            << true;
        QTest::newRow("broken message") << QByteArray("UPDATE message SET data = '{'") << false;
    }

    void importedSessionsAreTold()
    {
        QFETCH(QByteArray, change);
        QFETCH(bool, imported);
        OpencodeDatabase database(path());
        database.addProject("project1", "/home/ada/project");
        database.addSession({.id = "ses_1"});
        database.addMessage("msg_1", "ses_1", 1'700'000'000'100, userMessage());
        database.addMessage("msg_2", "ses_1", 1'700'000'000'200, assistantMessage());
        database.execute("UPDATE session SET share_url = 'https://opncd.ai/share/claim001',"
                         " directory = coalesce((SELECT json_extract(data, '$.path.cwd') FROM message"
                         " WHERE id = 'msg_2'), directory)");
        database.execute(change);
        const auto found = claims();
        QCOMPARE(found.size(), 1U);
        QCOMPARE(found[0].imported, imported);
    }

    void oldSchemasClaimNothing()
    {
        OpencodeDatabase database(path(), SchemaAge::First);
        QVERIFY(claims().empty());
    }

    void readsFilesOfOlderOpencodes()
    {
        QVERIFY(olderSharesStamp(m_folder.path()).isEmpty());
        write(QStringLiteral("storage/session_share/ses_aa.json"),
              "{\"id\":\"aaaa1111\",\"secret\":\"key-a\",\"url\":\"https://opncd.ai/share/aaaa1111\"}");
        write(QStringLiteral("storage/share/ses_bb.json"),
              "{\"secret\":\"key-b\",\"url\":\"https://opencode.ai/s/bbbb2222\"}");
        write(QStringLiteral("storage/session/project/ses_aa.json"),
              "{\"id\":\"ses_aa\",\"title\":\"An old one\",\"directory\":\"/home/ada/old\"}");
        write(QStringLiteral("storage/session_share/broken.json"), "{\"id\":");
        write(QStringLiteral("storage/session_share/list.json"), "[1]");
        write(QStringLiteral("storage/session_share/huge.json"), QByteArray(2'000'000, ' '));
        QStringList skipped;
        auto shares = olderShares(m_folder.path(), &skipped);
        QCOMPARE(skipped.size(), 3);
        QCOMPARE(shares.size(), 2U);
        if (shares[0].share.shareId != QLatin1String("aaaa1111"))
            std::swap(shares[0], shares[1]);
        QCOMPARE(shares[0].share.sessionId, QStringLiteral("ses_aa"));
        QVERIFY(shares[0].share.key == Secret("key-a"));
        QVERIFY(shares[0].sessionThere);
        QCOMPARE(shares[0].title, QStringLiteral("An old one"));
        QCOMPARE(shares[0].directory, QStringLiteral("/home/ada/old"));
        QCOMPARE(shares[1].share.shareId, QStringLiteral("bbbb2222"));
        QVERIFY(shares[1].share.key == Secret("key-b"));
        QVERIFY(!shares[1].sessionThere);

        const QByteArray stamp = olderSharesStamp(m_folder.path());
        QVERIFY(!stamp.isEmpty());
        QVERIFY(QFile::remove(m_folder.filePath(QStringLiteral("storage/share/ses_bb.json"))));
        QVERIFY(olderShares(m_folder.path()).size() == 1U);
    }
};

QTEST_GUILESS_MAIN(TestOtherLinks)
#include "test_other_links.moc"
