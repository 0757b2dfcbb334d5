// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/intake_world.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using opencode::ShareRow;
using samples::at;
using samples::key;
using samples::linkId;
using samples::row;

//! Which key of which link is kept when opencode shares again, or tells it twice.
class TestIntakeKeys : public QObject, private samples::IntakeWorld
{
    Q_OBJECT
private Q_SLOTS:
    void init() { reset(); }
    void takesInKeysOnceTheVaultOpens();
    void notesALinkThatWasSharedAgain();
    void notesItWithoutAVaultToo();
    void keepsBothKeysOfTwinRows();
    void neverTakesAnOlderKeyForANewOne();
    void addsAKeyWhereTheOldOneDoesNotOpen();
    void doesNotSealForAMovedVault();
};

void TestIntakeKeys::takesInKeysOnceTheVaultOpens()
{
    const KeyVault open = m_vault;
    m_vault = KeyVault();
    QCOMPARE(takeInAll(), 2);
    QVERIFY(!linkOf(QStringLiteral("aaaa1111")).hasKey);
    QCOMPARE(takeInAll(), 0);

    Link probed = linkOf(QStringLiteral("aaaa1111"));
    probed.state = LinkState::Live;
    QVERIFY(m_ledger->save(probed).has_value());
    m_vault = open;
    QCOMPARE(takeInAll(), 0);
    QVERIFY(holds(QStringLiteral("aaaa1111"), m_rows.at(0).key));
    QVERIFY(holds(QStringLiteral("bbbb2222"), m_rows.at(1).key));
    QVERIFY(linkOf(QStringLiteral("aaaa1111")).state == LinkState::Live);
}

void TestIntakeKeys::notesALinkThatWasSharedAgain()
{
    QCOMPARE(takeInAll(), 2);
    Link link = linkOf(QStringLiteral("aaaa1111"));
    link.state = LinkState::StillServed;
    link.step = LinkStep::TakedownDone;
    link.nextProbeAt = at;
    QVERIFY(m_ledger->save(link).has_value());

    m_rows.at(0).key = key("the second share");
    m_rows.at(0).created += std::chrono::hours(1);
    QCOMPARE(takeInAll(), 0);
    const Link again = linkOf(QStringLiteral("aaaa1111"));
    QVERIFY(again.state == LinkState::Unknown);
    QVERIFY(again.step == LinkStep::Published);
    QVERIFY(again.sharedAt == m_rows.at(0).created);
    QVERIFY(!again.nextProbeAt);
    QVERIFY(holds(QStringLiteral("aaaa1111"), m_rows.at(0).key));
    QCOMPARE(m_ledger->sealedKeys(link.id).value().size(), 2U);
    QCOMPARE(m_ledger->receipts().value().size(), 3U);
    QCOMPARE(takeInAll(), 0);
    QCOMPARE(m_ledger->receipts().value().size(), 3U);
}

void TestIntakeKeys::notesItWithoutAVaultToo()
{
    QCOMPARE(takeInAll(), 2);
    Link link = linkOf(QStringLiteral("aaaa1111"));
    link.state = LinkState::Removed;
    link.step = LinkStep::TakedownDone;
    link.removedAt = m_rows.at(0).created + std::chrono::hours(1);
    QVERIFY(m_ledger->save(link).has_value());
    const KeyVault open = std::exchange(m_vault, KeyVault());
    QCOMPARE(takeInAll(), 0);
    QVERIFY(linkOf(QStringLiteral("aaaa1111")).state == LinkState::Removed);

    m_rows.at(0).key = key("the second share");
    m_rows.at(0).created += std::chrono::hours(2);
    QCOMPARE(takeInAll(), 0);
    QVERIFY(linkOf(QStringLiteral("aaaa1111")).state == LinkState::Unknown);
    QVERIFY(!linkOf(QStringLiteral("aaaa1111")).removedAt);
    m_vault = open;
    QCOMPARE(takeInAll(), 0);
    QVERIFY(holds(QStringLiteral("aaaa1111"), m_rows.at(0).key));
}

void TestIntakeKeys::keepsBothKeysOfTwinRows()
{
    ShareRow twin = m_rows.at(0);
    twin.sessionId = QStringLiteral("ses_other");
    twin.key = key("a twin");
    m_rows.push_back(twin);
    QCOMPARE(takeInAll(), 2);
    QCOMPARE(m_ledger->sealedKeys(linkId(twin.shareId)).value().size(), 2U);
    QCOMPARE(takeInAll(), 0);
    QCOMPARE(m_ledger->sealedKeys(linkId(twin.shareId)).value().size(), 2U);
}

void TestIntakeKeys::neverTakesAnOlderKeyForANewOne()
{
    QCOMPARE(takeInAll(), 2);
    const auto older = m_rows;
    m_rows.at(0).key = key("the second share");
    QCOMPARE(takeInAll(), 0);
    Link link = linkOf(QStringLiteral("aaaa1111"));
    link.state = LinkState::Live;
    QVERIFY(m_ledger->save(link).has_value());
    m_rows = older; // opencode.db from a backup.
    QCOMPARE(takeInAll(), 0);
    QVERIFY(holds(QStringLiteral("aaaa1111"), key("the second share")));
    QVERIFY(linkOf(QStringLiteral("aaaa1111")).state == LinkState::Live);
}

void TestIntakeKeys::addsAKeyWhereTheOldOneDoesNotOpen()
{
    QCOMPARE(takeInAll(), 2);
    Link link = linkOf(QStringLiteral("aaaa1111"));
    link.state = LinkState::Removed;
    link.step = LinkStep::TakedownDone;
    QVERIFY(m_ledger->save(link).has_value());
    m_vault = KeyVault(KeyVault::freshMasterKey()); // The keyring was lost, and started anew.
    QCOMPARE(takeInAll(), 0);
    QVERIFY(holds(QStringLiteral("aaaa1111"), m_rows.at(0).key));
    QVERIFY(linkOf(QStringLiteral("aaaa1111")) == link);
}

void TestIntakeKeys::doesNotSealForAMovedVault()
{
    const KeyVault moved(KeyVault::freshMasterKey());
    const LinkId check = linkId(QStringLiteral("check"));
    QVERIFY(m_ledger->setVaultRecord({VaultKind::File, moved.seal(check, key("check")).value()}).has_value());
    QCOMPARE(takeInAll(), 2);
    QVERIFY(!linkOf(QStringLiteral("aaaa1111")).hasKey);
    m_vault = moved;
    QCOMPARE(takeInAll(), 0);
    QVERIFY(holds(QStringLiteral("aaaa1111"), m_rows.at(0).key));
}

QTEST_GUILESS_MAIN(TestIntakeKeys)
#include "test_intake_keys.moc"
