// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <sys/stat.h>

using namespace sharelock::sqlite;
using namespace std::string_view_literals;

namespace {

// A QCOMPARE-friendly view of a failure: its primary code, 0 for success.
template <typename T>
int codeOf(const Result<T>& result)
{
    return result ? SQLITE_OK : result.error().code & 0xff;
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

mode_t permissionsOf(const QString& path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 0777U : 0U;
}

} // namespace

class TestSqlite : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void valuesRoundTrip();
    void foreignBytesStayAsTheyAre();
    void emptyIsNotNull();
    void rowsAndReset();
    void bindOutOfRangeIsAFailure();
    void defaultsFailQuietly();
    void badSqlIsAFailure();
    void tablesAndColumns();
    void transactions();
    void newFileIsPrivate_data();
    void newFileIsPrivate();
    void existingFileKeepsContent();
    void readOnlyWritesNothing();
    void missingFile();
    void oddPaths_data();
    void oddPaths();
    void wayToTheFile();
    void damagedFiles_data();
    void damagedFiles();
    void lockedFile();
    void statementOutlivesConnection();
    void preparedAgainIsAsNew();
    void seesOthersCommit();

private:
    [[nodiscard]] QString path(const QString& name = QStringLiteral("test.db")) const
    {
        return m_folder->path() + u'/' + name;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    Connection m_connection;
};

void TestSqlite::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = Connection::open(path(), Mode::ReadWrite);
    QVERIFY(opened);
    m_connection = std::move(*opened);
    QVERIFY(m_connection.execute("CREATE TABLE t(a, b)"));
}

void TestSqlite::cleanup()
{
    m_connection = Connection();
}

void TestSqlite::valuesRoundTrip()
{
    auto insert = m_connection.prepare("INSERT INTO t VALUES(?1, ?2)");
    QVERIFY(insert);
    QVERIFY(insert->bind(1, "grüße").bind(2, std::numeric_limits<std::int64_t>::min()).run());
    QVERIFY(insert->bindBlob(1, "\0\xff\0"sv).bind(2, std::optional<std::int64_t>()).run());
    QVERIFY(insert->bindNull(1).bind(2, std::optional<std::int64_t>(7)).run());
    QVERIFY(m_connection.execute("INSERT INTO t VALUES(1.5, NULL)"));

    auto rows = m_connection.prepare("SELECT a, b FROM t ORDER BY rowid");
    QVERIFY(rows);
    QCOMPARE(rows->step().value_or(false), true);
    QCOMPARE(rows->string(0), QStringLiteral("grüße"));
    QCOMPARE(rows->integer(1), std::numeric_limits<std::int64_t>::min());
    QCOMPARE(rows->step().value_or(false), true);
    QVERIFY(rows->blob(0) == "\0\xff\0"sv);
    QVERIFY(!rows->optionalInteger(1));
    QCOMPARE(rows->step().value_or(false), true);
    QVERIFY(rows->isNull(0));
    QVERIFY(rows->text(0).empty());
    QCOMPARE(rows->optionalInteger(1).value_or(0), 7);
    QCOMPARE(rows->step().value_or(false), true);
    QCOMPARE(rows->real(0), 1.5);
    QCOMPARE(rows->step().value_or(true), false);
}

void TestSqlite::foreignBytesStayAsTheyAre()
{
    const auto broken = "ok \xff\xc0\xaf \xed\xa0\x80 \0 end"sv;
    auto insert = m_connection.prepare("INSERT INTO t(a) VALUES(?1)");
    QVERIFY(insert && insert->bind(1, broken).run());
    auto row = m_connection.prepare("SELECT a FROM t");
    QVERIFY(row && row->step().value_or(false));
    QVERIFY(row->text(0) == broken);
    const QString text = row->string(0);
    QVERIFY(text.startsWith(QStringLiteral("ok ")));
    QVERIFY(text.endsWith(QStringLiteral(" end")));
    QVERIFY(text.contains(QChar::ReplacementCharacter));
}

void TestSqlite::emptyIsNotNull()
{
    auto insert = m_connection.prepare("INSERT INTO t VALUES(?1, ?2)");
    QVERIFY(insert && insert->bind(1, std::string_view()).bindBlob(2, std::string_view()).run());
    QCOMPARE(m_connection.integer("SELECT count(*) FROM t WHERE a = '' AND b IS NOT NULL").value_or(0), 1);
}

void TestSqlite::rowsAndReset()
{
    QVERIFY(m_connection.execute("INSERT INTO t(a) VALUES(1), (2), (3)"));
    auto rows = m_connection.prepare("SELECT a FROM t WHERE a >= ?1 ORDER BY a");
    QVERIFY(rows);
    rows->bind(1, std::int64_t(2));
    QVERIFY(rows->step().value_or(false));
    QCOMPARE(rows->integer(0), 2);
    rows->reset();
    rows->bind(1, std::int64_t(3));
    QVERIFY(rows->step().value_or(false));
    QCOMPARE(rows->integer(0), 3);
    QCOMPARE(m_connection.integer("SELECT a FROM t WHERE a > 9").value_or(-1), 0);
}

void TestSqlite::bindOutOfRangeIsAFailure()
{
    auto row = m_connection.prepare("SELECT ?1");
    QVERIFY(row);
    QCOMPARE(codeOf(row->bind(2, "x").bind(1, "y").step()), SQLITE_RANGE);
    row->reset();
    QVERIFY(row->bind(1, "y").step().value_or(false));
}

void TestSqlite::defaultsFailQuietly()
{
    Statement statement;
    QCOMPARE(codeOf(statement.bind(1, "x").bindNull(2).step()), SQLITE_MISUSE);
    QCOMPARE(codeOf(statement.run()), SQLITE_MISUSE);
    Connection connection;
    QCOMPARE(codeOf(connection.execute("SELECT 1")), SQLITE_MISUSE);
    QCOMPARE(codeOf(connection.integer("SELECT 1")), SQLITE_MISUSE);
    QVERIFY(!connection.hasTable("t"));
    QCOMPARE(codeOf(Transaction::begin(connection)), SQLITE_MISUSE);
}

void TestSqlite::badSqlIsAFailure()
{
    QCOMPARE(codeOf(m_connection.prepare("SELEKT 1")), SQLITE_ERROR);
    QCOMPARE(codeOf(m_connection.prepare("SELECT nothing FROM t")), SQLITE_ERROR);
    QCOMPARE(codeOf(m_connection.prepare("")), SQLITE_MISUSE);
    QCOMPARE(codeOf(m_connection.prepare("-- nothing")), SQLITE_MISUSE);
    QVERIFY(!m_connection.prepare("SELEKT 1").error().message.isEmpty());
    QVERIFY(m_connection.execute("CREATE UNIQUE INDEX u ON t(a); INSERT INTO t(a) VALUES(1)"));
    auto again = m_connection.prepare("INSERT INTO t(a) VALUES(1)");
    QVERIFY(again);
    QCOMPARE(again->run().error().code, SQLITE_CONSTRAINT_UNIQUE); // The extended code.
}

void TestSqlite::tablesAndColumns()
{
    QVERIFY(m_connection.execute("CREATE VIEW v AS SELECT a FROM t; CREATE TABLE \"odd'name\"(\"a b\")"));
    QVERIFY(m_connection.hasTable("t"));
    QVERIFY(m_connection.hasTable("T"));
    QVERIFY(m_connection.hasTable("v"));
    QVERIFY(m_connection.hasTable("odd'name"));
    QVERIFY(!m_connection.hasTable("x"));
    QVERIFY(!m_connection.hasTable(""));
    QVERIFY(m_connection.hasColumn("t", "A"));
    QVERIFY(m_connection.hasColumn("odd'name", "a b"));
    QVERIFY(!m_connection.hasColumn("t", "c"));
    QVERIFY(!m_connection.hasColumn("x", "a"));
}

void TestSqlite::transactions()
{
    const auto count = [this] { return m_connection.integer("SELECT count(*) FROM t").value_or(-1); };
    {
        auto undone = Transaction::begin(m_connection);
        QVERIFY(undone && m_connection.execute("INSERT INTO t(a) VALUES(1)"));
        QCOMPARE(codeOf(Transaction::begin(m_connection)), SQLITE_ERROR);
        QCOMPARE(count(), 1);
    }
    QCOMPARE(count(), 0);
    {
        auto kept = Transaction::begin(m_connection);
        QVERIFY(kept && m_connection.execute("INSERT INTO t(a) VALUES(1)"));
        Transaction moved = std::move(*kept);
        QVERIFY(moved.commit());
        QCOMPARE(codeOf(moved.commit()), SQLITE_MISUSE);
    }
    QCOMPARE(count(), 1);
}

void TestSqlite::newFileIsPrivate_data()
{
    QTest::addColumn<uint>("mask");
    QTest::newRow("open") << 0U;
    QTest::newRow("usual") << 022U;
    QTest::newRow("closed") << 0777U;
}

void TestSqlite::newFileIsPrivate()
{
    QFETCH(const uint, mask);
    const QString file = path(QStringLiteral("private.db"));
    const mode_t before = ::umask(mask);
    auto connection = Connection::open(file, Mode::ReadWrite);
    ::umask(before);
    QVERIFY(connection);
    QVERIFY(connection->execute("PRAGMA journal_mode=WAL; CREATE TABLE t(a); INSERT INTO t VALUES(1)"));
    QCOMPARE(permissionsOf(file), mode_t(0600));
    QCOMPARE(permissionsOf(file + QStringLiteral("-wal")), mode_t(0600));
    QCOMPARE(permissionsOf(file + QStringLiteral("-shm")), mode_t(0600));
}

void TestSqlite::existingFileKeepsContent()
{
    QVERIFY(m_connection.execute("INSERT INTO t(a) VALUES(41)"));
    auto again = Connection::open(path(), Mode::ReadWrite);
    QVERIFY(again);
    QCOMPARE(again->integer("SELECT a FROM t").value_or(0), 41);
    // Opening must not have dropped the locks that the first connection holds.
    auto transaction = Transaction::begin(m_connection);
    QVERIFY(transaction);
    auto third = Connection::open(path(), Mode::ReadWrite, 0);
    QVERIFY(third);
    QCOMPARE(codeOf(third->execute("INSERT INTO t(a) VALUES(1)")), SQLITE_BUSY);
}

void TestSqlite::readOnlyWritesNothing()
{
    auto reader = Connection::open(path(), Mode::ReadOnly);
    QVERIFY(reader);
    QCOMPARE(codeOf(reader->execute("INSERT INTO t(a) VALUES(1)")), SQLITE_READONLY);
    QCOMPARE(codeOf(reader->execute("PRAGMA user_version=9")), SQLITE_READONLY);
    QCOMPARE(codeOf(Transaction::begin(*reader)), SQLITE_READONLY);
    static_cast<void>(reader->execute("PRAGMA query_only=0"));
    QCOMPARE(codeOf(reader->execute("DROP TABLE t")), SQLITE_READONLY);
    QVERIFY(m_connection.hasTable("t"));
}

void TestSqlite::missingFile()
{
    const QString nowhere = path(QStringLiteral("none.db"));
    QCOMPARE(codeOf(Connection::open(nowhere, Mode::ReadOnly)), SQLITE_CANTOPEN);
    QVERIFY(!QFileInfo::exists(nowhere));
    QCOMPARE(codeOf(Connection::open(path(QStringLiteral("no/folder.db")), Mode::ReadWrite)),
             SQLITE_CANTOPEN);
    QCOMPARE(codeOf(Connection::open(m_folder->path(), Mode::ReadOnly)), SQLITE_CANTOPEN);
    QCOMPARE(codeOf(Connection::open(m_folder->path(), Mode::ReadWrite)), SQLITE_CANTOPEN);
    QCOMPARE(codeOf(Connection::open(QString(), Mode::ReadOnly)), SQLITE_CANTOPEN);
    QCOMPARE(codeOf(Connection::open(QString(), Mode::ReadWrite)), SQLITE_CANTOPEN);
}

void TestSqlite::oddPaths_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("query") << QStringLiteral("a?mode=memory&x=y.db");
    QTest::newRow("fragment") << QStringLiteral("a#b.db");
    QTest::newRow("percent") << QStringLiteral("100%20.db");
    QTest::newRow("space and quotes") << QStringLiteral("it's \"my\" file.db");
    QTest::newRow("unicode") << QStringLiteral("ü 日本.db");
    QTest::newRow("memory") << QStringLiteral(":memory:");
    QTest::newRow("newline") << QStringLiteral("a\nb.db");
}

void TestSqlite::oddPaths()
{
    QFETCH(const QString, name);
    {
        auto writer = Connection::open(path(name), Mode::ReadWrite);
        QVERIFY(writer && writer->execute("CREATE TABLE here(a)"));
    }
    QVERIFY(QFileInfo(path(name)).size() > 0);
    auto reader = Connection::open(path(name), Mode::ReadOnly);
    QVERIFY(reader && reader->hasTable("here"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 2); // This one and init()'s.
}

void TestSqlite::wayToTheFile()
{
    QVERIFY(Connection::open(u'/' + path(), Mode::ReadOnly));
    QVERIFY(Connection::open(m_folder->path() + QStringLiteral("//./x/../test.db"), Mode::ReadOnly));
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder->path()));
    auto relative = Connection::open(QStringLiteral("test.db"), Mode::ReadOnly);
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(relative && relative->hasTable("t"));
    QVERIFY(QFile::link(path(), path(QStringLiteral("link.db"))));
    auto linked = Connection::open(path(QStringLiteral("link.db")), Mode::ReadOnly);
    QVERIFY(linked && linked->hasTable("t"));
}

void TestSqlite::damagedFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("text") << QByteArray(5000, 'x') << SQLITE_NOTADB;
    QTest::newRow("header alone") << QByteArray("SQLite format 3\0", 16) << SQLITE_NOTADB;
    QTest::newRow("header and rubbish")
        << QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\xff') << SQLITE_NOTADB;
    QTest::newRow("empty") << QByteArray() << SQLITE_OK; // To SQLite, a database without tables.
}

void TestSqlite::damagedFiles()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, code);
    const QString file = path(QStringLiteral("damaged.db"));
    writeFile(file, bytes);
    QCOMPARE(codeOf(Connection::open(file, Mode::ReadOnly)), code);
    QFile after(file);
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), bytes);
}

void TestSqlite::lockedFile()
{
    QVERIFY(m_connection.execute("BEGIN EXCLUSIVE"));
    QCOMPARE(codeOf(Connection::open(path(), Mode::ReadOnly, 0)), SQLITE_BUSY);
    QVERIFY(m_connection.execute("COMMIT"));
    QVERIFY(Connection::open(path(), Mode::ReadOnly, 0));
}

void TestSqlite::statementOutlivesConnection()
{
    QVERIFY(m_connection.execute("INSERT INTO t(a) VALUES(5)"));
    auto row = m_connection.prepare("SELECT a FROM t");
    QVERIFY(row);
    m_connection = Connection();
    QVERIFY(row->step().value_or(false));
    QCOMPARE(row->integer(0), 5);
}

void TestSqlite::preparedAgainIsAsNew()
{
    const auto sql = "SELECT ?1, (SELECT count(*) FROM t)"sv;
    {
        auto first = m_connection.prepare(sql);
        QVERIFY(first && first->bind(1, "a key").step().value_or(false));
    }
    auto again = m_connection.prepare(sql);
    QVERIFY(again && again->step().value_or(false));
    QVERIFY(again->isNull(0));
    // Half way through, it does not keep others from the same.
    auto other = m_connection.prepare(sql);
    QVERIFY(other && other->bind(1, std::int64_t{7}).step().value_or(false));
    QCOMPARE(other->integer(0), 7);
    QVERIFY(again->isNull(0));
    // What ended in a failure can be used again, and a changed schema is seen.
    *again = Statement();
    *other = Statement();
    QVERIFY(!m_connection.prepare("INSERT INTO t VALUES(abs(?1), 1)")
                 ->bind(1, std::numeric_limits<std::int64_t>::min())
                 .step());
    QVERIFY(m_connection.prepare("INSERT INTO t VALUES(abs(?1), 1)")->bind(1, std::int64_t{-3}).run());
    QVERIFY(m_connection.prepare("SELECT a FROM t")->step().value_or(false));
    QVERIFY(m_connection.execute("DROP TABLE t; CREATE TABLE t(b, a)"));
    QVERIFY(m_connection.execute("INSERT INTO t VALUES('b', 'a')"));
    auto row = m_connection.prepare("SELECT a FROM t");
    QVERIFY(row && row->step().value_or(false));
    QCOMPARE(row->string(0), QStringLiteral("a"));
}

void TestSqlite::seesOthersCommit()
{
    auto reader = Connection::open(path(), Mode::ReadOnly);
    QVERIFY(reader);
    const auto before = reader->integer("PRAGMA data_version").value_or(-1);
    QCOMPARE(reader->integer("PRAGMA data_version").value_or(-1), before);
    QVERIFY(m_connection.execute("INSERT INTO t(a) VALUES(1)"));
    QVERIFY(reader->integer("PRAGMA data_version").value_or(-1) != before);
}

QTEST_GUILESS_MAIN(TestSqlite)
#include "test_sqlite.moc"
