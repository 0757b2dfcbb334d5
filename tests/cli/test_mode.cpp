// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "support/sharelock_program.h"
#include "watched_world.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace sharelock;
using namespace sharelock::tests;

namespace {

const QString mode = QStringLiteral("mode");
const QString set = QStringLiteral("set");

} // namespace

//! `sharelock mode`: what scripts and a team's checks can rely on.
class TestMode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void showsTheModeAndWhy();
    void setsAndTakesAway();
    void showsNoSecrets();
    void showsWithoutWriting();
    void autoNeedsAYes();
    void saysWhatBlocks();
    void requiredModes();
    void brokenFileIsLeftAlone();
    void listsAll();
    void violatingLinks();
    void refusesWrongWords();

private:
    ProgramResult run(const QStringList& words) const
    {
        return m_home->run(words + QStringList{QStringLiteral("--vault=file")});
    }
    QString folder() const { return m_home->path(QStringLiteral("work/shop")); }
    QString file() const { return folder() + QStringLiteral("/opencode.json"); }
    QByteArray content(const QString& path) const
    {
        QFile found(path);
        return found.open(QIODevice::ReadOnly) ? found.readAll() : QByteArray();
    }
    void write(const QString& path, const QByteArray& text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(text), text.size());
    }

    std::unique_ptr<ProgramHome> m_home;
};

void TestMode::init()
{
    m_home = std::make_unique<ProgramHome>();
    m_home->environment().insert(QStringLiteral("OPENCODE_TEST_MANAGED_CONFIG_DIR"),
                                 m_home->path(QStringLiteral("managed")));
    QVERIFY(QDir().mkpath(folder() + QStringLiteral("/.git")));
}

void TestMode::showsTheModeAndWhy()
{
    QCOMPARE(run({mode, folder()}).out, QByteArray("manual  default\n"));
    write(file(), "{\n  // team\n  \"share\": \"auto\",\n}\n");
    QCOMPARE(run({mode, folder()}).out, QByteArray("auto  " + file().toUtf8() + ":3\n"));
    const auto why = run({mode, folder(), QStringLiteral("--why")});
    QVERIFY2(why.out.contains("project-file"), why.out.constData());
    const QJsonObject json = run({mode, folder(), QStringLiteral("--json")}).object();
    QCOMPARE(json[QStringLiteral("mode")].toString(), QStringLiteral("auto"));
    QCOMPARE(json[QStringLiteral("directory")].toString(), folder());
    const QJsonArray layers = json[QStringLiteral("layers")].toArray();
    QCOMPARE(layers.size(), 2);
    const QJsonObject layer = layers.last().toObject();
    QCOMPARE(layer[QStringLiteral("layer")].toString(), QStringLiteral("project-file"));
    QCOMPARE(layer[QStringLiteral("file")].toString(), file());
    QCOMPARE(layer[QStringLiteral("line")].toInt(), 3);
    QCOMPARE(layer[QStringLiteral("value")].toString(), QStringLiteral("auto"));
    QCOMPARE(layer[QStringLiteral("wins")], QJsonValue(true));
    QCOMPARE(layer[QStringLiteral("editable")], QJsonValue(true));
    QVERIFY(json[QStringLiteral("warnings")].isArray());
}

void TestMode::setsAndTakesAway()
{
    write(file(), "{\n\t// kept\n\t\"theme\": \"x\"\n}\n");
    const auto done = run({mode, folder(), set, QStringLiteral("disabled")});
    QVERIFY2(done.status == 0, done.err.constData());
    QVERIFY2(done.out.contains("+ \t\"share\": \"disabled\"") || done.out.contains("\"share\": \"disabled\""),
             done.out.constData());
    QCOMPARE(content(file()),
             QByteArray("{\n\t\"share\": \"disabled\",\n\t// kept\n\t\"theme\": \"x\"\n}\n"));
    QVERIFY(run({mode, folder()}).out.startsWith("disabled"));
    QCOMPARE(run({mode, folder(), set, QStringLiteral("disabled")}).status, 0);
    QCOMPARE(run({mode, folder(), QStringLiteral("unset")}).status, 0);
    QCOMPARE(content(file()), QByteArray("{\n\t// kept\n\t\"theme\": \"x\"\n}\n"));
    // This computer's file is another one.
    QCOMPARE(run({mode, QStringLiteral("--global"), set, QStringLiteral("disabled")}).status, 0);
    QVERIFY(run({mode, folder()}).out.startsWith("disabled"));
    QVERIFY(!content(file()).contains("share"));
}

void TestMode::showsNoSecrets()
{
    // Beside the share mode, on the same line and the next: keys of APIs.
    const QByteArray key =
        "sk-ant-api03-" + QByteArray("Zk3vQ8rT1xW6yB9nL4mD7pF2sH5jC0aG").repeated(3).left(93) + "AA";
    write(file(), "{\"share\": \"auto\", \"a\": {\"apiKey\": \"" + key + "\"},\n\"b\": {\"token\": \"" + key +
                      "\"}}\n");
    const auto trial = run({mode, folder(), set, QStringLiteral("disabled"), QStringLiteral("--dry-run")});
    QCOMPARE(trial.status, 0);
    QVERIFY2(trial.out.contains("+ {\"share\": \"disabled\""), trial.out.constData());
    QVERIFY(!trial.out.contains(key.mid(20, 40)));
    QCOMPARE(run({mode, folder(), set, QStringLiteral("disabled")}).status, 0);
    QCOMPARE(content(file()).count(key), 2);
}

void TestMode::showsWithoutWriting()
{
    const auto trial = run({mode, folder(), set, QStringLiteral("disabled"), QStringLiteral("--dry-run"),
                            QStringLiteral("--json")});
    QCOMPARE(trial.status, 0);
    const QJsonObject json = trial.object();
    QCOMPARE(json[QStringLiteral("written")], QJsonValue(false));
    QCOMPARE(json[QStringLiteral("mode")].toString(), QStringLiteral("disabled"));
    QCOMPARE(json[QStringLiteral("change")].toObject()[QStringLiteral("file")].toString(), file());
    QVERIFY(!QFileInfo::exists(file()));
}

void TestMode::autoNeedsAYes()
{
    const auto refused = run({mode, folder(), set, QStringLiteral("auto")});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.contains("public at once"), refused.err.constData());
    QVERIFY(!QFileInfo::exists(file()));
    QCOMPARE(run({mode, folder(), set, QStringLiteral("auto"), QStringLiteral("--yes")}).status, 0);
    QVERIFY(run({mode, folder()}).out.startsWith("auto"));
}

void TestMode::saysWhatBlocks()
{
    const QString home =
        m_home->environment().value(QStringLiteral("HOME")) + QStringLiteral("/.opencode/opencode.json");
    write(home, "{\"share\":\"auto\"}");
    const auto blocked = run({mode, folder(), set, QStringLiteral("disabled")});
    QCOMPARE(blocked.status, 1);
    QVERIFY2(blocked.err.contains(home.toUtf8()) && blocked.err.contains("--instead"),
             blocked.err.constData());
    QVERIFY(!QFileInfo::exists(file()));
    QCOMPARE(run({mode, folder(), set, QStringLiteral("disabled"), QStringLiteral("--instead")}).status, 0);
    QCOMPARE(content(home), QByteArray("{\"share\":\"disabled\"}"));
    write(m_home->path(QStringLiteral("managed/opencode.json")), "{\"share\":\"auto\"}");
    const auto locked = run({mode, folder(), set, QStringLiteral("disabled"), QStringLiteral("--instead")});
    QCOMPARE(locked.status, 1);
    QVERIFY(run({mode, folder()}).out.startsWith("auto"));
}

void TestMode::requiredModes()
{
    const QString require = QStringLiteral("--require");
    QCOMPARE(run({mode, folder(), require, QStringLiteral("manual")}).status, 0);
    QCOMPARE(run({mode, folder(), require, QStringLiteral("disabled")}).status, 1);
    QCOMPARE(run({mode, folder(), require, QStringLiteral("disabled,manual")}).status, 0);
    QCOMPARE(run({mode, folder(), require, QStringLiteral("never")}).status, 2);
}

void TestMode::brokenFileIsLeftAlone()
{
    const QByteArray broken = "{\n  \"apiKey\": \"planted-value\",\n  oops\n}";
    write(file(), broken);
    const auto shown = run({mode, folder()});
    QCOMPARE(shown.status, 3);
    QVERIFY2(shown.err.contains("line 3"), shown.err.constData());
    QVERIFY(!shown.err.contains("planted-value"));
    const auto refused = run({mode, folder(), set, QStringLiteral("disabled")});
    QCOMPARE(refused.status, 1);
    QCOMPARE(content(file()), broken);
}

void TestMode::listsAll()
{
    const auto all = run({mode, QStringLiteral("--all"), QStringLiteral("--json"), QStringLiteral("--demo")});
    QVERIFY2(all.status == 0, all.err.constData());
    const QJsonArray list = all.array();
    QVERIFY(list.first()[QStringLiteral("directory")].isNull());
    QHash<QString, QString> modes;
    for (const QJsonValue& project : list)
        modes.insert(project[QStringLiteral("name")].toString(), project[QStringLiteral("mode")].toString());
    QCOMPARE(modes.value(QStringLiteral("checkout-service")), QStringLiteral("auto"));
    QCOMPARE(modes.value(QStringLiteral("handbook")), QStringLiteral("disabled"));
    QCOMPARE(modes.value(QStringLiteral("playground")), QStringLiteral("manual"));
    QVERIFY(run({mode, QStringLiteral("--all")}).out.startsWith("PROJECT"));
}

void TestMode::violatingLinks()
{
    WatchedWorld world;
    world.world.addSession(test::firstSession, "First");
    const auto id = world.world.shareLive(test::firstSession);
    const QStringList forbidden{QStringLiteral("links"), QStringLiteral("--violating"),
                                QStringLiteral("--fail-on"), QStringLiteral("disabled"),
                                QStringLiteral("--json")};
    const auto fine = world.run(forbidden);
    QVERIFY2(fine.status == 0, fine.err.constData());
    QVERIFY(fine.array().isEmpty());
    QCOMPARE(world.run({mode, QStringLiteral("--global"), set, QStringLiteral("disabled")}).status, 0);
    const auto found = world.run(forbidden);
    QCOMPARE(found.status, 1);
    QCOMPARE(found.array().size(), 1);
    const QStringList takeDown{QStringLiteral("unshare"), QStringLiteral("--violating"),
                               QStringLiteral("--yes")};
    QCOMPARE(world.run(takeDown + QStringList{QStringLiteral("--dry-run")}).status, 0);
    QVERIFY(world.world.isReadable(id.shareId));
    QCOMPARE(world.run(takeDown).status, 0);
    QVERIFY(!world.world.isReadable(id.shareId));
    QCOMPARE(world.run(forbidden).status, 0);
}

void TestMode::refusesWrongWords()
{
    QCOMPARE(run({mode, folder(), set, QStringLiteral("sometimes")}).status, 2);
    QCOMPARE(run({mode, folder(), QStringLiteral("another")}).status, 2);
    QCOMPARE(run({mode, folder(), QStringLiteral("--global")}).status, 2);
    QCOMPARE(run({mode, m_home->path(QStringLiteral("not there"))}).status, 1);
}

QTEST_GUILESS_MAIN(TestMode)
#include "test_mode.moc"
