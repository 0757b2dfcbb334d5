// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/config_file.h"
#include "opencode/mode_plan.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;

namespace {

QByteArray share(const char* mode)
{
    return QByteArray("{\n  // why\n  \"share\": \"") + mode + "\"\n}\n";
}

} // namespace

//! Why a mode is effective, and which file has to be written for another one.
class TestShareMode : public QObject
{
    Q_OBJECT

private:
    //! The temporary folder may be behind a symbolic link.
    QString at(const QString& path) const
    {
        return QFileInfo(m_folder.path()).canonicalFilePath() + u'/' + path;
    }
    QString tool() const { return at(QStringLiteral("home/work/tool")); }

    void write(const QString& path, const QByteArray& text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(at(path)).path()));
        QFile file(at(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }

    void set(const char* name, const QString& value)
    {
        m_environment.variables.insert(QLatin1String(name), value);
    }

    ModeReport report() const { return shareMode(m_environment, modePlace(tool())); }
    Expected<ModePlan> plan(std::optional<ShareMode> mode) const
    {
        return planMode(m_environment, modePlace(tool()), mode);
    }
    static QStringList said(const ModeReport& report)
    {
        QStringList lines;
        for (const ModeLayer& layer : report.layers)
            lines.append(QFileInfo(layer.name).fileName() + u':' + QString::number(layer.line) + u' ' +
                         layer.value + (layer.wins ? QStringLiteral(" wins") : QString()));
        return lines;
    }
    static bool warns(const ModeReport& report, ModeWarning::Kind kind)
    {
        return std::any_of(report.warnings.begin(), report.warnings.end(),
                           [&](const ModeWarning& warning) { return warning.kind == kind; });
    }

    QTemporaryDir m_folder;
    Environment m_environment;

private Q_SLOTS:
    void init()
    {
        m_folder = QTemporaryDir();
        m_environment = {};
        m_environment.home = at(QStringLiteral("home"));
        set("OPENCODE_TEST_MANAGED_CONFIG_DIR", at(QStringLiteral("managed")));
        QVERIFY(QDir().mkpath(tool() + u"/.git"));
    }

    void namesEachLayerWithItsLine()
    {
        write(QStringLiteral("home/.config/opencode/opencode.json"), share("auto"));
        write(QStringLiteral("home/work/tool/opencode.json"), share("disabled"));
        write(QStringLiteral("home/work/tool/.opencode/opencode.jsonc"), "{\"share\":\"manual\",}");
        const ModeReport found = report();
        QCOMPARE(found.mode, ShareMode::Manual);
        QCOMPARE(said(found),
                 QStringList({QStringLiteral(":0 manual"), QStringLiteral("opencode.json:3 auto"),
                              QStringLiteral("opencode.json:3 disabled"),
                              QStringLiteral("opencode.jsonc:1 manual wins")}));
        QCOMPARE(found.layers.at(1).kind, LayerKind::Global);
        QCOMPARE(found.layers.at(2).kind, LayerKind::ProjectFile);
        QCOMPARE(found.layers.at(3).kind, LayerKind::ProjectFolder);
        QVERIFY(warns(found, ModeWarning::Kind::Overridden));
        QVERIFY(!warns(found, ModeWarning::Kind::TwoFiles));
    }

    void thisMachineKnowsNoProject()
    {
        write(QStringLiteral("home/opencode.json"), share("auto"));
        write(QStringLiteral("home/.opencode/opencode.json"), share("disabled"));
        const ModeReport found = shareMode(m_environment, {});
        QCOMPARE(said(found),
                 QStringList({QStringLiteral(":0 manual"), QStringLiteral("opencode.json:3 disabled wins")}));
        QCOMPARE(found.layers.at(1).kind, LayerKind::HomeFolder);
    }

    void aBrokenFileLeavesTheModeOpen()
    {
        write(QStringLiteral("home/.config/opencode/opencode.json"), share("auto"));
        write(QStringLiteral("home/work/tool/opencode.json"), "{\"share\": \"manual\",\n  oops}");
        const ModeReport found = report();
        QVERIFY(!found.mode);
        QCOMPARE(found.error->code, ErrorCode::ConfigBroken);
        QVERIFY(found.error->detail.startsWith(QStringLiteral("line 2, column ")));
        QVERIFY(found.layers.back().error.has_value());
        QVERIFY(found.winner() == nullptr);
        const auto change = plan(ShareMode::Disabled);
        QCOMPARE(change.error().code, ErrorCode::ConfigBroken);
    }

    void variablesWin()
    {
        write(QStringLiteral("home/work/tool/opencode.json"), share("manual"));
        set("OPENCODE_AUTO_SHARE", QStringLiteral("1"));
        ModeReport found = report();
        QCOMPARE(found.mode, ShareMode::Auto);
        QCOMPARE(found.winner()->kind, LayerKind::Variable);
        QVERIFY(warns(found, ModeWarning::Kind::VariableWins));
        const auto blocked = plan(ShareMode::Manual);
        QVERIFY(blocked && !blocked->change && !blocked->instead);
        QCOMPARE(blocked->blocker->name, QStringLiteral("OPENCODE_AUTO_SHARE"));
        QVERIFY(!blocked->blocker->editable);
        const auto stronger = plan(ShareMode::Disabled);
        QVERIFY(stronger && stronger->change);
    }

    void tellsOfTwinsLegacyAndRemoteConfiguration()
    {
        write(QStringLiteral("home/work/tool/opencode.json"), share("manual"));
        write(QStringLiteral("home/work/tool/opencode.jsonc"), share("disabled"));
        write(QStringLiteral("home/.config/opencode/opencode.json"), "{\"autoshare\":true}");
        write(QStringLiteral("home/.local/share/opencode/auth.json"),
              "{\"https://corp.example\":{\"type\":\"wellknown\",\"key\":\"K\",\"token\":\"t\"},"
              "\"other\":{\"type\":\"api\"}}");
        const ModeReport found = report();
        QCOMPARE(found.mode, ShareMode::Disabled);
        QVERIFY(warns(found, ModeWarning::Kind::TwoFiles));
        QVERIFY(warns(found, ModeWarning::Kind::Legacy));
        const auto remote =
            std::find_if(found.warnings.begin(), found.warnings.end(),
                         [](const auto& warning) { return warning.kind == ModeWarning::Kind::Remote; });
        QVERIFY(remote != found.warnings.end());
        QCOMPARE(remote->name, QStringLiteral("https://corp.example"));
    }

    void theProjectIsTheNearestWithGit()
    {
        QVERIFY(QDir().mkpath(tool() + u"/sub/deep"));
        QCOMPARE(modePlace(tool() + u"/sub/deep").worktree, tool());
        QCOMPARE(modePlace(at(QStringLiteral("home"))).worktree, QStringLiteral("/"));
        QVERIFY(QFile::link(tool() + u"/sub", at(QStringLiteral("home/short"))));
        QCOMPARE(modePlace(at(QStringLiteral("home/short"))), modePlace(tool() + u"/sub"));
    }

    void writesTheFileThatWins_data()
    {
        using Files = QList<QPair<QString, QByteArray>>;
        QTest::addColumn<Files>("files");
        QTest::addColumn<QString>("written");
        const auto file = [](const char* path, const char* mode) {
            return qMakePair(QString::fromLatin1(path), share(mode));
        };
        const QString json = QStringLiteral("home/work/tool/opencode.json");
        QTest::newRow("nothing yet") << Files{} << json;
        QTest::newRow("a commented file is there")
            << Files{{QStringLiteral("home/work/tool/opencode.jsonc"), "{ }"}}
            << QStringLiteral("home/work/tool/opencode.jsonc");
        QTest::newRow("the project's file") << Files{file("home/work/tool/opencode.json", "auto")} << json;
        QTest::newRow("only this machine says something")
            << Files{file("home/.config/opencode/opencode.json", "auto")} << json;
        QTest::newRow("the folder overrides the file")
            << Files{file("home/work/tool/opencode.json", "disabled"),
                     file("home/work/tool/.opencode/opencode.json", "auto")}
            << QStringLiteral("home/work/tool/.opencode/opencode.json");
        QTest::newRow("of two files the stronger one")
            << Files{file("home/work/tool/opencode.json", "auto"),
                     file("home/work/tool/opencode.jsonc", "manual")}
            << QStringLiteral("home/work/tool/opencode.jsonc");
        QTest::newRow("a folder's file that says nothing")
            << Files{file("home/work/tool/opencode.json", "auto"),
                     {QStringLiteral("home/work/tool/.opencode/opencode.json"), "{\"theme\":\"x\"}"}}
            << json;
    }

    void writesTheFileThatWins()
    {
        using Files = QList<QPair<QString, QByteArray>>;
        QFETCH(Files, files);
        QFETCH(QString, written);
        for (const auto& [path, text] : files)
            write(path, text);
        const auto found = plan(ShareMode::Disabled);
        QVERIFY2(found && found->change, found ? "no change" : qPrintable(caption(found.error())));
        QCOMPARE(found->change->file, at(written));
        QCOMPARE(found->change->outcome, ShareMode::Disabled);
        QVERIFY(!found->blocker);
        QVERIFY(writeConfigFile(found->change->file, found->change->before, found->change->after));
        QCOMPARE(report().mode, ShareMode::Disabled);
        QCOMPARE(report().winner()->name, at(written));
        const auto again = plan(ShareMode::Disabled);
        QVERIFY(again && again->already && !again->change);
    }

    void offersTheLayerAbove()
    {
        write(QStringLiteral("home/.opencode/opencode.json"), share("auto"));
        const auto found = plan(ShareMode::Disabled);
        QVERIFY(found && !found->change);
        QCOMPARE(found->blocker->kind, LayerKind::HomeFolder);
        QVERIFY(found->blocker->editable);
        QVERIFY(found->instead);
        QCOMPARE(found->instead->file, at(QStringLiteral("home/.opencode/opencode.json")));
        QCOMPARE(found->instead->outcome, ShareMode::Disabled);
    }

    void managedLayersAreLocked()
    {
        write(QStringLiteral("managed/opencode.json"), share("disabled"));
        const auto found = plan(ShareMode::Manual);
        QVERIFY(found && !found->change && !found->instead && !found->already);
        QCOMPARE(found->blocker->kind, LayerKind::Managed);
        QVERIFY(!found->blocker->editable);
        // What the organisation says anyhow needs no file.
        const auto same = plan(ShareMode::Disabled);
        QVERIFY(same && same->already && same->blocker);
    }

    void thisMachinesFile()
    {
        const auto fresh = planMode(m_environment, {}, ShareMode::Disabled);
        QVERIFY(fresh && fresh->change);
        QCOMPARE(fresh->change->file, at(QStringLiteral("home/.config/opencode/opencode.json")));
        QVERIFY(!fresh->change->before);
        QVERIFY(fresh->change->after.contains("\"$schema\": \"https://opencode.ai/config.json\""));
        write(QStringLiteral("home/.config/opencode/opencode.jsonc"), share("auto"));
        const auto kept = planMode(m_environment, {}, ShareMode::Manual);
        QVERIFY(kept && kept->change);
        QCOMPARE(kept->change->after, share("manual"));
    }

    void takesTheOwnWordAway()
    {
        write(QStringLiteral("home/.config/opencode/opencode.json"), share("auto"));
        QVERIFY(plan(std::nullopt)->already);
        write(QStringLiteral("home/work/tool/opencode.json"), share("disabled"));
        const auto found = plan(std::nullopt);
        QVERIFY(found && found->change);
        QCOMPARE(found->change->outcome, ShareMode::Auto);
        QVERIFY(!found->change->after.contains("share"));
    }

    void pathsOfManagedFiles_data()
    {
        QTest::addColumn<int>("system");
        QTest::addColumn<QString>("programData");
        QTest::addColumn<QString>("folder");
        const auto row = [](const char* name, System system, const char* programData, const char* folder) {
            QTest::newRow(name) << int(system) << QString::fromLatin1(programData)
                                << QString::fromLatin1(folder);
        };
        row("Linux", System::Linux, "", "/etc/opencode");
        row("macOS", System::MacOs, "", "/Library/Application Support/opencode");
        row("Windows", System::Windows, "", "C:/ProgramData/opencode");
        row("Windows elsewhere", System::Windows, "D:\\Data", "D:\\Data/opencode");
    }

    void pathsOfManagedFiles()
    {
        QFETCH(int, system);
        QFETCH(QString, programData);
        QFETCH(QString, folder);
        m_environment.variables.remove(QStringLiteral("OPENCODE_TEST_MANAGED_CONFIG_DIR"));
        if (!programData.isEmpty())
            set("ProgramData", programData);
        QCOMPARE(managedConfigFolder(static_cast<System>(system), m_environment), folder);
    }
};

QTEST_GUILESS_MAIN(TestShareMode)
#include "test_share_mode.moc"
