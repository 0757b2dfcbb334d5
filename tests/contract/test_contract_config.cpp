// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "contract/config_trees.h"
#include "opencode/effective_config.h"
#include "support/real_opencode.h"

#include <QDir>
#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;

namespace {

//! A file below the home folder, or a variable of the environment, and its text.
struct Layer
{
    QByteArray place;
    QByteArray text;
};

} // namespace

Q_DECLARE_METATYPE(QList<Layer>)

//! effectiveConfig() says of a tree of config files what `opencode debug config` says: of rows of which each
//! pins one rule, and of trees made at random.
//!
//! $SHARELOCK_CONFIG_TREES says how many of those (25), $SHARELOCK_CONFIG_SEED with which seed they begin
//! (1): `SHARELOCK_CONFIG_TREES=500 ctest --preset release -R contract_config`, `…TREES=1 …SEED=17` for one
//! that failed. opencode takes 2 s of a processor for each.
class TestContractConfig : public QObject
{
    Q_OBJECT

private:
    static QByteArray share(const char* mode) { return QByteArray("{\"share\":\"") + mode + "\"}"; }
    static QByteArray server(const char* host)
    {
        return QByteArray("{\"enterprise\":{\"url\":\"https://") + host + ".example\"}}";
    }
    //! One row of two layers that disagree.
    static void neighbours(const char* low, const char* high)
    {
        QTest::addRow("%s < %s", low, high)
            << QList<Layer>{{low, share("auto")}, {high, share("disabled")}} << QByteArray();
    }

    //! What opencode makes of it; nothing when it refuses to start.
    static std::optional<QJsonObject> theirs(const RealOpencode& opencode, const QString& folder)
    {
        const QStringList command{QStringLiteral("debug"), QStringLiteral("config")};
        auto output = opencode.run(command, folder);
        if (output.status == -1) {
            // On a loaded machine one in some hundreds never ends; the next one does, in the same folder.
            output = opencode.run(command, folder);
        }
        const auto document = QJsonDocument::fromJson(output.out);
        return output.status == 0 && document.isObject() ? std::optional(document.object()) : std::nullopt;
    }

    static QString modeName(ShareMode mode)
    {
        return mode == ShareMode::Auto
                   ? QStringLiteral("auto")
                   : (mode == ShareMode::Disabled ? QStringLiteral("disabled") : QString());
    }

    //! What differs in the tree of this seed; empty when nothing does.
    static QString differenceIn(quint32 seed)
    {
        RealOpencode opencode;
        // Nothing is installed in the background, which would be for nothing and take its time.
        opencode.setVariable(QStringLiteral("npm_config_offline"), QStringLiteral("true"));
        const ConfigTree tree(opencode, seed);
        const auto our = effectiveConfig(opencode.environment(), tree.directory(), tree.worktree());
        const auto their = theirs(opencode, tree.directoryAsGiven());
        const auto told = [](const QString& mode, const QString& server) -> QString {
            return (mode.isEmpty() ? QStringLiteral("manual") : mode) + u' ' + server;
        };
        const QString refused = QStringLiteral("refused");
        const QString ours = our ? told(modeName(our->mode), our->shareServer.toString()) : refused;
        const QString url =
            their ? their->value(u"enterprise").toObject().value(u"url").toString() : QString();
        const QString expected = their ? told(their->value(u"share").toString(),
                                              url.isEmpty() ? QStringLiteral("https://opncd.ai") : url)
                                       : refused;
        if (ours == expected) {
            return {};
        }
        const QString error = our ? QString() : our.error().subject + u": " + our.error().detail;
        return QStringLiteral("seed %1: ours \"%2\" %3, opencode's \"%4\"\n")
                   .arg(seed)
                   .arg(ours, error, expected) +
               tree.description();
    }

    static quint32 number(const char* variable, quint32 otherwise)
    {
        const auto value = qEnvironmentVariableIntValue(variable);
        return value > 0 ? static_cast<quint32>(value) : otherwise;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const RealOpencode opencode;
        QVERIFY2(opencode.problem().isEmpty(), qPrintable(opencode.problem()));
    }

    void sameAsOpencode_data()
    {
        QTest::addColumn<QList<Layer>>("layers");
        QTest::addColumn<QByteArray>("variable");
        // Neighbours from the lowest to the highest: their order follows from the pairs.
        neighbours(".config/opencode/config.json", ".config/opencode/opencode.json");
        neighbours(".config/opencode/opencode.json", ".config/opencode/opencode.jsonc");
        neighbours(".config/opencode/opencode.jsonc", "OPENCODE_CONFIG");
        neighbours("OPENCODE_CONFIG", "project/opencode.json");
        neighbours("project/opencode.json", "project/opencode.jsonc");
        neighbours("project/opencode.jsonc", "project/sub/opencode.json");
        neighbours("project/sub/opencode.jsonc", "project/sub/.opencode/opencode.json");
        neighbours("project/sub/.opencode/opencode.jsonc", "project/.opencode/opencode.json");
        neighbours("project/.opencode/opencode.jsonc", ".opencode/opencode.json");
        neighbours(".opencode/opencode.jsonc", "OPENCODE_CONFIG_DIR");
        neighbours("OPENCODE_CONFIG_DIR", "OPENCODE_CONFIG_CONTENT");
        neighbours("OPENCODE_CONFIG_CONTENT", "managed/opencode.json");

        QTest::newRow("each member on its own")
            << QList<Layer>{{".config/opencode/opencode.json", server("global")},
                            {"project/opencode.json", "{\"share\":\"auto\",\"enterprise\":{}}"}}
            << QByteArray();
        QTest::newRow("comments, commas and substitutions")
            << QList<Layer>{{"project/url.txt", " https://filed.example\n"},
                            {"project/opencode.json",
                             "{ // \"share\":\"auto\",\n\"enterprise\":{\"url\":"
                             "\"{file:./url.txt}\",},/**/ \"share\":\"{env:MODE}\",}"}}
            << QByteArray("MODE=disabled");
        QTest::newRow("project switched off")
            << QList<Layer>{{"project/opencode.json", share("auto")},
                            {"project/.opencode/opencode.json", server("dot")},
                            {".opencode/opencode.json", share("disabled")}}
            << QByteArray("OPENCODE_DISABLE_PROJECT_CONFIG=1");
        QTest::newRow("global folder named again")
            << QList<Layer>{{".config/opencode/opencode.json", share("auto")},
                            {"project/opencode.json", share("manual")},
                            {".opencode/opencode.json", server("home")}}
            << QByteArray("OPENCODE_CONFIG_DIR=HOME/.config/opencode");
        QTest::newRow("legacy") << QList<Layer>{{"project/opencode.json", "{\"autoshare\":true}"}}
                                << QByteArray();
        QTest::newRow("empty file") << QList<Layer>{{"project/opencode.json", ""},
                                                    {"project/opencode.jsonc", server("x")}}
                                    << QByteArray();
        QTest::newRow("broken project file")
            << QList<Layer>{{"project/opencode.json", "{\"share\":"}} << QByteArray();
        QTest::newRow("invalid mode")
            << QList<Layer>{{"project/opencode.json", share("sometimes")}} << QByteArray();
        QTest::newRow("byte order mark")
            << QList<Layer>{{"project/opencode.json", "\xef\xbb\xbf" + share("auto")}} << QByteArray();
        QTest::newRow("broken global file") << QList<Layer>{{".config/opencode/opencode.json", "{\"share\":"},
                                                            {"project/opencode.json", share("auto")}}
                                            << QByteArray();
    }

    void sameAsOpencode()
    {
        QFETCH(QList<Layer>, layers);
        QFETCH(QByteArray, variable);
        RealOpencode opencode;
        const QString home = opencode.home();
        opencode.setVariable(QStringLiteral("OPENCODE_TEST_MANAGED_CONFIG_DIR"), home + u"/managed");
        for (const Layer& layer : layers) {
            QString path = home + u'/' + QString::fromUtf8(layer.place);
            if (layer.place == "OPENCODE_CONFIG_CONTENT") {
                opencode.setVariable(QString::fromUtf8(layer.place), QString::fromUtf8(layer.text));
                continue;
            }
            if (layer.place == "OPENCODE_CONFIG") {
                path = home + u"/named.json";
                opencode.setVariable(QString::fromUtf8(layer.place), path);
            } else if (layer.place == "OPENCODE_CONFIG_DIR") {
                opencode.setVariable(QString::fromUtf8(layer.place), home + u"/extra");
                path = home + u"/extra/opencode.json";
            }
            QVERIFY(RealOpencode::writeFile(path, layer.text));
        }
        if (const auto parts = variable.split('='); parts.size() == 2) {
            const QString text = QString::fromUtf8(parts[1]).replace(QStringLiteral("HOME"), home);
            opencode.setVariable(QString::fromUtf8(parts[0]), text);
        }
        const QString folder = opencode.project() + u"/sub";
        QVERIFY(QDir().mkpath(folder));

        // Ours first: opencode adds a `$schema` to the files that it reads.
        const auto our = effectiveConfig(opencode.environment(), folder, opencode.project());
        const auto their = theirs(opencode, folder);
        if (!our) {
            QCOMPARE(our.error().code, ErrorCode::ConfigBroken);
        }
        QCOMPARE(our.has_value(), their.has_value());
        if (our) {
            QCOMPARE(modeName(our->mode), their->value(u"share").toString());
            QCOMPARE(our->shareServer.toString(), their->value(u"enterprise")
                                                      .toObject()
                                                      .value(u"url")
                                                      .toString(QStringLiteral("https://opncd.ai")));
        }
    }

    void randomTrees_data()
    {
        QTest::addColumn<quint32>("first");
        QTest::addColumn<quint32>("end");
        // A row may take five minutes.
        const quint32 start = number("SHARELOCK_CONFIG_SEED", 1);
        const quint32 end = start + number("SHARELOCK_CONFIG_TREES", 25);
        constexpr quint32 rowSize = 25;
        for (quint32 first = start; first < end; first += rowSize) {
            QTest::addRow("from seed %u", first) << first << std::min(first + rowSize, end);
        }
    }

    void randomTrees()
    {
        QFETCH(quint32, first);
        QFETCH(quint32, end);
        std::atomic<quint32> next = first;
        std::mutex mutex;
        QStringList differences;
        const auto work = [&] {
            for (quint32 seed = next++; seed < end; seed = next++) {
                const QString difference = differenceIn(seed);
                const std::lock_guard lock(mutex);
                if (!difference.isEmpty()) {
                    differences << difference;
                }
            }
        };
        // Each is a process that waits for the disk half of the time.
        std::thread other(work);
        work();
        other.join();
        for (const QString& difference : std::as_const(differences)) {
            qWarning("%s", qPrintable(difference));
        }
        QCOMPARE(differences.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestContractConfig)
#include "test_contract_config.moc"
