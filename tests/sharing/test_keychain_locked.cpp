// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/keyring_rig.h"
#include "sharing/sharing_samples.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

using namespace sharelock;
using namespace sharelock::sharing;
using samples::errorOf;
using namespace std::chrono_literals;

class TestKeychainLocked : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hangingKeyringEndsInTime();
    void lateAnswersDoNoHarm();
    void lockedIsNotEmpty();
};

void TestKeychainLocked::hangingKeyringEndsInTime()
{
    const auto patient = keychainStore(QStringLiteral("account"));
    const auto store = keychainStore(QStringLiteral("account"), {300ms, 300ms});
    const Secret key = KeyVault::freshMasterKey();
    QVERIFY(keyring::write(*patient, key).has_value());
    QVERIFY(keyring::signalDaemon(SIGSTOP));

    int ticks = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&ticks] { ++ticks; });
    timer.start(10);
    QElapsedTimer clock;
    clock.start();
    const auto read = errorOf(keyring::read(*store));
    const auto written = errorOf(keyring::write(*store, KeyVault::freshMasterKey()));
    const auto erased = errorOf(keyring::erase(*store));
    const qint64 elapsed = clock.elapsed();
    QVERIFY(keyring::signalDaemon(SIGCONT));

    QVERIFY(read == ErrorCode::KeyringLocked);
    QVERIFY(written == ErrorCode::KeyringLocked);
    QVERIFY(erased == ErrorCode::KeyringLocked);
    QVERIFY(elapsed >= 800);   // Three times the patience; timers may be 5 % early.
    QVERIFY(elapsed < 20'000); // D-Bus alone would wait 25 s for each.
    QVERIFY(ticks > 5);        // The caller's event loop ran on.

    // What was given up before its turn is not done later: the key is still there, and still the same.
    QVERIFY(keyring::read(*patient).value() == key);
}

void TestKeychainLocked::lateAnswersDoNoHarm()
{
    const Secret key = KeyVault::freshMasterKey();
    const auto patient = keychainStore(QStringLiteral("late"));
    QVERIFY(keyring::write(*patient, key).has_value());
    for (int i = 0; i < 5; ++i) {
        QVERIFY(keyring::signalDaemon(SIGSTOP));
        {
            const auto hasty = keychainStore(QStringLiteral("late"), {20ms, 20ms});
            const auto read = errorOf(keyring::read(*hasty));
            QVERIFY(keyring::signalDaemon(SIGCONT));
            QVERIFY(read == ErrorCode::KeyringLocked);
        }
        QVERIFY(keyring::read(*patient).value() == key);
    }
}

void TestKeychainLocked::lockedIsNotEmpty()
{
    const auto store = keychainStore(QStringLiteral("account"));
    QVERIFY(keyring::write(*store, KeyVault::freshMasterKey()).has_value());
    QVERIFY(keyring::lock());
    for (int i = 0; i < 2; ++i) {
        QVERIFY(errorOf(keyring::read(*store)) == ErrorCode::KeyringLocked);
        QVERIFY(errorOf(keyring::write(*store, KeyVault::freshMasterKey())) == ErrorCode::KeyringLocked);
        QVERIFY(errorOf(keyring::erase(*store)) == ErrorCode::KeyringLocked);
    }
    // Of an account that never had one, only writing needs the keyring to be open.
    const auto fresh = keychainStore(QStringLiteral("fresh"));
    QVERIFY(keyring::read(*fresh).value().isEmpty());
    QVERIFY(errorOf(keyring::write(*fresh, KeyVault::freshMasterKey())) == ErrorCode::KeyringLocked);
}

QTEST_GUILESS_MAIN(TestKeychainLocked)
#include "test_keychain_locked.moc"
