// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/effective_config.h"
#include "support/real_opencode.h"

#include <QProcess>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

//! `sharelock mode set` beside a real opencode: it is asked, and one that runs already is named.
class TestContractMode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void setsAndProves();

private:
    static QByteArray run(const RealOpencode& opencode, const QStringList& arguments)
    {
        QProcess process;
        process.setProcessEnvironment(opencode.environment().variables);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QString::fromUtf8(SHARELOCK_PROGRAM),
                      arguments + QStringList{QStringLiteral("--vault=file")});
        return process.waitForFinished(120'000) && process.exitCode() == 0 ? process.readAll() : QByteArray();
    }
};

void TestContractMode::setsAndProves()
{
    RealOpencode opencode;
    QVERIFY2(opencode.problem().isEmpty(), qPrintable(opencode.problem()));
    const RunningOpencode server(opencode);
    QVERIFY(server.isReady());
    const QByteArray said = run(opencode, {QStringLiteral("mode"), opencode.project(), QStringLiteral("set"),
                                           QStringLiteral("disabled")});
    QVERIFY2(said.contains("Written. The mode is disabled now."), said.constData());
    QVERIFY2(said.contains("opencode, asked again, says so too."), said.constData());
    QVERIFY2(said.contains("Still on the old mode until restarted"), said.constData());
    QVERIFY2(said.contains("git"), said.constData());
    // What opencode wrote into the file when it was asked did not hurt.
    const auto config = effectiveConfig(opencode.environment(), opencode.project(), opencode.project());
    QVERIFY(config);
    QCOMPARE(config->mode, ShareMode::Disabled);
}

QTEST_GUILESS_MAIN(TestContractMode)
#include "test_contract_mode.moc"
