// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/key_vault.h"

#include "sharing/sharing_samples.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <string>

#include <sys/stat.h>
#include <unistd.h>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;

class TestFileStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void emptyBeforeTheFirstWrite();
    void givesBackWhatWasWritten();
    void fileIsTheOwnersAlone();
    void replacesAnOlderKey();
    void removesWhatAKilledRunLeft();
    void erases();
    void refusesBrokenFiles_data();
    void refusesBrokenFiles();
    void refusesLinksAndPipes();
    void refusesTheFileOfSomebodyElse();
    void refusesKeysOfWrongSize();
    void reportsAFolderThatCantBeMade();

private:
    [[nodiscard]] QString folder() const { return m_home->filePath(QStringLiteral("data/sharelock")); }
    [[nodiscard]] QString path() const { return folder() + QStringLiteral("/vault.key"); }
    [[nodiscard]] Expected<Secret> read() const { return QCoro::waitFor(fileStore(folder())->read()); }
    [[nodiscard]] Expected<void> write(const Secret& key) const
    {
        return QCoro::waitFor(fileStore(folder())->write(key));
    }
    void put(const QByteArray& bytes, mode_t mode) const;

    std::unique_ptr<QTemporaryDir> m_home;
};

namespace {
mode_t modeOf(const QString& path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777U : 0U;
}
} // namespace

void TestFileStore::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(m_home->isValid());
}

void TestFileStore::put(const QByteArray& bytes, mode_t mode) const
{
    QVERIFY(QDir().mkpath(folder()));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    QCOMPARE(::chmod(QFile::encodeName(path()).constData(), mode), 0);
}

void TestFileStore::emptyBeforeTheFirstWrite()
{
    const auto key = read();
    QVERIFY(key && key->isEmpty());
    QVERIFY(!QFileInfo::exists(folder())); // Reading makes nothing.
}

void TestFileStore::givesBackWhatWasWritten()
{
    // Every byte value, so that nothing is taken for text.
    for (int start = 0; start < 256; start += 32) {
        std::string bytes;
        for (int i = 0; i < 32; ++i)
            bytes.push_back(static_cast<char>(start + i));
        QVERIFY(write(Secret(bytes)).has_value());
        const auto key = read();
        QVERIFY(key && *key == Secret(bytes));
    }
}

void TestFileStore::fileIsTheOwnersAlone()
{
    const mode_t before = ::umask(0);
    const auto written = write(KeyVault::freshMasterKey());
    ::umask(before);
    QVERIFY(written.has_value());
    QCOMPARE(modeOf(path()), mode_t{0600});
    QCOMPARE(modeOf(folder()), mode_t{0700});
    QCOMPARE(QDir(folder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("vault.key")});
}

void TestFileStore::replacesAnOlderKey()
{
    const Secret second = KeyVault::freshMasterKey();
    QVERIFY(write(KeyVault::freshMasterKey()).has_value());
    QVERIFY(write(second).has_value());
    const auto key = read();
    QVERIFY(key && *key == second);
}

void TestFileStore::removesWhatAKilledRunLeft()
{
    QVERIFY(QDir().mkpath(folder()));
    QFile left(path() + QStringLiteral(".new"));
    QVERIFY(left.open(QIODevice::WriteOnly));
    QCOMPARE(left.write("half"), 4);
    left.close();
    const auto before = read();
    QVERIFY(before && before->isEmpty());
    const Secret master = KeyVault::freshMasterKey();
    QVERIFY(write(master).has_value());
    const auto key = read();
    QVERIFY(key && *key == master);
    QVERIFY(!left.exists());
}

void TestFileStore::erases()
{
    QVERIFY(QCoro::waitFor(fileStore(folder())->erase()).has_value());
    QVERIFY(write(KeyVault::freshMasterKey()).has_value());
    QVERIFY(QCoro::waitFor(fileStore(folder())->erase()).has_value());
    QVERIFY(!QFileInfo::exists(path()));
    QVERIFY(QCoro::waitFor(fileStore(folder())->erase()).has_value());
}

void TestFileStore::refusesBrokenFiles_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("mode");
    QTest::newRow("empty") << 0 << 0600;
    QTest::newRow("truncated") << 31 << 0600;
    QTest::newRow("with a line break") << 33 << 0600;
    QTest::newRow("huge") << 5'000'000 << 0600;
    QTest::newRow("group may read") << 32 << 0640;
    QTest::newRow("group may write") << 32 << 0620;
    QTest::newRow("all may read") << 32 << 0644;
    QTest::newRow("all may run") << 32 << 0601;
}

void TestFileStore::refusesBrokenFiles()
{
    QFETCH(int, size);
    QFETCH(int, mode);
    const QByteArray bytes(size, 'k');
    put(bytes, static_cast<mode_t>(mode));
    const auto key = read();
    QVERIFY(errorOf(key) == ErrorCode::VaultFileBroken);
    QCOMPARE(key.error().subject, path());

    // It may still hold the only key there is: nothing overwrites it.
    QVERIFY(errorOf(write(KeyVault::freshMasterKey())) == ErrorCode::VaultFileBroken);
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll() == bytes);
}

void TestFileStore::refusesLinksAndPipes()
{
    const QString real = m_home->filePath(QStringLiteral("real.key"));
    put(QByteArray(32, 'k'), 0600);
    QVERIFY(QFile::rename(path(), real));
    QVERIFY(QFile::link(real, path()));
    QVERIFY(errorOf(read()) == ErrorCode::VaultFileBroken);
    QVERIFY(errorOf(write(KeyVault::freshMasterKey())) == ErrorCode::VaultFileBroken);
    QVERIFY(QFile::remove(path()));

    QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
    QVERIFY(errorOf(read()) == ErrorCode::VaultFileBroken);
    QVERIFY(QFile::remove(path()));

    QVERIFY(QDir().mkpath(path()));
    QVERIFY(errorOf(read()) == ErrorCode::VaultFileBroken);
    QVERIFY(errorOf(write(KeyVault::freshMasterKey())) == ErrorCode::VaultFileBroken);
}

void TestFileStore::refusesTheFileOfSomebodyElse()
{
    if (::geteuid() != 0)
        QSKIP("only root can give a file away");
    put(QByteArray(32, 'k'), 0600);
    QCOMPARE(::chown(QFile::encodeName(path()).constData(), 12345, 12345), 0);
    QVERIFY(errorOf(read()) == ErrorCode::VaultFileBroken);
}

void TestFileStore::refusesKeysOfWrongSize()
{
    QVERIFY(errorOf(write(Secret())) == ErrorCode::Internal);
    QVERIFY(errorOf(write(Secret(std::string(31, 'k')))) == ErrorCode::Internal);
    QVERIFY(!QFileInfo::exists(path()));
}

void TestFileStore::reportsAFolderThatCantBeMade()
{
    QFile inTheWay(m_home->filePath(QStringLiteral("data")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    QVERIFY(errorOf(write(KeyVault::freshMasterKey())) == ErrorCode::FileFailed);
    QVERIFY(!read());
}

QTEST_GUILESS_MAIN(TestFileStore)
#include "test_file_store.moc"
