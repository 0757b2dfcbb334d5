// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "keyring_rig.h"
#include "sharing_world.h"

#include "sharing/opencode_password.h"
#include "sharing/vault_keeper.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using namespace sharelock::test;

namespace {

const LinkId linkOfAda{QUrl(QStringLiteral("https://share.example")), QStringLiteral("GhIjKlM1")};

VaultReport open(VaultKeeper& keeper, bool again = false)
{
    return QCoro::waitFor(keeper.open(again));
}

//! \brief Seals a link's key, as an intake does.
void addLink(LinkLedger& ledger, const KeyVault& vault)
{
    Link link;
    link.id = linkOfAda;
    const auto sealed = vault.seal(link.id, Secret("the-key-of-the-link"));
    QVERIFY(sealed);
    QVERIFY(ledger.saveWithKey(link, *sealed));
}

bool opensLink(const LinkLedger& ledger, const KeyVault& vault)
{
    const auto sealed = ledger.sealedKey(linkOfAda);
    if (!sealed || !*sealed)
        return false;
    const auto key = vault.open(linkOfAda, **sealed);
    return key && *key == Secret("the-key-of-the-link");
}

} // namespace

//! \brief Against a real, unlocked gnome-keyring.
class TestVaultKeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstUse_data();
    void firstUse();
    void twoAtOnceMakeOneKey();
    void unrecordedKeyIsAdopted();
    void emptied();
    void wrong();
    void brokenFile();
    void moves_data();
    void moves();
    void failedMoveChangesNothing();
    void movesAwayFromBrokenStore();
    void explicitChoiceMovesKeys();
    void explicitChoiceWithoutKeysSwitches();
    void explicitChoiceKeepsKeysThatCannotMove();
    void movedByAnotherProcess();
};

void TestVaultKeeper::firstUse_data()
{
    QTest::addColumn<VaultKind>("kind");
    QTest::newRow("keychain") << VaultKind::Keychain;
    QTest::newRow("file") << VaultKind::File;
}

void TestVaultKeeper::firstUse()
{
    QFETCH(VaultKind, kind);
    SharingWorld world;
    {
        VaultKeeper keeper(*world.ledger, world.folder.path(), kind);
        QCOMPARE(keeper.report().status, VaultStatus::NotAsked);
        QVERIFY(!keeper.vault().isOpen());
        const VaultReport report = open(keeper);
        QCOMPARE(report.status, VaultStatus::Open);
        QCOMPARE(report.kind, kind);
        QVERIFY(keeper.isCurrent());
        addLink(*world.ledger, keeper.vault());
    }
    QCOMPARE(QFile::exists(world.folder.filePath(QStringLiteral("vault.key"))), kind == VaultKind::File);
    // Later runs need not be told which one it was.
    VaultKeeper keeper(*world.ledger, world.folder.path(), std::nullopt);
    const VaultReport report = open(keeper);
    QCOMPARE(report.status, VaultStatus::Open);
    QCOMPARE(report.kind, kind);
    QVERIFY(opensLink(*world.ledger, keeper.vault()));
}

void TestVaultKeeper::twoAtOnceMakeOneKey()
{
    SharingWorld world;
    const auto otherLedger = world.anotherLedger();
    VaultKeeper first(*world.ledger, world.folder.path(), VaultKind::Keychain);
    VaultKeeper second(*otherLedger, world.folder.path(), VaultKind::Keychain);
    auto opening = first.open(false);
    auto openingToo = second.open(false);
    auto openingAgain = first.open(false);
    QCOMPARE(QCoro::waitFor(opening).status, VaultStatus::Open);
    QCOMPARE(QCoro::waitFor(openingToo).status, VaultStatus::Open);
    QCOMPARE(QCoro::waitFor(openingAgain).status, VaultStatus::Open);
    addLink(*world.ledger, first.vault());
    QVERIFY(opensLink(*world.ledger, second.vault()));
}

void TestVaultKeeper::unrecordedKeyIsAdopted()
{
    SharingWorld world;
    // Killed after the key was stored, before the ledger said so.
    const auto store = fileStore(world.folder.path());
    QVERIFY(keyring::write(*store, KeyVault::freshMasterKey()));
    VaultKeeper keeper(*world.ledger, world.folder.path(), VaultKind::File);
    QCOMPARE(open(keeper).status, VaultStatus::Open);
}

void TestVaultKeeper::emptied()
{
    SharingWorld world;
    {
        VaultKeeper keeper(*world.ledger, world.folder.path(), std::nullopt);
        QCOMPARE(open(keeper).status, VaultStatus::Open);
        addLink(*world.ledger, keeper.vault());
    }
    const auto store = keychainStore(world.ledger->ledgerId());
    QVERIFY(keyring::erase(*store));
    VaultKeeper keeper(*world.ledger, world.folder.path(), std::nullopt);
    const VaultReport report = open(keeper);
    QCOMPARE(report.status, VaultStatus::Emptied);
    QCOMPARE(report.error.code, ErrorCode::KeyringEmptied);
    QVERIFY(!keeper.vault().isOpen());
    // Never a new master key while there are keys that the old one sealed: it may come back.
    QVERIFY(keyring::read(*store)->isEmpty());
}

void TestVaultKeeper::wrong()
{
    SharingWorld world;
    {
        VaultKeeper keeper(*world.ledger, world.folder.path(), std::nullopt);
        QCOMPARE(open(keeper).status, VaultStatus::Open);
    }
    const auto store = keychainStore(world.ledger->ledgerId());
    QVERIFY(keyring::write(*store, KeyVault::freshMasterKey()));
    VaultKeeper keeper(*world.ledger, world.folder.path(), std::nullopt);
    const VaultReport report = open(keeper);
    QCOMPARE(report.status, VaultStatus::Wrong);
    QCOMPARE(report.error.code, ErrorCode::MasterKeyWrong);
}

void TestVaultKeeper::brokenFile()
{
    SharingWorld world;
    QFile file(world.folder.filePath(QStringLiteral("vault.key")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("short");
    file.close();
    VaultKeeper keeper(*world.ledger, world.folder.path(), VaultKind::File);
    const VaultReport report = open(keeper);
    QCOMPARE(report.status, VaultStatus::Broken);
    QCOMPARE(report.error.code, ErrorCode::VaultFileBroken);
}

void TestVaultKeeper::moves_data()
{
    QTest::addColumn<VaultKind>("from");
    QTest::addColumn<VaultKind>("to");
    QTest::newRow("to the file") << VaultKind::Keychain << VaultKind::File;
    QTest::newRow("to the keychain") << VaultKind::File << VaultKind::Keychain;
}

void TestVaultKeeper::moves()
{
    QFETCH(VaultKind, from);
    QFETCH(VaultKind, to);
    SharingWorld world;
    VaultKeeper keeper(*world.ledger, world.folder.path(), from);
    QCOMPARE(open(keeper).status, VaultStatus::Open);
    addLink(*world.ledger, keeper.vault());
    QVERIFY(saveOpencodePassword(*world.ledger, keeper.vault(), Secret("of-the-server")));
    const KeyVault before = keeper.vault();

    const auto report = QCoro::waitFor(keeper.move(to));
    QVERIFY2(report, qPrintable(report ? QString() : codeName(report.error().code)));
    QCOMPARE(report->kind, to);
    QVERIFY(opensLink(*world.ledger, keeper.vault()));
    QVERIFY2(!opensLink(*world.ledger, before), "the old master key still opens");
    QCOMPARE(*opencodePassword(*world.ledger, keeper.vault()), Secret("of-the-server"));
    QVERIFY(!opencodePassword(*world.ledger, before));

    const auto keychain = keychainStore(world.ledger->ledgerId());
    QCOMPARE(keyring::read(*keychain)->isEmpty(), to == VaultKind::File);
    QCOMPARE(QFile::exists(world.folder.filePath(QStringLiteral("vault.key"))), to == VaultKind::File);
    VaultKeeper later(*world.ledger, world.folder.path(), std::nullopt);
    QCOMPARE(open(later).kind, to);
    QVERIFY(opensLink(*world.ledger, later.vault()));
    QVERIFY(!world.ledgerBytes().contains("of-the-server"));
}

void TestVaultKeeper::failedMoveChangesNothing()
{
    SharingWorld world;
    VaultKeeper keeper(*world.ledger, world.folder.path(), VaultKind::Keychain);
    QCOMPARE(open(keeper).status, VaultStatus::Open);
    addLink(*world.ledger, keeper.vault());
    // A folder stands where the key file should go.
    QVERIFY(QDir(world.folder.path()).mkpath(QStringLiteral("vault.key/in-the-way")));
    const auto report = QCoro::waitFor(keeper.move(VaultKind::File));
    QVERIFY(!report);
    QCOMPARE(keeper.report().kind, VaultKind::Keychain);
    QVERIFY(opensLink(*world.ledger, keeper.vault()));
    VaultKeeper later(*world.ledger, world.folder.path(), std::nullopt);
    QCOMPARE(open(later).status, VaultStatus::Open);
    QVERIFY(opensLink(*world.ledger, later.vault()));
}

// The window's way out for a machine without a keyring: here the other way round, the file can't be used.
void TestVaultKeeper::movesAwayFromBrokenStore()
{
    SharingWorld world;
    QVERIFY(QDir(world.folder.path()).mkpath(QStringLiteral("vault.key/in-the-way")));
    VaultKeeper keeper(*world.ledger, world.folder.path(), VaultKind::File);
    QVERIFY(open(keeper).status != VaultStatus::Open);
    const auto report = QCoro::waitFor(keeper.move(VaultKind::Keychain));
    QVERIFY2(report, qPrintable(report ? QString() : codeName(report.error().code)));
    QCOMPARE(report->kind, VaultKind::Keychain);
    QVERIFY(keeper.isCurrent());
}

void TestVaultKeeper::explicitChoiceMovesKeys()
{
    SharingWorld world;
    {
        VaultKeeper keeper(*world.ledger, world.folder.path(), std::nullopt);
        QCOMPARE(open(keeper).kind, VaultKind::Keychain);
        addLink(*world.ledger, keeper.vault());
    }
    VaultKeeper keeper(*world.ledger, world.folder.path(), VaultKind::File);
    const VaultReport report = open(keeper);
    QCOMPARE(report.status, VaultStatus::Open);
    QCOMPARE(report.kind, VaultKind::File);
    QVERIFY(opensLink(*world.ledger, keeper.vault()));
}

void TestVaultKeeper::explicitChoiceWithoutKeysSwitches()
{
    SharingWorld world;
    {
        VaultKeeper keeper(*world.ledger, world.folder.path(), std::nullopt);
        QCOMPARE(open(keeper).kind, VaultKind::Keychain);
    }
    // The keyring is not even asked: it may be missing by now.
    QVERIFY(keyring::erase(*keychainStore(world.ledger->ledgerId())));
    VaultKeeper keeper(*world.ledger, world.folder.path(), VaultKind::File);
    const VaultReport report = open(keeper);
    QCOMPARE(report.status, VaultStatus::Open);
    QCOMPARE(report.kind, VaultKind::File);
}

void TestVaultKeeper::explicitChoiceKeepsKeysThatCannotMove()
{
    SharingWorld world;
    {
        VaultKeeper keeper(*world.ledger, world.folder.path(), std::nullopt);
        QCOMPARE(open(keeper).kind, VaultKind::Keychain);
        addLink(*world.ledger, keeper.vault());
    }
    QVERIFY(keyring::erase(*keychainStore(world.ledger->ledgerId())));
    VaultKeeper keeper(*world.ledger, world.folder.path(), VaultKind::File);
    const VaultReport report = open(keeper);
    QCOMPARE(report.status, VaultStatus::Emptied);
    QCOMPARE(report.kind, VaultKind::Keychain);
    QVERIFY(!QFile::exists(world.folder.filePath(QStringLiteral("vault.key"))));
}

void TestVaultKeeper::movedByAnotherProcess()
{
    SharingWorld world;
    VaultKeeper keeper(*world.ledger, world.folder.path(), VaultKind::Keychain);
    QCOMPARE(open(keeper).status, VaultStatus::Open);
    const auto otherLedger = world.anotherLedger();
    VaultKeeper other(*otherLedger, world.folder.path(), std::nullopt);
    QVERIFY(QCoro::waitFor(other.move(VaultKind::File)));
    // What this one would seal now, nobody could open later.
    QVERIFY(!keeper.isCurrent());
    // It follows, though it was told once to use the keychain.
    QCOMPARE(open(keeper, true).kind, VaultKind::File);
    QVERIFY(keeper.isCurrent());
}

QTEST_GUILESS_MAIN(TestVaultKeeper)
#include "test_vault_keeper.moc"
