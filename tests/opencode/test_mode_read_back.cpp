// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/mode_read_back.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;

//! With programs that are no opencode. The real one is in tests/contract.
class TestModeReadBack : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] Expected<ShareMode> mode(const QByteArray& script, std::stop_token stop = {}) const
    {
        const QString path = m_folder.filePath(QStringLiteral("opencode"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + script) < 0 ||
            !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
            qFatal("no script");
        }
        file.close();
        Environment environment;
        environment.home = m_folder.path();
        environment.variables.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        environment.variables.insert(QStringLiteral("NO_PROXY"), QStringLiteral("*"));
        environment.variables.insert(QStringLiteral("SHARELOCK_OPENCODE"), path);
        return QCoro::waitFor(modeOfOpencode(environment, m_folder.path(), std::move(stop)));
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { m_folder = QTemporaryDir(); }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("mode");
        QTest::newRow("unset") << QByteArray("{}") << int(ShareMode::Manual);
        QTest::newRow("manual") << QByteArray(R"({"share":"manual"})") << int(ShareMode::Manual);
        QTest::newRow("auto") << QByteArray(R"({"a":[1],"share":"auto"})") << int(ShareMode::Auto);
        QTest::newRow("disabled") << QByteArray(R"({"share":"disabled"})") << int(ShareMode::Disabled);
        QTest::newRow("unknown") << QByteArray(R"({"share":"team"})") << -1;
        QTest::newRow("another type") << QByteArray(R"({"share":true})") << -1;
        QTest::newRow("null") << QByteArray(R"({"share":null})") << -1;
        QTest::newRow("array") << QByteArray("[]") << -1;
        QTest::newRow("cut") << QByteArray(R"({"share":"auto")") << -1;
        QTest::newRow("nothing") << QByteArray() << -1;
        QTest::newRow("words") << QByteArray("sk-live-0123 is wrong") << -1;
    }

    void reads()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, mode);
        const auto direct = modeInConfig(json);
        QCOMPARE(direct ? int(*direct) : -1, mode);
        const auto told = this->mode("printf '%s' '" + json + "'\n");
        QCOMPARE(told ? int(*told) : -1, mode);
        if (!told) {
            QCOMPARE(told.error().code, ErrorCode::OpencodeStartFailed);
            QVERIFY(!told.error().detail.contains(u"sk-live"));
        }
    }

    void asksQuietly()
    {
        QVERIFY(mode("pwd > where; echo \"$*\" > arguments; env > variables; echo '{}'\n"));
        const auto text = [this](const char* name) {
            QFile file(m_folder.filePath(QLatin1String(name)));
            return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
        };
        QCOMPARE(QString::fromUtf8(text("where")), QDir(m_folder.path()).canonicalPath());
        QCOMPARE(text("arguments"), "debug config");
        const QByteArrayList variables = text("variables").split('\n');
        for (const char* expected :
             {"OPENCODE_DISABLE_MODELS_FETCH=1", "OPENCODE_PURE=1",
              "OPENCODE_DB=:memory:", "HTTPS_PROXY=http://127.0.0.1:9", "npm_config_offline=true"}) {
            QVERIFY2(variables.contains(expected), expected);
        }
        QVERIFY(!variables.contains("NO_PROXY=*"));
    }

    void fails()
    {
        const auto refused = mode("echo 'apiKey sk-live-0123' >&2; exit 1\n");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::OpencodeStartFailed);
        QVERIFY(refused.error().detail.contains(u'1'));
        QVERIFY(!refused.error().detail.contains(u"sk-live"));
        QCOMPARE(mode("exec yes\n").error().code, ErrorCode::OpencodeStartFailed);

        std::stop_source source;
        source.request_stop();
        QCOMPARE(mode("exec sleep 60\n", source.get_token()).error().code, ErrorCode::Cancelled);

        Environment nowhere;
        nowhere.home = m_folder.path();
        nowhere.variables.insert(QStringLiteral("SHARELOCK_OPENCODE"), QStringLiteral("/none"));
        const auto missing = QCoro::waitFor(modeOfOpencode(nowhere, m_folder.path()));
        QCOMPARE(missing.error().code, ErrorCode::OpencodeMissing);
    }
};

QTEST_GUILESS_MAIN(TestModeReadBack)
#include "test_mode_read_back.moc"
