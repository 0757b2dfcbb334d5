// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/keyring_rig.h"
#include "sharing/sharing_samples.h"

#include <QTest>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;

//! \brief Run where a keyring service answers that has no keyring, and nobody to ask for its password.
class TestKeychainNeverMade : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsNothingAndTakesNothing();
};

void TestKeychainNeverMade::holdsNothingAndTakesNothing()
{
    const auto store = keychainStore(QStringLiteral("account"));
    const auto key = keyring::read(*store);
    QVERIFY(key && key->isEmpty());
    QVERIFY(errorOf(keyring::write(*store, KeyVault::freshMasterKey())) == ErrorCode::KeyringMissing);
    QVERIFY(keyring::erase(*store).has_value());
}

QTEST_GUILESS_MAIN(TestKeychainNeverMade)
#include "test_keychain_never_made.moc"
