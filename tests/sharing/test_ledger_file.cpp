// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/ledger_schema.h"
#include "sharing/link_ledger.h"

#include "sharing/sharing_samples.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <string>
#include <vector>

#include <sys/stat.h>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;

namespace {

constexpr int linksPerWriter = 40;

Secret masterKey()
{
    return Secret(std::string(32, 'm'));
}

//! \brief What a second Sharelock does: opens, perhaps creates, the ledger, and writes links with their keys.
int writeLinks(const QString& path, const QString& name)
{
    auto ledger = LinkLedger::open(path);
    if (!ledger)
        return 2;
    const KeyVault vault(masterKey());
    for (int i = 0; i < linksPerWriter; ++i) {
        const Link link = samples::link(QStringLiteral("%1-%2").arg(name).arg(i));
        const auto sealed = vault.seal(link.id, Secret(std::string_view("key")));
        if (!sealed || !(*ledger)->saveWithKey(link, *sealed) || !(*ledger)->append(Receipt{}))
            return 3;
    }
    QFile out;
    const bool told = out.open(stdout, QIODevice::WriteOnly) && out.write((*ledger)->ledgerId().toUtf8()) > 0;
    return told ? 0 : 4;
}

//! \brief Ends without any clean-up as soon as a key is reported to be safe.
int writeAndDie(const QString& path)
{
    auto ledger = LinkLedger::open(path);
    const Link link = samples::link(QStringLiteral("last"));
    const auto sealed = KeyVault(masterKey()).seal(link.id, Secret(std::string_view("key")));
    if (!ledger || !sealed || !(*ledger)->saveWithKey(link, *sealed))
        return 2;
    return std::raise(SIGKILL);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

mode_t modeOf(const QString& path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777U : 0U;
}

} // namespace

class TestLedgerFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isPrivate();
    void isDurable();
    void leavesOtherFilesAlone_data();
    void leavesOtherFilesAlone();
    void leavesANewerLedgerAlone();
    void readsAnEmptyFileAsNew();
    void survivesDamage();
    void refusesAFolderInItsPlace();
    void tellsAFullDisk();
    void severalProcessesCreateAndWriteIt();
    void keepsTheKeyOfAKilledProcess();

private:
    [[nodiscard]] QString path() const
    {
        return m_folder->filePath(QStringLiteral("data/sharelock/ledger.db"));
    }
    void put(const QByteArray& bytes) const;
    void makeLedger(int links) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLedgerFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestLedgerFile::put(const QByteArray& bytes) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestLedgerFile::makeLedger(int links) const
{
    auto ledger = LinkLedger::open(path());
    QVERIFY(ledger.has_value());
    for (int i = 0; i < links; ++i)
        QVERIFY((*ledger)->save(samples::link(QStringLiteral("id%1").arg(i))).has_value());
}

void TestLedgerFile::isPrivate()
{
    const mode_t before = ::umask(0);
    auto ledger = LinkLedger::open(path());
    ::umask(before);
    QVERIFY(ledger.has_value());
    QVERIFY((*ledger)->save(samples::link(QStringLiteral("one"))).has_value());
    QCOMPARE(modeOf(path()), mode_t{0600});
    QCOMPARE(modeOf(path() + QStringLiteral("-wal")), mode_t{0600});
    QCOMPARE(modeOf(path() + QStringLiteral("-shm")), mode_t{0600});
    QCOMPARE(modeOf(QFileInfo(path()).path()), mode_t{0700});
    QCOMPARE(modeOf(m_folder->filePath(QStringLiteral("data"))), mode_t{0700});

    // A copy restored from a backup may have come with a wider mode.
    ledger->reset();
    QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0644), 0);
    QVERIFY(LinkLedger::open(path()).has_value());
    QCOMPARE(modeOf(path()), mode_t{0600});
}

void TestLedgerFile::isDurable()
{
    auto db = openLedgerFile(path());
    QVERIFY(db.has_value());
    auto mode = db->prepare("PRAGMA journal_mode");
    QVERIFY(mode && mode->step().value());
    QCOMPARE(mode->string(0), QStringLiteral("wal"));
    QCOMPARE(db->integer("PRAGMA synchronous").value(), 2);
    QCOMPARE(db->integer("PRAGMA foreign_keys").value(), 1);
    QCOMPARE(db->integer("PRAGMA user_version").value(), ledgerVersion());
}

void TestLedgerFile::leavesOtherFilesAlone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("This is no database.\n");
    QTest::newRow("long text") << QByteArray(100'000, 't');
    QTest::newRow("header only") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("header and rubbish") << QByteArray("SQLite format 3\0", 16) + QByteArray(8000, '\xee');
    QTest::newRow("zeros") << QByteArray(8192, '\0');

    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("other.db"));
    {
        auto db = sqlite::Connection::open(file, sqlite::Mode::ReadWrite);
        QVERIFY(db && db->execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)"));
    }
    QTest::newRow("another program's database") << contentOf(file);
    {
        auto db = sqlite::Connection::open(file, sqlite::Mode::ReadWrite);
        QVERIFY(db && db->execute("PRAGMA user_version = 1"));
    }
    QTest::newRow("another program's database, with a version") << contentOf(file);
    {
        auto db = sqlite::Connection::open(file, sqlite::Mode::ReadWrite);
        QVERIFY(db && db->execute("PRAGMA user_version = 99; PRAGMA application_id = 7"));
    }
    QTest::newRow("another program's database, newer") << contentOf(file);
}

void TestLedgerFile::leavesOtherFilesAlone()
{
    QFETCH(QByteArray, bytes);
    put(bytes);
    const auto ledger = LinkLedger::open(path());
    QVERIFY(errorOf(ledger) == ErrorCode::LedgerUnreadable);
    QCOMPARE(ledger.error().subject, path());
    QVERIFY(contentOf(path()) == bytes);
    QCOMPARE(QDir(QFileInfo(path()).path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestLedgerFile::leavesANewerLedgerAlone()
{
    makeLedger(3);
    {
        auto db = sqlite::Connection::open(path(), sqlite::Mode::ReadWrite);
        QVERIFY(db && db->execute("PRAGMA user_version = 1000; PRAGMA wal_checkpoint(TRUNCATE)"));
    }
    const QByteArray before = contentOf(path());
    const auto ledger = LinkLedger::open(path());
    QVERIFY(errorOf(ledger) == ErrorCode::LedgerNewer);
    QCOMPARE(ledger.error().subject, path());
    QVERIFY(contentOf(path()) == before);
}

void TestLedgerFile::readsAnEmptyFileAsNew()
{
    put({});
    const auto ledger = LinkLedger::open(path());
    QVERIFY(ledger.has_value());
    QVERIFY((*ledger)->links().value().empty());
}

void TestLedgerFile::survivesDamage()
{
    makeLedger(200);
    const QByteArray whole = contentOf(path());
    QVERIFY(whole.size() > 20'000);

    put(whole.left(whole.size() / 2));
    QVERIFY(errorOf(LinkLedger::open(path())) == ErrorCode::LedgerUnreadable);
    QVERIFY(contentOf(path()) == whole.left(whole.size() / 2));

    int refused = 0;
    for (qsizetype at = 0; at + 512 <= whole.size(); at += 1024) {
        QByteArray damaged = whole;
        damaged.replace(at, 512, QByteArray(512, '\xa5'));
        put(damaged);
        const auto ledger = LinkLedger::open(path());
        const auto links = ledger ? (*ledger)->links() : tl::make_unexpected(ledger.error());
        if (links)
            continue;
        ++refused;
        QVERIFY(errorOf(links) == ErrorCode::LedgerUnreadable);
    }
    QVERIFY(refused > 0);
}

void TestLedgerFile::refusesAFolderInItsPlace()
{
    QVERIFY(QDir().mkpath(path()));
    QVERIFY(errorOf(LinkLedger::open(path())) == ErrorCode::LedgerUnreadable);
    QFile inTheWay(m_folder->filePath(QStringLiteral("file")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    QVERIFY(errorOf(LinkLedger::open(inTheWay.fileName() + QStringLiteral("/ledger.db"))) ==
            ErrorCode::LedgerUnreadable);
}

void TestLedgerFile::tellsAFullDisk()
{
    auto db = openLedgerFile(path());
    QVERIFY(db.has_value());
    QVERIFY(db->integer("PRAGMA max_page_count = 30").has_value());
    const auto filled = db->execute("INSERT INTO setting VALUES ('large', hex(zeroblob(1000000)))");
    QVERIFY(!filled);
    const Error error = ledgerFailure(filled.error(), path()).value();
    QVERIFY(error.code == ErrorCode::DiskFull);
    QCOMPARE(error.subject, path());
    QVERIFY(LinkLedger::open(path()).value()->setting(QStringLiteral("large")).value().isEmpty());
}

void TestLedgerFile::severalProcessesCreateAndWriteIt()
{
    constexpr int writers = 6;
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int i = 0; i < writers; ++i) {
        auto process = std::make_unique<QProcess>();
        process->start(QCoreApplication::applicationFilePath(),
                       {QStringLiteral("--write"), path(), QStringLiteral("writer%1").arg(i)});
        processes.push_back(std::move(process));
    }
    QSet<QByteArray> names;
    for (const auto& process : processes) {
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(process->exitCode(), 0);
        names.insert(process->readAllStandardOutput());
    }
    const auto ledger = LinkLedger::open(path());
    QVERIFY(ledger.has_value());
    QCOMPARE(names, QSet<QByteArray>{(*ledger)->ledgerId().toUtf8()});
    const auto links = (*ledger)->links().value();
    QCOMPARE(links.size(), std::size_t{writers * linksPerWriter});
    const KeyVault vault(masterKey());
    for (const Link& link : links)
        QVERIFY(vault.open(link.id, (*ledger)->sealedKey(link.id).value().value()).has_value());
    QCOMPARE((*ledger)->receipts().value().size(), links.size());
}

void TestLedgerFile::keepsTheKeyOfAKilledProcess()
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--die"), path()});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    const auto ledger = LinkLedger::open(path());
    QVERIFY(ledger.has_value());
    const auto id = samples::linkId(QStringLiteral("last"));
    QVERIFY(KeyVault(masterKey()).open(id, (*ledger)->sealedKey(id).value().value()).has_value());
}

int main(int count, char** arguments)
{
    QCoreApplication application(count, arguments);
    const QStringList words = application.arguments();
    if (words.value(1) == QLatin1String("--write"))
        return writeLinks(words.value(2), words.value(3));
    if (words.value(1) == QLatin1String("--die"))
        return writeAndDie(words.value(2));
    TestLedgerFile test;
    return QTest::qExec(&test, count, arguments);
}

#include "test_ledger_file.moc"
