// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"
#include "app/settings_page.h"

#include <QDir>
#include <QFile>

using namespace sharelock;
using namespace sharelock::app;
using namespace sharelock::test;

namespace {

constexpr int patience = 30'000;
const QByteArray good = "[[rules]]\nid = 'acme'\nregex = '''acme-[0-9a-f]{8}'''\n";
const QByteArray broken = "[[rules]]\nid = 'half'\nregex = '''half('''\n";

} // namespace

//! What Settings say of the person's own rules, and that a change is seen.
class TestOwnRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatIsWrong();
    void noTomlAtAll();
};

void TestOwnRules::saysWhatIsWrong()
{
    const AppWorld world;
    CoreThread core;
    SettingsPage settings(core);
    connect(&core, &CoreThread::started, &settings, [&] {
        settings.begin();
        core.call([](sharing::ShareManager& manager) {
            manager.follow();
            return true;
        });
    });
    core.run(world.setup());
    QTRY_VERIFY_WITH_TIMEOUT(settings.rulesFile().endsWith(QLatin1String("/gitleaks.toml")), patience);
    QVERIFY(!settings.rulesExist());
    QVERIFY(settings.ruleProblemPlaces().isEmpty());

    const auto write = [&settings](const QByteArray& toml) {
        QDir().mkpath(QFileInfo(settings.rulesFile()).absolutePath());
        QFile file(settings.rulesFile());
        if (!file.open(QIODevice::WriteOnly) || file.write(toml) != toml.size())
            qFatal("gitleaks.toml");
    };
    write(good + broken);
    QTRY_VERIFY_WITH_TIMEOUT(settings.rulesExist(), patience);
    QCOMPARE(settings.rulesInUse(), 1);
    QCOMPARE(settings.ruleProblemPlaces().size(), 1);
    QVERIFY2(settings.ruleProblemPlaces().at(0).contains(QLatin1String("gitleaks.toml:")),
             qPrintable(settings.ruleProblemPlaces().at(0)));
    QVERIFY(!settings.ruleProblemReasons().at(0).isEmpty());

    write(good + "\n# repaired\n");
    QTRY_VERIFY_WITH_TIMEOUT(settings.ruleProblemPlaces().isEmpty(), patience);
    QVERIFY(settings.rulesExist());
    QCOMPARE(settings.rulesInUse(), 1);

    QVERIFY(QFile::remove(settings.rulesFile()));
    QTRY_VERIFY_WITH_TIMEOUT(!settings.rulesExist(), patience);
    QCOMPARE(settings.rulesInUse(), 0);
}

void TestOwnRules::noTomlAtAll()
{
    const AppWorld world;
    QDir().mkpath(world.environment.configFolder());
    QFile file(world.environment.configFolder() % u"/gitleaks.toml");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a = 1\nthis is a letter\n");
    file.close();
    CoreThread core;
    SettingsPage settings(core);
    connect(&core, &CoreThread::started, &settings, &SettingsPage::begin);
    core.run(world.setup());
    QTRY_VERIFY_WITH_TIMEOUT(settings.rulesExist(), patience);
    QCOMPARE(settings.rulesInUse(), 0);
    QVERIFY(settings.ruleProblemPlaces().at(0).endsWith(QLatin1String(":2")));
}

int main(int argc, char** argv)
{
    return runGuiTest<TestOwnRules>(argc, argv);
}

#include "test_own_rules.moc"
