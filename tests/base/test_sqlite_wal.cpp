// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/sqlite.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <array>

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace sharelock::sqlite;

namespace {

struct Trace
{
    QByteArray bytes;
    timespec written{};

    bool operator==(const Trace& other) const
    {
        return bytes == other.bytes && written.tv_sec == other.written.tv_sec &&
               written.tv_nsec == other.written.tv_nsec;
    }
};

Trace traceOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    struct stat status = {};
    ::fstat(file.handle(), &status);
    return {file.readAll(), status.st_mtim};
}

// Long ago, so that any write shows.
void age(const QString& path)
{
    const timespec longAgo = {1'000'000'000, 123'456'789};
    const timespec times[2] = {longAgo, longAgo};
    ::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times, 0);
}

// Root may write everywhere; a test of what others may do has to give that up for a moment. Only that: what
// root owns stays readable for it, wherever the temporary folder is.
class AsOrdinaryUser
{
public:
    AsOrdinaryUser()
    {
        if (!call(SYS_capget, m_was))
            qFatal("capget");
        auto without = m_was;
        for (const unsigned capability : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH})
            without[CAP_TO_INDEX(capability)].effective &= ~CAP_TO_MASK(capability);
        if (!call(SYS_capset, without))
            qFatal("capset");
    }
    ~AsOrdinaryUser()
    {
        if (!call(SYS_capset, m_was))
            qFatal("can't become root again");
    }
    AsOrdinaryUser(const AsOrdinaryUser&) = delete;
    AsOrdinaryUser& operator=(const AsOrdinaryUser&) = delete;

private:
    using Capabilities = std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3>;
    // Of this thread.
    static bool call(long number, Capabilities& capabilities)
    {
        __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
        return ::syscall(number, &header, capabilities.data()) == 0;
    }

    Capabilities m_was = {};
};

} // namespace

class TestSqliteWal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void readingLeavesNoTrace_data();
    void readingLeavesNoTrace();
    void readingBesideAWriter();
    void readOnlyFolderWithoutWal();
    void readOnlyFolderWithWal();
    void damagedWal_data();
    void damagedWal();

private:
    // Copies what a process that was killed would leave: the main file with 1 row, 2 more in the -wal.
    void leaveBehind(bool withWal, bool withShm);
    [[nodiscard]] QString left(const char* suffix = "") const
    {
        return m_folder->filePath(QStringLiteral("left/o.db") + QString::fromLatin1(suffix));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Connection m_writer;
};

void TestSqliteWal::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("left")));
    auto opened = Connection::open(m_folder->filePath(QStringLiteral("o.db")), Mode::ReadWrite);
    QVERIFY(opened);
    m_writer = std::move(*opened);
    QVERIFY(
        m_writer.execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
                         "CREATE TABLE t(a); INSERT INTO t VALUES('main'); PRAGMA wal_checkpoint(TRUNCATE);"
                         "INSERT INTO t VALUES('wal 1'), ('wal 2')"));
}

void TestSqliteWal::cleanup()
{
    ::chmod(QFile::encodeName(m_folder->filePath(QStringLiteral("left"))).constData(), 0700);
    m_writer = Connection();
}

void TestSqliteWal::leaveBehind(bool withWal, bool withShm)
{
    const auto copy = [this](const char* suffix) {
        const QString from = m_folder->filePath(QStringLiteral("o.db") + QString::fromLatin1(suffix));
        QVERIFY(QFile::copy(from, left(suffix)));
        age(left(suffix));
    };
    copy("");
    if (withWal)
        copy("-wal");
    if (withShm)
        copy("-shm");
}

void TestSqliteWal::readingLeavesNoTrace_data()
{
    QTest::addColumn<bool>("withShm");
    QTest::newRow("killed") << true;
    QTest::newRow("copied") << false;
}

void TestSqliteWal::readingLeavesNoTrace()
{
    QFETCH(const bool, withShm);
    leaveBehind(true, withShm);
    const Trace file = traceOf(left());
    const Trace wal = traceOf(left("-wal"));
    QVERIFY(wal.bytes.size() > 4096);
    for (int i = 0; i < 2; ++i) {
        auto reader = Connection::open(left(), Mode::ReadOnly);
        QVERIFY(reader);
        QCOMPARE(reader->integer("SELECT count(*) FROM t").value_or(0), 3);
        QCOMPARE(reader->integer("SELECT count(*) FROM t WHERE a LIKE 'wal%'").value_or(0), 2);
        static_cast<void>(reader->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
        static_cast<void>(reader->execute("PRAGMA journal_mode=DELETE"));
    }
    QVERIFY(traceOf(left()) == file);
    QVERIFY(traceOf(left("-wal")) == wal);
}

void TestSqliteWal::readingBesideAWriter()
{
    auto reader = Connection::open(m_folder->filePath(QStringLiteral("o.db")), Mode::ReadOnly);
    QVERIFY(reader);
    QCOMPARE(reader->integer("SELECT count(*) FROM t").value_or(0), 3);
    const auto version = reader->integer("PRAGMA data_version").value_or(-1);
    QVERIFY(m_writer.execute("INSERT INTO t VALUES('wal 3')"));
    QVERIFY(reader->integer("PRAGMA data_version").value_or(-1) != version);
    QCOMPARE(reader->integer("SELECT count(*) FROM t").value_or(0), 4);
    // A reader never stands in a writer's way, not even in the middle of a row.
    auto rows = reader->prepare("SELECT a FROM t");
    QVERIFY(rows && rows->step().value_or(false));
    QVERIFY(m_writer.execute("INSERT INTO t VALUES('wal 4')"));
}

void TestSqliteWal::readOnlyFolderWithoutWal()
{
    QVERIFY(m_writer.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    leaveBehind(false, false);
    ::chmod(QFile::encodeName(m_folder->filePath(QStringLiteral("left"))).constData(), 0555);
    ::chmod(QFile::encodeName(left()).constData(), 0444);
    const Trace file = traceOf(left());
    {
        const AsOrdinaryUser user;
        QVERIFY(!QFile(left("-other")).open(QIODevice::WriteOnly));
        auto reader = Connection::open(left(), Mode::ReadOnly);
        QVERIFY2(reader, reader ? "" : qPrintable(reader.error().message));
        QCOMPARE(reader->integer("SELECT count(*) FROM t").value_or(0), 3);
    }
    QVERIFY(traceOf(left()) == file);
    QVERIFY(!QFileInfo::exists(left("-wal")));
    QVERIFY(!QFileInfo::exists(left("-shm")));
}

void TestSqliteWal::readOnlyFolderWithWal()
{
    // The file alone would be an old state; better no answer than a wrong one.
    leaveBehind(true, false);
    ::chmod(QFile::encodeName(m_folder->filePath(QStringLiteral("left"))).constData(), 0555);
    ::chmod(QFile::encodeName(left()).constData(), 0444);
    ::chmod(QFile::encodeName(left("-wal")).constData(), 0444);
    const AsOrdinaryUser user;
    QVERIFY(!QFile(left("-other")).open(QIODevice::WriteOnly));
    const auto reader = Connection::open(left(), Mode::ReadOnly);
    QVERIFY(!reader);
    const int code = reader.error().code & 0xff;
    QVERIFY2(code == SQLITE_CANTOPEN || code == SQLITE_READONLY, qPrintable(reader.error().message));
}

void TestSqliteWal::damagedWal_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("rubbish") << QByteArray(10'000, '\xaa');
    QTest::newRow("short") << QByteArray("\x37\x7f\x06\x82", 4);
}

void TestSqliteWal::damagedWal()
{
    QFETCH(const QByteArray, bytes);
    leaveBehind(false, false);
    QFile wal(left("-wal"));
    QVERIFY(wal.open(QIODevice::WriteOnly));
    QCOMPARE(wal.write(bytes), bytes.size());
    wal.close();
    age(left("-wal"));
    const Trace before = traceOf(left("-wal"));
    {
        auto reader = Connection::open(left(), Mode::ReadOnly);
        QVERIFY(reader);
        QCOMPARE(reader->integer("SELECT count(*) FROM t").value_or(0), 1);
    }
    QVERIFY(traceOf(left("-wal")) == before);
}

QTEST_GUILESS_MAIN(TestSqliteWal)
#include "test_sqlite_wal.moc"
