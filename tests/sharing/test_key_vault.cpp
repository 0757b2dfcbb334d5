// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/key_vault.h"

#include "sharing/sharing_samples.h"

#include <QSet>
#include <QTest>

#include <string>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;
using samples::linkId;

class TestKeyVault : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensWhatItSealed();
    void opensUnderTheSameIdOnly_data();
    void opensUnderTheSameIdOnly();
    void refusesWhatWasTamperedWith();
    void refusesShortBoxes();
    void anotherMasterKeyDoesNotOpen();
    void everyNonceIsNew();
    void boxSaysNothingOfTheKey();
    void closedVaultSealsNothing();
    void masterKeyOfWrongSizeLeavesItClosed();
    void marksNameTheMasterKey();
};

namespace {
const LinkId id = linkId(QStringLiteral("abcd1234"));

Secret someKey()
{
    return Secret(std::string_view("0d5c3a3e-71c2-4f43-bb40-2f2a6f7a9b11"));
}
} // namespace

void TestKeyVault::opensWhatItSealed()
{
    const Secret master = KeyVault::freshMasterKey();
    QCOMPARE(master.size(), 32U);
    const auto sealed = KeyVault(master).seal(id, someKey());
    QVERIFY(sealed.has_value());
    const auto opened = KeyVault(master).open(id, *sealed);
    QVERIFY(opened.has_value());
    QVERIFY(*opened == someKey());
    QVERIFY(KeyVault(master).holds(id, *sealed, someKey()).value());
    QVERIFY(!KeyVault(master).holds(id, *sealed, Secret(std::string_view("another"))).value());
    QVERIFY(!KeyVault(master).holds(id, *sealed, Secret()).value());

    const Secret large(std::string(100'000, 'k'));
    const auto sealedLarge = KeyVault(master).seal(id, large);
    QVERIFY(sealedLarge.has_value());
    const auto openedLarge = KeyVault(master).open(id, *sealedLarge);
    QVERIFY(openedLarge && *openedLarge == large);
}

void TestKeyVault::opensUnderTheSameIdOnly_data()
{
    QTest::addColumn<QUrl>("origin");
    QTest::addColumn<QString>("shareId");
    const QUrl origin(QStringLiteral("https://opncd.ai"));
    QTest::newRow("other ID") << origin << QStringLiteral("abcd1235");
    QTest::newRow("no ID") << origin << QString();
    QTest::newRow("other host") << QUrl(QStringLiteral("https://opncd.example")) << id.shareId;
    QTest::newRow("other scheme") << QUrl(QStringLiteral("http://opncd.ai")) << id.shareId;
    QTest::newRow("other port") << QUrl(QStringLiteral("https://opncd.ai:8443")) << id.shareId;
    QTest::newRow("no origin") << QUrl() << id.shareId;
    QTest::newRow("line break") << origin << QStringLiteral("\nabcd1234");
}

void TestKeyVault::opensUnderTheSameIdOnly()
{
    QFETCH(QUrl, origin);
    QFETCH(QString, shareId);
    const KeyVault vault(KeyVault::freshMasterKey());
    const auto sealed = vault.seal(id, someKey());
    QVERIFY(sealed.has_value());
    QVERIFY(errorOf(vault.open({origin, shareId}, *sealed)) == ErrorCode::MasterKeyWrong);
    QVERIFY(vault.open(id, *sealed).has_value());
}

void TestKeyVault::refusesWhatWasTamperedWith()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    const auto sealed = vault.seal(id, someKey());
    QVERIFY(sealed.has_value());
    for (qsizetype i = 0; i < sealed->box.size(); ++i) {
        SealedKey tampered = *sealed;
        tampered.box[i] = static_cast<char>(tampered.box.at(i) ^ 1);
        QVERIFY(errorOf(vault.open(id, tampered)) == ErrorCode::MasterKeyWrong);
    }
    for (qsizetype i = 0; i < sealed->nonce.size(); ++i) {
        SealedKey tampered = *sealed;
        tampered.nonce[i] = static_cast<char>(tampered.nonce.at(i) ^ 1);
        QVERIFY(errorOf(vault.open(id, tampered)) == ErrorCode::MasterKeyWrong);
    }
}

void TestKeyVault::refusesShortBoxes()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    const auto sealed = vault.seal(id, someKey());
    QVERIFY(sealed.has_value());
    for (qsizetype size = 0; size < sealed->box.size(); ++size)
        QVERIFY(errorOf(vault.open(id, {sealed->nonce, sealed->box.left(size)})) ==
                ErrorCode::MasterKeyWrong);
    for (qsizetype size = 0; size < sealed->nonce.size(); ++size)
        QVERIFY(errorOf(vault.open(id, {sealed->nonce.left(size), sealed->box})) ==
                ErrorCode::MasterKeyWrong);
    QVERIFY(errorOf(vault.open(id, {sealed->nonce + "x", sealed->box})) == ErrorCode::MasterKeyWrong);
    QVERIFY(errorOf(vault.open(id, {})) == ErrorCode::MasterKeyWrong);
}

void TestKeyVault::anotherMasterKeyDoesNotOpen()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    const auto sealed = vault.seal(id, someKey());
    QVERIFY(sealed.has_value());
    const KeyVault other(KeyVault::freshMasterKey());
    QVERIFY(errorOf(other.open(id, *sealed)) == ErrorCode::MasterKeyWrong);

    // Not even when the mark of its master key is forged.
    const auto sealedThere = other.seal(id, someKey());
    QVERIFY(sealedThere.has_value());
    SealedKey forged = *sealed;
    const QByteArray mark = KeyVault::markOf(*sealedThere);
    forged.box.replace(0, mark.size(), mark);
    QVERIFY(other.sealedHere(forged));
    QVERIFY(errorOf(other.open(id, forged)) == ErrorCode::MasterKeyWrong);
}

void TestKeyVault::everyNonceIsNew()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    QSet<QByteArray> nonces;
    QSet<QByteArray> boxes;
    for (int i = 0; i < 200; ++i) {
        const auto sealed = vault.seal(id, someKey());
        QVERIFY(sealed.has_value());
        nonces.insert(sealed->nonce);
        boxes.insert(sealed->box);
    }
    QCOMPARE(nonces.size(), 200);
    QCOMPARE(boxes.size(), 200);
}

void TestKeyVault::boxSaysNothingOfTheKey()
{
    const Secret master = KeyVault::freshMasterKey();
    const auto sealed = KeyVault(master).seal(id, someKey());
    QVERIFY(sealed.has_value());
    const std::string box = sealed->box.toStdString() + sealed->nonce.toStdString();
    QVERIFY(box.find(someKey().reveal().substr(0, 8)) == std::string::npos);
    QVERIFY(box.find(master.reveal().substr(0, 8)) == std::string::npos);
}

void TestKeyVault::closedVaultSealsNothing()
{
    const KeyVault closed;
    QVERIFY(!closed.isOpen());
    QVERIFY(errorOf(closed.seal(id, someKey())) == ErrorCode::KeyringMissing);
    const auto sealed = KeyVault(KeyVault::freshMasterKey()).seal(id, someKey());
    QVERIFY(sealed.has_value());
    QVERIFY(errorOf(closed.open(id, *sealed)) == ErrorCode::KeyringMissing);
    QVERIFY(!closed.sealedHere(*sealed));
    QVERIFY(!closed.sealedHere({}));

    const KeyVault open(KeyVault::freshMasterKey());
    QVERIFY(errorOf(open.seal(id, Secret())) == ErrorCode::KeyMissing);
}

void TestKeyVault::masterKeyOfWrongSizeLeavesItClosed()
{
    for (const std::size_t size : {1U, 31U, 33U, 64U})
        QVERIFY(!KeyVault(Secret(std::string(size, 'm'))).isOpen());
    QVERIFY(KeyVault(Secret(std::string(32, 'm'))).isOpen());
}

void TestKeyVault::marksNameTheMasterKey()
{
    const Secret master = KeyVault::freshMasterKey();
    const KeyVault vault(master);
    const auto one = vault.seal(id, someKey());
    const auto two = KeyVault(master).seal(linkId(QStringLiteral("zzzz9999")), Secret(std::string_view("x")));
    const auto other = KeyVault(KeyVault::freshMasterKey()).seal(id, someKey());
    QVERIFY(one && two && other);
    QVERIFY(KeyVault::markOf(*one) == KeyVault::markOf(*two));
    QVERIFY(KeyVault::markOf(*one) != KeyVault::markOf(*other));
    QVERIFY(vault.sealedHere(*two));
    QVERIFY(!vault.sealedHere(*other));
    QVERIFY(KeyVault::markOf(*one).toStdString() != master.reveal().substr(0, 16));
}

QTEST_GUILESS_MAIN(TestKeyVault)
#include "test_key_vault.moc"
