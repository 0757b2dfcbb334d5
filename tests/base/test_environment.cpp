// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/environment.h"

#include <QDir>
#include <QTest>

using namespace sharelock;

namespace {

Environment make(const std::initializer_list<std::pair<const char*, const char*>>& variables)
{
    Environment environment;
    environment.home = QStringLiteral("/home/ada");
    for (const auto& [name, value] : variables)
        environment.variables.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    return environment;
}

} // namespace

class TestEnvironment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaults();
    void xdg();
    void xdgThatDoesNotCount_data();
    void xdgThatDoesNotCount();
    void database_data();
    void database();
    void ownData();
    void systemIsThisProcess();
    void systemWithoutHome_data();
    void systemWithoutHome();
};

void TestEnvironment::defaults()
{
    const Environment plain = make({});
    QCOMPARE(plain.opencodeDataFolder(), QStringLiteral("/home/ada/.local/share/opencode"));
    QCOMPARE(plain.opencodeDatabase(), QStringLiteral("/home/ada/.local/share/opencode/opencode.db"));
    QCOMPARE(plain.opencodeConfigFolder(), QStringLiteral("/home/ada/.config/opencode"));
    QCOMPARE(plain.dataFolder(), QStringLiteral("/home/ada/.local/share/sharelock"));
    QCOMPARE(plain.configFolder(), QStringLiteral("/home/ada/.config/sharelock"));
}

void TestEnvironment::xdg()
{
    const Environment moved = make({{"XDG_DATA_HOME", "/data/"}, {"XDG_CONFIG_HOME", "/config"}});
    QCOMPARE(moved.opencodeDataFolder(), QStringLiteral("/data/opencode"));
    QCOMPARE(moved.opencodeDatabase(), QStringLiteral("/data/opencode/opencode.db"));
    QCOMPARE(moved.opencodeConfigFolder(), QStringLiteral("/config/opencode"));
    QCOMPARE(moved.dataFolder(), QStringLiteral("/data/sharelock"));
    QCOMPARE(moved.configFolder(), QStringLiteral("/config/sharelock"));
}

void TestEnvironment::xdgThatDoesNotCount_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("relative") << QByteArrayLiteral("data");
    QTest::newRow("dot") << QByteArrayLiteral("./data");
    QTest::newRow("tilde") << QByteArrayLiteral("~/data");
}

void TestEnvironment::xdgThatDoesNotCount()
{
    QFETCH(const QByteArray, value);
    const Environment environment =
        make({{"XDG_DATA_HOME", value.constData()}, {"XDG_CONFIG_HOME", value.constData()}});
    QCOMPARE(environment.opencodeDataFolder(), QStringLiteral("/home/ada/.local/share/opencode"));
    QCOMPARE(environment.dataFolder(), QStringLiteral("/home/ada/.local/share/sharelock"));
    QCOMPARE(environment.configFolder(), QStringLiteral("/home/ada/.config/sharelock"));
}

void TestEnvironment::database_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("path");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("/home/ada/.local/share/opencode/opencode.db");
    QTest::newRow("absolute") << QByteArrayLiteral("/srv/o.db") << QStringLiteral("/srv/o.db");
    QTest::newRow("name") << QByteArrayLiteral("dev.db")
                          << QStringLiteral("/home/ada/.local/share/opencode/dev.db");
    QTest::newRow("up") << QByteArrayLiteral("../o.db") << QStringLiteral("/home/ada/.local/share/o.db");
}

void TestEnvironment::database()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QString, path);
    QCOMPARE(make({{"OPENCODE_DB", value.constData()}}).opencodeDatabase(), path);
}

void TestEnvironment::ownData()
{
    QCOMPARE(make({{"SHARELOCK_DATA", "/srv/own/"}, {"XDG_DATA_HOME", "/data"}}).dataFolder(),
             QStringLiteral("/srv/own"));
    QCOMPARE(make({{"SHARELOCK_DATA", ""}, {"XDG_DATA_HOME", "/data"}}).dataFolder(),
             QStringLiteral("/data/sharelock"));
    // Asked for by name, so never ignored: taken from where the program was started.
    QCOMPARE(make({{"SHARELOCK_DATA", "own"}}).dataFolder(), QDir::currentPath() + QStringLiteral("/own"));
}

void TestEnvironment::systemIsThisProcess()
{
    const Environment environment = Environment::system();
    QCOMPARE(environment.home, qEnvironmentVariable("HOME"));
    QVERIFY(!environment.hostName.isEmpty());
    QVERIFY(!environment.hostName.contains(QChar(u'\0')));
    QCOMPARE(environment.variables.value(QStringLiteral("PATH")), qEnvironmentVariable("PATH"));
    QCOMPARE(environment.opencodeDataFolder(),
             qEnvironmentVariable("XDG_DATA_HOME") + QStringLiteral("/opencode"));
}

void TestEnvironment::systemWithoutHome_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArrayLiteral("");
    QTest::newRow("relative") << QByteArrayLiteral("somewhere");
}

void TestEnvironment::systemWithoutHome()
{
    QFETCH(const QByteArray, value);
    const QByteArray before = qgetenv("HOME");
    qputenv("HOME", value);
    const Environment environment = Environment::system();
    qputenv("HOME", before);
    QVERIFY(QDir::isAbsolutePath(environment.home));
    QVERIFY(QDir::isAbsolutePath(environment.opencodeConfigFolder()));
}

QTEST_GUILESS_MAIN(TestEnvironment)
#include "test_environment.moc"
