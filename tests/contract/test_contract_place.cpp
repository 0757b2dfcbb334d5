// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/mode_read_back.h"
#include "opencode/share_mode.h"
#include "support/real_opencode.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

//! Which folders' files count for a directory: shareMode() finds the project's root as opencode does.
class TestContractPlace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void sameRoot_data();
    void sameRoot();

private:
    static void git(const QString& folder, const QStringList& arguments)
    {
        QVERIFY(QDir().mkpath(folder));
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(QStringLiteral("git"),
                      QStringList{QStringLiteral("-c"), QStringLiteral("user.name=ada"), QStringLiteral("-c"),
                                  QStringLiteral("user.email=ada@example.com")} +
                          arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }
    static void repository(const QString& folder)
    {
        git(folder, {QStringLiteral("init"), QStringLiteral("-q")});
        git(folder, {QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("--allow-empty"),
                     QStringLiteral("-m"), QStringLiteral("first")});
    }
    [[nodiscard]] QString at(const QString& path) const
    {
        return m_opencode.home() + QLatin1Char('/') + path;
    }

    RealOpencode m_opencode;
};

void TestContractPlace::initTestCase()
{
    QVERIFY2(m_opencode.problem().isEmpty(), qPrintable(m_opencode.problem()));
    m_opencode.setVariable(QStringLiteral("OPENCODE_TEST_MANAGED_CONFIG_DIR"), at(QStringLiteral("managed")));
    // Above all of them: it counts where no work tree ends the search.
    QVERIFY(RealOpencode::writeFile(at(QStringLiteral("trees/opencode.json")), "{\"share\":\"disabled\"}"));
    repository(at(QStringLiteral("trees/main")));
    QVERIFY(RealOpencode::writeFile(at(QStringLiteral("trees/main/opencode.json")), "{\"share\":\"auto\"}"));
    QVERIFY(QDir().mkpath(at(QStringLiteral("trees/main/deep/er"))));
    git(at(QStringLiteral("trees/main")), {QStringLiteral("worktree"), QStringLiteral("add"),
                                           QStringLiteral("-q"), QStringLiteral("../linked")});
    repository(at(QStringLiteral("trees/main/inner")));
    QVERIFY(QDir().mkpath(at(QStringLiteral("trees/plain/deep"))));
    QVERIFY(QFile::link(at(QStringLiteral("trees/main/deep")), at(QStringLiteral("trees/short"))));
}

void TestContractPlace::sameRoot_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<ShareMode>("mode");
    QTest::newRow("below the root") << QStringLiteral("trees/main/deep/er") << ShareMode::Auto;
    QTest::newRow("a linked work tree") << QStringLiteral("trees/linked") << ShareMode::Manual;
    QTest::newRow("a repository in another") << QStringLiteral("trees/main/inner") << ShareMode::Manual;
    QTest::newRow("no repository") << QStringLiteral("trees/plain/deep") << ShareMode::Disabled;
    QTest::newRow("through a symbolic link") << QStringLiteral("trees/short") << ShareMode::Auto;
}

void TestContractPlace::sameRoot()
{
    QFETCH(QString, folder);
    QFETCH(ShareMode, mode);
    const auto ours = shareMode(m_opencode.environment(), modePlace(at(folder)));
    QCOMPARE(ours.mode, mode);
    const auto output = m_opencode.run({QStringLiteral("debug"), QStringLiteral("config")}, at(folder));
    QCOMPARE(modeInConfig(output.out), std::optional(mode));
}

QTEST_GUILESS_MAIN(TestContractPlace)
#include "test_contract_place.moc"
