// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/keyring_rig.h"
#include "sharing/sharing_samples.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;

//! \brief Run without a D-Bus session, and on one where nobody keeps secrets.
class TestKeychainMissing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysSoAtOnce();
};

void TestKeychainMissing::saysSoAtOnce()
{
    QElapsedTimer clock;
    clock.start();
    const auto store = keychainStore(QStringLiteral("account"));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(errorOf(keyring::read(*store)) == ErrorCode::KeyringMissing);
        QVERIFY(errorOf(keyring::write(*store, KeyVault::freshMasterKey())) == ErrorCode::KeyringMissing);
        QVERIFY(errorOf(keyring::erase(*store)) == ErrorCode::KeyringMissing);
    }
    QVERIFY(clock.elapsed() < 20'000);
}

QTEST_GUILESS_MAIN(TestKeychainMissing)
#include "test_keychain_missing.moc"
