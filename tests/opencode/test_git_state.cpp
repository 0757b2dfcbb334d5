// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/git_state.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;

//! With the real git.
class TestGitState : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QString at(const char* path) const { return m_folder.filePath(QLatin1String(path)); }

    void put(const char* path, const QByteArray& text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(at(path)).path()));
        QFile file(at(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    void run(const QString& program, const QStringList& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(at("shop"));
        process.setProcessEnvironment(m_environment.variables);
        process.start(program, arguments);
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void git(const char* arguments) const
    {
        run(QStringLiteral("git"), QString::fromUtf8(arguments).split(u' '));
    }

    [[nodiscard]] Expected<GitState> stateOf(const char* path, std::stop_token stop = {}) const
    {
        return QCoro::waitFor(gitState(m_environment, at(path), std::move(stop)));
    }

    [[nodiscard]] GitState state(const char* path = "shop/opencode.json") const
    {
        const auto state = stateOf(path);
        if (!state) {
            qWarning("%s", qPrintable(codeName(state.error().code) + state.error().detail));
        }
        return state.value_or(GitState::NoGit);
    }

    QTemporaryDir m_folder;
    Environment m_environment;

private Q_SLOTS:
    void init()
    {
        m_folder = QTemporaryDir();
        m_environment = {};
        m_environment.home = at("home");
        for (const auto& [name, value] :
             {std::pair("PATH", qEnvironmentVariable("PATH")), std::pair("HOME", at("home")),
              std::pair("GIT_AUTHOR_NAME", QStringLiteral("Ada")),
              std::pair("GIT_AUTHOR_EMAIL", QStringLiteral("ada@example.org")),
              std::pair("GIT_COMMITTER_NAME", QStringLiteral("Ada")),
              std::pair("GIT_COMMITTER_EMAIL", QStringLiteral("ada@example.org"))}) {
            m_environment.variables.insert(QLatin1String(name), value);
        }
        QVERIFY(QDir().mkpath(at("home")));
        QVERIFY(QDir().mkpath(at("shop")));
        git("init -q");
    }

    void fromUntrackedToCommitted()
    {
        QCOMPARE(state(), GitState::Untracked); // to be made
        put("shop/opencode.json", "{}\n");
        QCOMPARE(state(), GitState::Untracked);
        git("add opencode.json");
        QCOMPARE(state(), GitState::Changed); // no commit yet, none at all
        git("commit -qm one");
        QCOMPARE(state(), GitState::Committed);
        put("shop/opencode.json", "{ }\n");
        QCOMPARE(state(), GitState::Changed);
        git("add opencode.json");
        QCOMPARE(state(), GitState::Changed);
        git("commit -qm two");
        QCOMPARE(state(), GitState::Committed);
        QVERIFY(QFile::remove(at("shop/opencode.json")));
        QCOMPARE(state(), GitState::Changed);
    }

    void ignored()
    {
        put("shop/.gitignore", ".opencode/\n*.jsonc\n");
        put("shop/.opencode/opencode.json", "{}");
        QCOMPARE(state("shop/.opencode/opencode.json"), GitState::Ignored);
        QCOMPARE(state("shop/a/opencode.jsonc"), GitState::Ignored); // nor is its folder there
        git("add -f .opencode/opencode.json");
        git("commit -qm forced");
        QCOMPARE(state("shop/.opencode/opencode.json"), GitState::Committed);
    }

    void outside()
    {
        put("elsewhere/opencode.json", "{}");
        QCOMPARE(state("elsewhere/opencode.json"), GitState::NoWorkTree);
        QCOMPARE(state("none/at/all/opencode.json"), GitState::NoWorkTree);
        QCOMPARE(state("shop/.git/opencode.json"), GitState::NoWorkTree);
        // A git that we were started from says nothing about other folders.
        m_environment.variables.insert(QStringLiteral("GIT_DIR"), at("shop/.git"));
        QCOMPARE(state("elsewhere/opencode.json"), GitState::NoWorkTree);
    }

    void noGit()
    {
        m_environment.variables.insert(QStringLiteral("PATH"), at("home") + u":.");
        QCOMPARE(*stateOf("shop/opencode.json"), GitState::NoGit);
    }

    void oddNames()
    {
        for (const char* name :
             {"shop/a b/-x.json", "shop/*.json", "shop/:(top)o.json", "shop/\xc3\xa9 'q'.json"}) {
            put("shop/o.json", "{}");
            put(name, "{}");
            QCOMPARE(state(name), GitState::Untracked);
            run(QStringLiteral("git"), {QStringLiteral("--literal-pathspecs"), QStringLiteral("add"),
                                        QStringLiteral("--"), at(name)});
            git("commit -qm odd");
            QCOMPARE(state(name), GitState::Committed);
            put(name, "{ }");
            QCOMPARE(state(name), GitState::Changed);
            QCOMPARE(state("shop/o.json"), GitState::Untracked);
        }
    }

    void lineEndsAreGitsOwnAffair()
    {
        put("shop/.gitattributes", "*.json text eol=crlf\n");
        put("shop/opencode.json", "{\r\n}\r\n");
        git("add .");
        git("commit -qm crlf");
        QCOMPARE(state(), GitState::Committed);
    }

    void linkedWorktreeAndSymbolicLink()
    {
        put("shop/opencode.json", "{}\n");
        git("add .");
        git("commit -qm one");
        git("worktree add -q ../second");
        QCOMPARE(state("second/opencode.json"), GitState::Committed);
        QVERIFY(QFile::link(at("shop/opencode.json"), at("home/opencode.json")));
        QCOMPARE(state("home/opencode.json"), GitState::Committed);
    }

    void repositoryRunsNoProgram()
    {
        put("shop/opencode.json", "{}\n");
        git("add .");
        git("commit -qm one");
        const QString mark = at("ran");
        const QString touch = u"touch " + mark + u"; cat";
        for (const char* key : {"core.fsmonitor", "filter.x.clean", "filter.x.smudge", "filter.x.process",
                                "diff.x.textconv", "diff.external", "core.pager", "core.sshCommand",
                                "alias.ls-files", "pager.ls-files", "interactive.diffFilter"}) {
            run(QStringLiteral("git"), {QStringLiteral("config"), QLatin1String(key), touch});
        }
        put("shop/.gitattributes", "*.json filter=x diff=x\n");
        put("shop/opencode.json", "{ }\n");
        QCOMPARE(state(), GitState::Changed);
        QCOMPARE(state("shop/other.json"), GitState::Untracked);
        QVERIFY(!QFile::exists(mark));
        // That git would have run one, asked in the usual way, shows that this test can fail.
        QProcess usual;
        usual.setWorkingDirectory(at("shop"));
        usual.setProcessEnvironment(m_environment.variables);
        usual.start(QStringLiteral("git"), {QStringLiteral("status"), QStringLiteral("--short")});
        QVERIFY(usual.waitForFinished(60'000));
        QVERIFY(QFile::exists(mark));
    }

    void brokenRepository()
    {
        put("shop/.git/config", "[[[");
        const auto state = stateOf("shop/opencode.json");
        QVERIFY(!state);
        QCOMPARE(state.error().code, ErrorCode::GitFailed);
        QCOMPARE(state.error().subject, at("shop/opencode.json"));
    }

    void stopped()
    {
        std::stop_source source;
        source.request_stop();
        const auto state = stateOf("shop/opencode.json", source.get_token());
        QVERIFY(!state);
        QCOMPARE(state.error().code, ErrorCode::Cancelled);
    }

    void commands()
    {
        const QString message = QStringLiteral("Set opencode sharing to disabled");
        const auto command = [&message](const QString& file, GitState state) {
            return gitCommitCommand(file, message, state);
        };
        put("a b/opencode.json", "{}");
        QCOMPARE(command(at("a b/opencode.json"), GitState::Untracked),
                 QStringLiteral("git -C '%1' add -- opencode.json && git -C '%1' commit -m "
                                "'Set opencode sharing to disabled' -- opencode.json")
                     .arg(QFileInfo(at("a b")).canonicalFilePath()));
        QVERIFY(command(at("a b/x.json"), GitState::Ignored).contains(u" add -f -- x.json && "));
        QVERIFY(command(at("it's/x.json"), GitState::Changed).contains(u"'it'\\''s/x.json'"));
        QCOMPARE(command(at("x.json"), GitState::Committed), QString());
        QCOMPARE(command(at("x.json"), GitState::NoWorkTree), QString());
        QCOMPARE(command(at("a\nb\033[2J/x.json"), GitState::Changed), QString());
    }

    void commandsWork_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name :
             {"opencode.json", "it's \"$(touch ran)\"/`id`;x.json", "-f/--.json", ".opencode/a.json"}) {
            QTest::newRow(name) << QByteArray("shop/") + name;
        }
    }

    void commandsWork()
    {
        QFETCH(QByteArray, name);
        put("shop/.gitignore", ".opencode\n");
        put(name.constData(), "{}\n");
        const QString command =
            gitCommitCommand(at(name.constData()), QStringLiteral("It's done"), state(name.constData()));
        run(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command});
        QCOMPARE(state(name.constData()), GitState::Committed);
        QVERIFY(!QFile::exists(at("shop/ran")));
    }
};

QTEST_GUILESS_MAIN(TestGitState)
#include "test_git_state.moc"
