// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/effective_config.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;

//! The order of the layers is pinned against opencode itself in tests/contract; here are the single rules.
class TestEffectiveConfig : public QObject
{
    Q_OBJECT

private:
    QString at(const char* path) const { return m_folder.filePath(QLatin1String(path)); }

    void write(const char* path, const QByteArray& text) const
    {
        const QString full = at(path);
        QVERIFY(QDir().mkpath(QFileInfo(full).path()));
        QFile file(full);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    void set(const char* name, const QString& value)
    {
        m_environment.variables.insert(QLatin1String(name), value);
    }

    Expected<EffectiveConfig> resolve() const
    {
        return effectiveConfig(m_environment, at("home/work/tool/sub"), at("home/work/tool"));
    }

    QTemporaryDir m_folder;
    Environment m_environment;

private Q_SLOTS:
    void init()
    {
        m_folder = QTemporaryDir();
        m_environment = {};
        m_environment.home = at("home");
        set("OPENCODE_TEST_MANAGED_CONFIG_DIR", at("managed"));
        QVERIFY(QDir().mkpath(at("home/work/tool/sub")));
    }

    void nothingConfigured()
    {
        const auto config = resolve();
        QVERIFY(config);
        QCOMPARE(config->mode, ShareMode::Manual);
        QCOMPARE(config->modeFile, QString());
        QCOMPARE(config->shareServer, QUrl(QStringLiteral("https://opncd.ai")));
        QCOMPARE(config->serverFile, QString());
    }

    void eachMemberHasItsOwnFile()
    {
        write("home/.config/opencode/opencode.json",
              "{\"share\":\"auto\",\"enterprise\":{\"url\":\"https://a.example\"}}");
        write("home/work/tool/opencode.jsonc", R"({"share":"disabled", "enterprise":{"other":1}, })");
        const auto config = resolve();
        QVERIFY(config);
        QCOMPARE(config->mode, ShareMode::Disabled);
        QCOMPARE(config->modeFile, at("home/work/tool/opencode.jsonc"));
        QCOMPARE(config->shareServer, QUrl(QStringLiteral("https://a.example")));
        QCOMPARE(config->serverFile, at("home/.config/opencode/opencode.json"));
    }

    void layers_data()
    {
        QTest::addColumn<QByteArray>("low");
        QTest::addColumn<QByteArray>("high");
        const QList<QByteArray> order{
            "home/.config/opencode/config.json",
            "home/.config/opencode/opencode.json",
            "home/.config/opencode/opencode.jsonc",
            "named.json",
            "home/work/tool/opencode.json",
            "home/work/tool/opencode.jsonc",
            "home/work/tool/sub/opencode.json",
            "home/work/tool/sub/opencode.jsonc",
            "home/work/tool/sub/.opencode/opencode.json",
            "home/work/tool/sub/.opencode/opencode.jsonc",
            "home/work/tool/.opencode/opencode.json",
            "home/.opencode/opencode.json",
            "extra/opencode.json",
            "OPENCODE_CONFIG_CONTENT",
            "managed/opencode.json",
            "managed/opencode.jsonc",
        };
        for (qsizetype i = 0; i + 1 < order.size(); ++i) {
            QTest::addRow("%s", order[i].constData()) << order[i] << order[i + 1];
        }
    }

    void layers()
    {
        QFETCH(QByteArray, low);
        QFETCH(QByteArray, high);
        set("OPENCODE_CONFIG", at("named.json"));
        set("OPENCODE_CONFIG_DIR", at("extra"));
        const auto put = [this](const QByteArray& layer, const QByteArray& text) {
            if (layer.startsWith("OPENCODE_")) {
                set(layer.constData(), QString::fromUtf8(text));
            } else {
                write(layer.constData(), text);
            }
        };
        put(high, R"({"share":"disabled"})");
        put(low, "{\"share\":\"auto\",\"enterprise\":{\"url\":\"https://low.example\"}}");
        const auto config = resolve();
        QVERIFY(config);
        QCOMPARE(config->mode, ShareMode::Disabled);
        QVERIFY(config->modeFile.endsWith(QString::fromUtf8(high)));
        QCOMPARE(config->shareServer, QUrl(QStringLiteral("https://low.example")));
    }

    void filesAboveTheWorktreeDoNotCount()
    {
        write("home/work/opencode.json", R"({"share":"disabled"})");
        write("home/work/.opencode/opencode.json", R"({"share":"disabled"})");
        const auto config = resolve();
        QVERIFY(config);
        QCOMPARE(config->mode, ShareMode::Manual);
    }

    void withoutProjectEveryFolderCounts()
    {
        write("home/work/opencode.json", R"({"share":"disabled"})");
        for (const QString& worktree : {QString(), QStringLiteral("/")}) {
            const auto config = effectiveConfig(m_environment, at("home/work/tool"), worktree);
            QVERIFY(config);
            QCOMPARE(config->mode, ShareMode::Disabled);
        }
    }

    void globalFolderNamedAgain()
    {
        set("OPENCODE_CONFIG_DIR", at("home/.config/opencode"));
        write("home/.config/opencode/opencode.json", R"({"share":"auto"})");
        write("home/work/tool/opencode.json", R"({"share":"manual"})");
        QCOMPARE(resolve()->mode, ShareMode::Auto);
        write("home/work/tool/.opencode/opencode.json", R"({"share":"disabled"})");
        QCOMPARE(resolve()->mode, ShareMode::Disabled);
    }

    void folderNamedAgainInOtherWords()
    {
        write("home/work/tool/.opencode/opencode.json", R"({"share":"manual"})");
        write("home/.opencode/opencode.json", R"({"share":"auto"})");
        set("OPENCODE_CONFIG_DIR", at("home/work/tool/.opencode"));
        QCOMPARE(resolve()->mode, ShareMode::Auto); // it keeps its place
        set("OPENCODE_CONFIG_DIR", at("home/work/tool/.opencode/"));
        QCOMPARE(resolve()->mode, ShareMode::Manual);
        set("OPENCODE_CONFIG_DIR", QStringLiteral("../.opencode"));
        QCOMPARE(resolve()->mode, ShareMode::Manual);
        write("home/.config/opencode/opencode.json", R"({"share":"disabled"})");
        set("OPENCODE_CONFIG_DIR", at("home/.config/opencode/"));
        QCOMPARE(resolve()->mode, ShareMode::Disabled);
    }

    void projectSwitchedOff()
    {
        set("OPENCODE_DISABLE_PROJECT_CONFIG", QStringLiteral("TRUE"));
        write("home/work/tool/opencode.json", R"({"share":"disabled"})");
        write("home/work/tool/.opencode/opencode.json", R"({"share":"disabled"})");
        write("home/.opencode/opencode.json", R"({"share":"auto"})");
        const auto config = resolve();
        QVERIFY(config);
        QCOMPARE(config->mode, ShareMode::Auto);
    }

    void flags_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("variable");
        QTest::addColumn<int>("mode");
        const auto row = [](const char* name, const char* file, const char* variable, ShareMode mode) {
            QTest::newRow(name) << QByteArray(file) << QString::fromLatin1(variable)
                                << static_cast<int>(mode);
        };
        row("auto share", "{}", "OPENCODE_AUTO_SHARE=1", ShareMode::Auto);
        row("auto share off", "{}", "OPENCODE_AUTO_SHARE=0", ShareMode::Manual);
        row("auto share over manual", R"({"share":"manual"})", "OPENCODE_AUTO_SHARE=true", ShareMode::Auto);
        row("disabled wins", R"({"share":"disabled"})", "OPENCODE_AUTO_SHARE=1", ShareMode::Disabled);
        row("disable share", R"({"share":"auto"})", "OPENCODE_DISABLE_SHARE=1", ShareMode::Disabled);
        row("auto share in another word", "{}", "OPENCODE_AUTO_SHARE=yes", ShareMode::Auto);
        row("disable share in capitals", R"({"share":"auto"})", "OPENCODE_DISABLE_SHARE=TRUE",
            ShareMode::Auto);
        row("disable share in another word", R"({"share":"auto"})", "OPENCODE_DISABLE_SHARE=yes",
            ShareMode::Auto);
        row("legacy", R"({"autoshare":true})", "X=", ShareMode::Auto);
        row("legacy off", R"({"autoshare":false})", "X=", ShareMode::Manual);
        row("legacy is weaker", R"({"autoshare":true,"share":"manual"})", "X=", ShareMode::Manual);
    }

    void flags()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, variable);
        QFETCH(int, mode);
        write("home/.config/opencode/opencode.json", file);
        const auto parts = variable.split(u'=');
        set(parts.at(0).toLatin1().constData(), parts.at(1));
        const auto config = resolve();
        QVERIFY(config);
        QCOMPARE(static_cast<int>(config->mode), mode);
    }

    void substitutions()
    {
        write(
            "home/work/tool/opencode.json",
            R"({"share":"{env:MODE}","enterprise":{"url":"{file:url.txt}"},"apiKey":"{file:/no/such/key}"})");
        write("home/work/tool/url.txt", " https://b.example \n");
        set("MODE", QStringLiteral("disabled"));
        const auto config = resolve();
        QVERIFY(config);
        QCOMPARE(config->mode, ShareMode::Disabled);
        QCOMPARE(config->shareServer, QUrl(QStringLiteral("https://b.example")));
    }

    void substitutionFromHome()
    {
        write("home/work/tool/opencode.json",
              "{\"enterprise\":{\"url\":\"https://{file:~/host}/{env:NONE}x\"}}");
        write("home/host", "c.example");
        const auto config = resolve();
        QVERIFY(config);
        QCOMPARE(config->shareServer, QUrl(QStringLiteral("https://c.example/x")));
    }

    void broken_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("syntax") << QByteArray("{\"share\":");
        QTest::newRow("mode") << QByteArray(R"({"share":"sometimes"})");
        QTest::newRow("mode of another type") << QByteArray(R"({"share":true})");
        QTest::newRow("no URL") << QByteArray(R"({"enterprise":{"url":"opncd.ai"}})");
        QTest::newRow("another scheme") << QByteArray("{\"enterprise\":{\"url\":\"file:///etc/passwd\"}}");
        QTest::newRow("URL of another type") << QByteArray(R"({"enterprise":{"url":1}})");
        QTest::newRow("enterprise of another type") << QByteArray(R"({"enterprise":[]})");
        QTest::newRow("legacy mode of another type") << QByteArray(R"({"autoshare":"yes"})");
        QTest::newRow("missing file") << QByteArray(R"({"enterprise":{"url":"{file:none}"}})");
        QTest::newRow("huge") << QByteArray(17 * 1024 * 1024, ' ');
    }

    void broken()
    {
        QFETCH(QByteArray, text);
        write("home/work/tool/opencode.json", text);
        const auto config = resolve();
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::ConfigBroken);
        QCOMPARE(config.error().subject, at("home/work/tool/opencode.json"));
        QVERIFY(!config.error().detail.isEmpty());
    }

    void folderInPlaceOfAFile()
    {
        QVERIFY(QDir().mkpath(at("home/work/tool/opencode.json")));
        const auto config = resolve();
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::ConfigBroken);
    }
};

QTEST_GUILESS_MAIN(TestEffectiveConfig)
#include "test_effective_config.moc"
