// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_store.h"
#include "support/opencode_database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

//! What a reader sees while opencode writes, and that it leaves no trace.
class TestSessionFollow : public QObject
{
    Q_OBJECT

private:
    QString path() const { return m_folder.filePath(QStringLiteral("opencode.db")); }

    QByteArray bytesOf(const char* suffix) const
    {
        QFile file(path() + QLatin1String(suffix));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    template <typename T>
    static T value(Expected<T> result)
    {
        if (!result) {
            qFatal("%s: %s", qPrintable(codeName(result.error().code)), qPrintable(result.error().detail));
        }
        return std::move(*result);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<OpencodeDatabase> m_database;
    std::unique_ptr<SessionStore> m_store;
    const QString m_id = QStringLiteral("ses_1");

private Q_SLOTS:
    void init()
    {
        m_folder = QTemporaryDir();
        m_database = std::make_unique<OpencodeDatabase>(path());
        m_database->addProject("project1", "/p");
        m_database->addSession({.id = "ses_1"});
        m_database->addSession({.id = "ses_2"});
        m_database->addMessage("msg_1", "ses_1", 1, userMessage());
        m_database->addPart("prt_1", "msg_1", "ses_1", textPart("one"));
        m_store = value(SessionStore::open(path()));
    }

    void cleanup()
    {
        m_store.reset();
        m_database.reset();
    }

    void versionStaysWithoutChange()
    {
        const auto version = value(m_store->dataVersion());
        value(m_store->sessions());
        value(m_store->document(m_id));
        QCOMPARE(value(m_store->dataVersion()), version);
    }

    void versionFollowsEveryCommit()
    {
        auto version = value(m_store->dataVersion());
        for (int i = 0; i < 3; ++i) {
            m_database->execute("UPDATE session SET title = title || '!' WHERE id = 'ses_2'");
            const auto next = value(m_store->dataVersion());
            QVERIFY(next != version);
            version = next;
        }
    }

    void listFollows()
    {
        QCOMPARE(value(m_store->sessions()).size(), 2U);
        m_database->addSession({.id = "ses_3", .updated = 1'800'000'000'000});
        const auto sessions = value(m_store->sessions());
        QCOMPARE(sessions.size(), 3U);
        QCOMPARE(sessions.front().id, QStringLiteral("ses_3"));
    }

    void sharesFollowAndVanishWithTheSession()
    {
        QVERIFY(value(m_store->shares()).empty());
        m_database->addShare("ses_2", "share002", "http://h/share/share002", "key");
        QCOMPARE(value(m_store->shares()).size(), 1U);
        m_database->execute("DELETE FROM session WHERE id = 'ses_2'");
        QVERIFY(value(m_store->shares()).empty());
    }

    void uncommittedIsNotSeen()
    {
        const auto version = value(m_store->dataVersion());
        m_database->execute("BEGIN");
        m_database->addSession({.id = "ses_3"});
        QCOMPARE(value(m_store->sessions()).size(), 2U);
        QCOMPARE(value(m_store->dataVersion()), version);
        m_database->execute("ROLLBACK");
    }

    void newColumnsAreSeen()
    {
        value(m_store->document(m_id));
        m_database->execute("ALTER TABLE session DROP COLUMN agent");
        QVERIFY(m_store->document(m_id));
        m_database->execute("ALTER TABLE session ADD COLUMN agent text; UPDATE session SET agent = 'plan'");
        QVERIFY(value(m_store->document(m_id)).toJson().find(R"("agent":"plan")") != std::string::npos);
        m_database->execute("ALTER TABLE part RENAME TO piece");
        QCOMPARE(m_store->sessions().error().code, ErrorCode::DatabaseUnknown);
        m_database->execute("ALTER TABLE piece RENAME TO part");
        QVERIFY(m_store->sessions());
    }

    void fingerprint_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<bool>("changes");
        QTest::newRow("title") << QByteArray("UPDATE session SET title = 'x' WHERE id = 'ses_1'") << true;
        QTest::newRow("revert") << QByteArray("UPDATE session SET revert = '{}' WHERE id = 'ses_1'") << true;
        QTest::newRow("message") << QByteArray("UPDATE message SET time_updated = 9 WHERE id = 'msg_1'")
                                 << true;
        QTest::newRow("part") << QByteArray("UPDATE part SET time_updated = 9 WHERE id = 'prt_1'") << true;
        QTest::newRow("part gone") << QByteArray("DELETE FROM part WHERE id = 'prt_1'") << true;
        QTest::newRow("message gone") << QByteArray("DELETE FROM message WHERE id = 'msg_1'") << true;
        QTest::newRow("new part") << QByteArray(
                                         "INSERT INTO part VALUES ('prt_2', 'msg_1', 'ses_1', 1, 1, '{}')")
                                  << true;
        QTest::newRow("other session")
            << QByteArray("UPDATE session SET title = 'x' WHERE id = 'ses_2'") << false;
        QTest::newRow("nothing") << QByteArray("UPDATE session SET title = title") << false;
    }

    void fingerprint()
    {
        QFETCH(QByteArray, change);
        QFETCH(bool, changes);
        const auto before = value(m_store->fingerprint(m_id));
        QCOMPARE(value(m_store->fingerprint(m_id)), before);
        m_database->execute(change);
        QCOMPARE(value(m_store->fingerprint(m_id)) != before, changes);
    }

    void nothingIsWritten_data()
    {
        QTest::addColumn<bool>("opencodeRuns");
        QTest::newRow("opencode runs") << true;
        QTest::newRow("opencode has ended") << false;
    }

    void nothingIsWritten()
    {
        QFETCH(bool, opencodeRuns);
        m_store.reset();
        if (!opencodeRuns) {
            // Ended by a signal: its WAL stays behind.
            const QByteArray main = bytesOf("");
            const QByteArray wal = bytesOf("-wal");
            m_database.reset();
            m_folder = QTemporaryDir();
            QFile mainFile(path());
            QVERIFY(mainFile.open(QIODevice::WriteOnly));
            mainFile.write(main);
            QFile walFile(path() + QStringLiteral("-wal"));
            QVERIFY(walFile.open(QIODevice::WriteOnly));
            walFile.write(wal);
        }
        const QByteArray mainBefore = bytesOf("");
        const QByteArray walBefore = bytesOf("-wal");
        QVERIFY(!walBefore.isEmpty());

        m_store = value(SessionStore::open(path()));
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(value(m_store->sessions()).size(), 2U);
            value(m_store->shares());
            value(m_store->dataVersion());
            value(m_store->fingerprint(m_id));
            QVERIFY(value(m_store->document(m_id)).items().size() == 5U);
            QVERIFY(!m_store->document(QStringLiteral("ses_none")));
        }
        m_store.reset();
        QVERIFY(bytesOf("") == mainBefore);
        QVERIFY(bytesOf("-wal") == walBefore);
    }

    void aReaderNeverBlocksOpencode()
    {
        m_store->document(m_id).value();
        // Were a read transaction left open, this could not empty the WAL.
        m_database->checkpoint();
        QCOMPARE(bytesOf("-wal").size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSessionFollow)
#include "test_session_follow.moc"
