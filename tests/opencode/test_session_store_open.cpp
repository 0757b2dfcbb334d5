// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/session_store.h"
#include "support/opencode_database.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

//! Every state in which opencode.db can be found.
class TestSessionStoreOpen : public QObject
{
    Q_OBJECT

private:
    QString path() const { return m_folder.filePath(QStringLiteral("opencode.db")); }

    ErrorCode openingError() const
    {
        const auto store = SessionStore::open(path());
        if (store) {
            return ErrorCode::Internal;
        }
        // Whatever it is, the person learns of which file.
        return store.error().subject == path() ? store.error().code : ErrorCode::Cancelled;
    }

    void write(const QByteArray& bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { m_folder = QTemporaryDir(); }

    void missing()
    {
        QCOMPARE(openingError(), ErrorCode::DatabaseMissing);
        QVERIFY2(!QFile::exists(path()), "looking at a database must not create one");
    }

    void missingFolder()
    {
        const auto store = SessionStore::open(m_folder.filePath(QStringLiteral("no/such/opencode.db")));
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::DatabaseMissing);
    }

    void danglingLink()
    {
        QVERIFY(QFile::link(m_folder.filePath(QStringLiteral("nothing")), path()));
        QCOMPARE(openingError(), ErrorCode::DatabaseMissing);
    }

    void folderInItsPlace()
    {
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("opencode.db")));
        QCOMPARE(openingError(), ErrorCode::DatabaseUnreadable);
    }

    void empty()
    {
        write({});
        QCOMPARE(openingError(), ErrorCode::DatabaseCorrupt);
    }

    void noSqlite()
    {
        write(QByteArray(20'000, 'x'));
        QCOMPARE(openingError(), ErrorCode::DatabaseCorrupt);
    }

    void headerOnly()
    {
        write(QByteArray("SQLite format 3\0", 16) + QByteArray(84, '\0'));
        QCOMPARE(openingError(), ErrorCode::DatabaseCorrupt);
    }

    void truncated()
    {
        {
            OpencodeDatabase database(path());
            database.addProject("project1", "/p");
            for (int i = 0; i < 500; ++i) {
                database.addSession({.id = "ses_" + QByteArray::number(i), .title = QByteArray(500, 't')});
            }
            database.checkpoint();
        }

        QVERIFY(QFile::resize(path(), 50 * 4096));
        const auto store = SessionStore::open(path());
        // The tables are at the front; only reading on meets the missing pages.
        const auto error = store ? (*store)->sessions().error() : store.error();
        QCOMPARE(error.code, ErrorCode::DatabaseCorrupt);
    }

    void damagedPages()
    {
        {
            OpencodeDatabase database(path());
            database.addProject("project1", "/p");
            database.addSession({.id = "ses_1"});
            for (int i = 0; i < 300; ++i) {
                const auto id = QByteArray::number(1000 + i);
                database.addMessage("msg_" + id, "ses_1", i, userMessage());
                database.addPart("prt_" + id, "msg_" + id, "ses_1", textPart(QByteArray(900, 'a')));
            }
            database.checkpoint();
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 page = 40; page < file.size() / 4096; page += 2) {
            QVERIFY(file.seek(page * 4096));
            file.write(QByteArray(4096, '\xa5'));
        }
        file.close();
        const auto store = SessionStore::open(path());
        const auto error = store ? (*store)->document(QStringLiteral("ses_1")).error() : store.error();
        QCOMPARE(error.code, ErrorCode::DatabaseCorrupt);
    }

    void foreign()
    {
        auto connection = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
        QVERIFY(connection);
        QVERIFY(connection->execute("CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY);"
                                    "CREATE TABLE sessions (id TEXT PRIMARY KEY, title TEXT);"
                                    "CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT);"));
        QCOMPARE(openingError(), ErrorCode::DatabaseForeign);
    }

    void newer_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::newRow("no part table") << QByteArray("DROP TABLE part");
        QTest::newRow("another message table")
            << QByteArray("ALTER TABLE message RENAME COLUMN data TO content");
        QTest::newRow("no session table") << QByteArray("ALTER TABLE session RENAME TO conversation");
    }

    void newer()
    {
        QFETCH(QByteArray, change);
        OpencodeDatabase database(path());
        database.execute(change);
        QCOMPARE(openingError(), ErrorCode::DatabaseUnknown);
    }

    void lockedByAnotherProcess()
    {
        {
            OpencodeDatabase database(path());
        }
        QProcess other;
        other.start(QStringLiteral("sqlite3"), {path()});
        QVERIFY(other.waitForStarted());
        other.write("PRAGMA locking_mode=EXCLUSIVE;\nBEGIN EXCLUSIVE;\n"
                    "INSERT INTO migration VALUES ('x', 1);\nSELECT 'ready';\n");
        QVERIFY(other.waitForReadyRead());
        while (!other.readAllStandardOutput().contains("ready")) {
            QVERIFY(other.waitForReadyRead());
        }
        QCOMPARE(openingError(), ErrorCode::DatabaseLocked);
        other.write("COMMIT;\n.quit\n");
        QVERIFY(other.waitForFinished());
        QVERIFY(SessionStore::open(path()));
    }

    void rollbackJournal()
    {
        {
            OpencodeDatabase database(path());
            database.addProject("project1", "/p");
            database.addSession({.id = "ses_1"});
            database.execute("PRAGMA journal_mode=DELETE");
        }
        const auto store = SessionStore::open(path());
        QVERIFY(store);
        QCOMPARE((*store)->sessions()->size(), 1U);
    }

    void replacedWhileOpen()
    {
        {
            OpencodeDatabase database(path());
        }
        const auto store = SessionStore::open(path());
        QVERIFY(store);
        const auto before = (*store)->dataVersion();
        QVERIFY(before);
        for (const char* suffix : {"", "-wal", "-shm"}) {
            QFile::remove(path() + QLatin1String(suffix));
        }
        const auto gone = (*store)->dataVersion();
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, ErrorCode::DatabaseMissing);

        OpencodeDatabase next(path());
        next.addProject("project1", "/p");
        next.addSession({.id = "ses_new"});
        const auto after = (*store)->dataVersion();
        QVERIFY(after);
        QVERIFY(*after != *before);
        const auto sessions = (*store)->sessions();
        QVERIFY(sessions);
        QCOMPARE(sessions->size(), 1U);
        QCOMPARE(sessions->front().id, QStringLiteral("ses_new"));
    }
};

QTEST_GUILESS_MAIN(TestSessionStoreOpen)
#include "test_session_store_open.moc"
