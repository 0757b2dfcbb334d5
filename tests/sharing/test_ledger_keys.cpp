// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/ledger_world.h"

#include <QTest>

#include <string>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;
using samples::holds;
using samples::key;
using samples::linkId;
using samples::recordOf;

//! Links and their keys never come apart, also when the vault moves.
class TestLedgerKeys : public QObject, private samples::LedgerWorld
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(reset()); }
    void savingKeepsTheKey();
    void keepsEveryKeyOfALink();
    void keysCantBeDeleted();
    void keepsSettingsAndVault();
    void resealsEveryKey();
    void resealChangesNothingOnFailure();
    void refusesKeysOfAMovedVault();
};

void TestLedgerKeys::savingKeepsTheKey()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    Link link = samples::link(QStringLiteral("abcd1234"));
    QVERIFY(m_ledger->saveWithKey(link, vault.seal(link.id, key("one")).value()).has_value());
    QVERIFY(m_ledger->link(link.id).value()->hasKey);

    link.hasKey = false;
    link.state = LinkState::Removed;
    QVERIFY(m_ledger->save(link).has_value());
    const auto read = m_ledger->link(link.id).value();
    QVERIFY(read->hasKey);
    QVERIFY(read->state == LinkState::Removed);
    QVERIFY(holds(*m_ledger, vault, link.id, key("one")));

    Link without = samples::link(QStringLiteral("nokey"));
    without.hasKey = true; // A claim alone gives it no key.
    QVERIFY(m_ledger->save(without).has_value());
    QVERIFY(!m_ledger->link(without.id).value()->hasKey);
    QVERIFY(!m_ledger->sealedKey(without.id).value());
}

void TestLedgerKeys::keepsEveryKeyOfALink()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    const Link link = samples::link(QStringLiteral("abcd1234"));
    for (const char* text : {"first", "second"})
        QVERIFY(m_ledger->saveWithKey(link, vault.seal(link.id, key(text)).value()).has_value());
    QVERIFY(holds(*m_ledger, vault, link.id, key("second")));
    const auto all = m_ledger->sealedKeys(link.id);
    QVERIFY(all && all->size() == 2);
    QVERIFY(vault.open(link.id, all->at(0)).value() == key("second"));
    QVERIFY(vault.open(link.id, all->at(1)).value() == key("first"));
}

void TestLedgerKeys::keysCantBeDeleted()
{
    const KeyVault vault(KeyVault::freshMasterKey());
    const Link link = samples::link(QStringLiteral("abcd1234"));
    QVERIFY(m_ledger->saveWithKey(link, vault.seal(link.id, key("one")).value()).has_value());
    QVERIFY(!raw("DELETE FROM sealed_key"));
    QVERIFY(!raw("DELETE FROM link"));
    QVERIFY(!raw("UPDATE link SET share_id = 'other'"));
    QVERIFY(holds(*m_ledger, vault, link.id, key("one")));
}

void TestLedgerKeys::keepsSettingsAndVault()
{
    QVERIFY(m_ledger->setting(QStringLiteral("absent")).value().isEmpty());
    QVERIFY(m_ledger->setSetting(QStringLiteral("server"), QStringLiteral("http://a")).has_value());
    QVERIFY(m_ledger->setSetting(QStringLiteral("server"), QStringLiteral("http://b")).has_value());
    QCOMPARE(reopened().value()->setting(QStringLiteral("server")).value(), QStringLiteral("http://b"));

    QVERIFY(!m_ledger->vaultRecord().value());
    const KeyVault vault(KeyVault::freshMasterKey());
    for (const VaultKind kind : {VaultKind::Keychain, VaultKind::File}) {
        const auto record = recordOf(vault, kind);
        QVERIFY(m_ledger->setVaultRecord(record).has_value());
        const auto read = reopened().value()->vaultRecord().value();
        QVERIFY(read && read->kind == kind);
        QVERIFY(read->check.box == record.check.box && read->check.nonce == record.check.nonce);
    }
    QCOMPARE(m_ledger->ledgerId().size(), 32);
    QCOMPARE(reopened().value()->ledgerId(), m_ledger->ledgerId());
}

void TestLedgerKeys::resealsEveryKey()
{
    const KeyVault from(KeyVault::freshMasterKey());
    const KeyVault to(KeyVault::freshMasterKey());
    for (int i = 0; i < 20; ++i) {
        const Link link = samples::link(QStringLiteral("id%1").arg(i));
        const std::string text = "key " + std::to_string(i);
        QVERIFY(m_ledger->saveWithKey(link, from.seal(link.id, Secret(text)).value()).has_value());
    }
    QVERIFY(m_ledger->reseal(from, to, recordOf(to, VaultKind::File)).has_value());
    QVERIFY(m_ledger->vaultRecord().value()->kind == VaultKind::File);
    for (int i = 0; i < 20; ++i) {
        const LinkId id = linkId(QStringLiteral("id%1").arg(i));
        QVERIFY(holds(*m_ledger, to, id, Secret("key " + std::to_string(i))));
        QVERIFY(!from.sealedHere(m_ledger->sealedKey(id).value().value()));
    }
}

void TestLedgerKeys::resealChangesNothingOnFailure()
{
    const KeyVault from(KeyVault::freshMasterKey());
    const KeyVault to(KeyVault::freshMasterKey());
    const Link first = samples::link(QStringLiteral("first"));
    const Link last = samples::link(QStringLiteral("last"));
    QVERIFY(m_ledger->setVaultRecord(recordOf(from, VaultKind::Keychain)).has_value());
    QVERIFY(m_ledger->saveWithKey(first, from.seal(first.id, key("one")).value()).has_value());
    QVERIFY(m_ledger->saveWithKey(last, from.seal(last.id, key("two")).value()).has_value());
    QVERIFY(raw("UPDATE sealed_key SET nonce = zeroblob(24) WHERE share_id = 'last'"));

    QVERIFY(errorOf(m_ledger->reseal(from, to, recordOf(to, VaultKind::File))) == ErrorCode::MasterKeyWrong);
    QVERIFY(holds(*m_ledger, from, first.id, key("one")));
    QVERIFY(m_ledger->vaultRecord().value()->kind == VaultKind::Keychain);
    QVERIFY(errorOf(m_ledger->reseal(from, KeyVault(), recordOf(to, VaultKind::File))) ==
            ErrorCode::KeyringMissing);
    QVERIFY(holds(*m_ledger, from, first.id, key("one")));
}

void TestLedgerKeys::refusesKeysOfAMovedVault()
{
    const KeyVault before(KeyVault::freshMasterKey());
    const KeyVault after(KeyVault::freshMasterKey());
    QVERIFY(m_ledger->setVaultRecord(recordOf(before, VaultKind::Keychain)).has_value());
    const auto other = reopened();
    QVERIFY(other.has_value());
    QVERIFY((*other)->reseal(before, after, recordOf(after, VaultKind::File)).has_value());

    const Link link = samples::link(QStringLiteral("abcd1234"));
    QVERIFY(errorOf(m_ledger->saveWithKey(link, before.seal(link.id, key("lost")).value())) ==
            ErrorCode::MasterKeyWrong);
    QVERIFY(!m_ledger->link(link.id).value());
    QVERIFY(m_ledger->saveWithKey(link, after.seal(link.id, key("kept")).value()).has_value());
    QVERIFY(holds(*m_ledger, after, link.id, key("kept")));
}

QTEST_GUILESS_MAIN(TestLedgerKeys)
#include "test_ledger_keys.moc"
