// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/keyring_rig.h"
#include "sharing/sharing_samples.h"

#include <QDir>
#include <QProcess>
#include <QTest>

#include <string>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;

class TestKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyBeforeTheFirstWrite();
    void givesBackWhatWasWritten();
    void tellsAccountsApart();
    void erases();
    void entryDeletedBehindOurBackIsEmpty();
    void refusesAnEntryThatIsNoMasterKey();
    void refusesToWriteKeysOfWrongSize();
    void manyRequestsAtOnce();
    void leavesNoKeyInPlainFiles();
};

namespace {

//! \brief A program of the desktop that reads and edits the keyring.
bool secretTool(const QStringList& words, const QByteArray& input = {})
{
    QProcess tool;
    tool.start(QStringLiteral("secret-tool"), words);
    tool.write(input);
    tool.closeWriteChannel();
    return tool.waitForFinished() && tool.exitCode() == 0;
}

} // namespace

void TestKeychain::emptyBeforeTheFirstWrite()
{
    const auto store = keychainStore(QStringLiteral("first"));
    const auto key = keyring::read(*store);
    QVERIFY(key && key->isEmpty());
}

void TestKeychain::givesBackWhatWasWritten()
{
    const auto store = keychainStore(QStringLiteral("bytes"));
    for (int start = 0; start < 256; start += 32) {
        std::string bytes;
        for (int i = 0; i < 32; ++i)
            bytes.push_back(static_cast<char>(start + i));
        QVERIFY(keyring::write(*store, Secret(bytes)).has_value());
        const auto again = keychainStore(QStringLiteral("bytes"));
        const auto key = keyring::read(*again);
        QVERIFY(key && *key == Secret(bytes));
    }
}

void TestKeychain::tellsAccountsApart()
{
    const auto one = keychainStore(QStringLiteral("one"));
    const auto two = keychainStore(QStringLiteral("two"));
    const Secret key = KeyVault::freshMasterKey();
    QVERIFY(keyring::write(*one, key).has_value());
    QVERIFY(keyring::read(*two).value().isEmpty());
    QVERIFY(keyring::write(*two, KeyVault::freshMasterKey()).has_value());
    QVERIFY(keyring::read(*one).value() == key);
}

void TestKeychain::erases()
{
    const auto store = keychainStore(QStringLiteral("erased"));
    QVERIFY(keyring::erase(*store).has_value());
    QVERIFY(keyring::write(*store, KeyVault::freshMasterKey()).has_value());
    QVERIFY(keyring::erase(*store).has_value());
    QVERIFY(keyring::read(*store).value().isEmpty());
}

void TestKeychain::entryDeletedBehindOurBackIsEmpty()
{
    const auto store = keychainStore(QStringLiteral("deleted"));
    QVERIFY(keyring::write(*store, KeyVault::freshMasterKey()).has_value());
    QVERIFY(secretTool({QStringLiteral("clear"), QStringLiteral("user"), QStringLiteral("deleted"),
                        QStringLiteral("server"), QStringLiteral("sharelock")}));
    const auto key = keyring::read(*store);
    QVERIFY(key && key->isEmpty());
}

void TestKeychain::refusesAnEntryThatIsNoMasterKey()
{
    const auto store = keychainStore(QStringLiteral("foreign"));
    QVERIFY(secretTool({QStringLiteral("store"), QStringLiteral("--label=x"), QStringLiteral("xdg:schema"),
                        QStringLiteral("org.qt.keychain"), QStringLiteral("user"), QStringLiteral("foreign"),
                        QStringLiteral("server"), QStringLiteral("sharelock"), QStringLiteral("type"),
                        QStringLiteral("base64")},
                       "not a key of ours"));
    QVERIFY(errorOf(keyring::read(*store)) == ErrorCode::MasterKeyWrong);
}

void TestKeychain::refusesToWriteKeysOfWrongSize()
{
    const auto store = keychainStore(QStringLiteral("sizes"));
    for (const std::size_t size : {0U, 31U, 33U})
        QVERIFY(errorOf(keyring::write(*store, Secret(std::string(size, 'k')))) == ErrorCode::Internal);
    QVERIFY(keyring::read(*store).value().isEmpty());
}

void TestKeychain::manyRequestsAtOnce()
{
    const Secret key = KeyVault::freshMasterKey();
    const auto store = keychainStore(QStringLiteral("many"));
    QVERIFY(keyring::write(*store, key).has_value());
    std::vector<QCoro::Task<Expected<Secret>>> reads;
    for (int i = 0; i < 20; ++i)
        reads.push_back(store->read());
    for (auto& read : reads)
        QVERIFY(QCoro::waitFor(std::move(read)).value() == key);
}

void TestKeychain::leavesNoKeyInPlainFiles()
{
    const auto store = keychainStore(QStringLiteral("files"));
    QVERIFY(keyring::write(*store, Secret(std::string(32, 'Q'))).has_value());
    // Where QtKeychain's insecure fallback would have put it.
    const QDir config(QDir::homePath() + QStringLiteral("/.config"));
    QVERIFY(config.entryList(QDir::Files, QDir::NoSort).isEmpty());
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "test_keychain.moc"
