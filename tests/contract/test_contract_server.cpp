// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/loopback_share_server.h"
#include "opencode/mode_read_back.h"
#include "opencode/opencode_server.h"
#include "opencode/process_list.h"
#include "opencode/session_store.h"
#include "support/real_opencode.h"

#include <QCoroTask>

#include <QDir>
#include <QFile>
#include <QTest>

using namespace sharelock;
using namespace sharelock::opencode;
using namespace sharelock::test;
using demo::LoopbackShareServer;

//! Our calls, and our private server, against the real opencode.
class TestContractServer : public QObject
{
    Q_OBJECT

private:
    ServerAddress address(const char* password) const
    {
        ServerAddress address;
        address.url = m_running->url();
        address.password = Secret(password);
        return address;
    }

    OpencodeServer server() { return {address(RunningOpencode::password().constData()), m_http}; }

    //! The process IDs of all processes whose environment holds \p mark.
    static QStringList processesWith(const QByteArray& mark)
    {
        QStringList ids;
        for (const QString& id : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
            QFile file(u"/proc/" + id + u"/environ");
            if (id.toInt() > 0 && file.open(QIODevice::ReadOnly) && file.readAll().contains(mark)) {
                ids << id;
            }
        }
        return ids;
    }

    Expected<QUrl> share(const QString& sessionId)
    {
        return QCoro::waitFor(server().share(sessionId, m_opencode->project()));
    }

    //! A folder in the project with a config file of its own.
    QString folderWithMode(const char* name, const QByteArray& mode) const
    {
        const QString folder = m_opencode->project() + u'/' + QLatin1String(name);
        const bool written =
            RealOpencode::writeFile(folder + u"/opencode.json", "{\"share\":\"" + mode + "\"}");
        return written ? folder : QString();
    }

    std::unique_ptr<LoopbackShareServer> m_shares;
    std::unique_ptr<RealOpencode> m_opencode;
    std::unique_ptr<RunningOpencode> m_running;
    HttpClient m_http;

private Q_SLOTS:
    void initTestCase()
    {
        m_shares = std::make_unique<LoopbackShareServer>(demo::Generation::June2026);
        m_opencode = std::make_unique<RealOpencode>();
        QVERIFY2(m_opencode->problem().isEmpty(), qPrintable(m_opencode->problem()));
        QVERIFY(m_opencode->configure(m_shares->origin()));
        m_running = std::make_unique<RunningOpencode>(*m_opencode);
        QVERIFY(m_running->isReady());
    }

    void cleanupTestCase() { m_running.reset(); }

    void health()
    {
        const auto version = QCoro::waitFor(server().health());
        QVERIFY(version);
        QCOMPARE(*version, QStringLiteral("1.18.33"));
    }

    void wrongPassword()
    {
        OpencodeServer stranger(address("guess"), m_http);
        QCOMPARE(QCoro::waitFor(stranger.health()).error().code, ErrorCode::OpencodeRefused);
        const auto url = QCoro::waitFor(stranger.share(QStringLiteral("ses_1"), m_opencode->project()));
        QCOMPARE(url.error().code, ErrorCode::OpencodeRefused);
    }

    void shareIsSeenAtOnceAndVanishes()
    {
        const QString id = m_running->createSession(QStringLiteral("Shared"));
        QVERIFY(m_running->note(id, QStringLiteral("hello")));
        const auto store = SessionStore::open(m_opencode->database());
        QVERIFY(store);
        QVERIFY((*store)->shares()->empty());
        const auto before = (*store)->dataVersion();

        const auto url = share(id);
        QVERIFY2(url, url ? "" : qPrintable(codeName(url.error().code)));
        QVERIFY((*store)->dataVersion() != before);
        const auto rows = (*store)->shares();
        QVERIFY(rows);
        QCOMPARE(rows->size(), 1U);
        QCOMPARE(rows->front().sessionId, id);
        QCOMPARE(rows->front().url, *url);
        QVERIFY(!rows->front().key.isEmpty());

        QCOMPARE(share(id).error().code, ErrorCode::OpencodeShareFailed); // it is shared already

        QVERIFY(QCoro::waitFor(server().unshare(id, m_opencode->project())));
        QVERIFY((*store)->shares()->empty());
        QVERIFY2(!(*store)->sessions()->front().shareUrl.isEmpty(), "opencode leaves its claim standing");
    }

    void rowVanishesWithTheSession()
    {
        const QString id = m_running->createSession(QStringLiteral("Short-lived"));
        QVERIFY(share(id));
        const auto store = SessionStore::open(m_opencode->database());
        QVERIFY(store);
        QCOMPARE((*store)->shares()->size(), 1U);
        QCOMPARE(m_running->call("DELETE", u"/session/" + id).status, 200);
        QVERIFY((*store)->shares()->empty());
        QCOMPARE((*store)->document(id).error().code, ErrorCode::SessionNotFound);
    }

    void shareServerDown()
    {
        const QString id = m_running->createSession(QStringLiteral("Lonely"));
        m_shares->stop();
        const auto url = share(id);
        m_shares->start();
        QCOMPARE(url.error().code, ErrorCode::OpencodeShareFailed);
    }

    void unknownSession()
    {
        QCOMPARE(share(QStringLiteral("ses_00000000000000000000000000")).error().code,
                 ErrorCode::SessionNotFound);
    }

    void privateServerSharesAndLeavesNothing()
    {
        const QString id = m_running->createSession(QStringLiteral("Private"));
        const QByteArray mark = "SHARELOCK_CONTRACT_MARK=" + id.toUtf8();
        {
            auto started = QCoro::waitFor(PrivateServer::start(
                m_opencode->environment(), {{QStringLiteral("SHARELOCK_CONTRACT_MARK"), id}},
                m_opencode->project()));
            QVERIFY2(started, started ? "" : qPrintable(started.error().detail));
            QVERIFY((*started)->address().url != m_running->url());
            QVERIFY(!processesWith(mark).isEmpty());
            OpencodeServer own((*started)->address(), m_http);
            const auto url = QCoro::waitFor(own.share(id, m_opencode->project()));
            QVERIFY(url);

            ServerAddress open = (*started)->address();
            open.password = {};
            OpencodeServer stranger(open, m_http);
            QCOMPARE(QCoro::waitFor(stranger.health()).error().code, ErrorCode::OpencodeRefused);
            // opencode uploads a second after it answers.
            QTRY_VERIFY_WITH_TIMEOUT(m_shares->dataOf(id.right(8)).contains("Private"), 30'000);
        }
        QCOMPARE(processesWith(mark), QStringList());
    }

    void serverKeepsItsModeUntilItReloads()
    {
        const QString folder = folderWithMode("kept", "auto");
        const auto mode = [&] { return QCoro::waitFor(server().shareMode(folder)); };
        const auto before = mode();
        QVERIFY2(before, before ? "" : qPrintable(codeName(before.error().code)));
        QCOMPARE(*before, ShareMode::Auto);
        folderWithMode("kept", "disabled");
        QCOMPARE(*mode(), ShareMode::Auto);
        const auto reloaded = QCoro::waitFor(server().reload(folder));
        QVERIFY2(reloaded, reloaded ? "" : qPrintable(codeName(reloaded.error().code)));
        QCOMPARE(*mode(), ShareMode::Disabled);
        QCOMPARE(*QCoro::waitFor(server().shareMode(m_opencode->project())), ShareMode::Manual);

        OpencodeServer stranger(address("guess"), m_http);
        QCOMPARE(QCoro::waitFor(stranger.shareMode(folder)).error().code, ErrorCode::OpencodeRefused);
        QCOMPARE(QCoro::waitFor(stranger.reload(folder)).error().code, ErrorCode::OpencodeRefused);
    }

    void modeOfTheProgram()
    {
        const auto mode = [this](const QString& folder) {
            return QCoro::waitFor(modeOfOpencode(m_opencode->environment(), folder));
        };
        const QString folder = folderWithMode("asked", "disabled");
        // Enough to be cut where a program ends before a pipe of the usual size is empty.
        const QByteArray agent = "---\ndescription: long\n---\n" + QByteArray(300'000, 'x');
        QVERIFY(RealOpencode::writeFile(folder + u"/.opencode/agent/long.md", agent));
        const QString database = m_opencode->database();
        const auto disabled = mode(folder);
        QVERIFY2(disabled, disabled ? "" : qPrintable(disabled.error().detail));
        QCOMPARE(*disabled, ShareMode::Disabled);
        QVERIFY(!QFile::exists(QFileInfo(database).path() + u"/:memory:"));

        folderWithMode("asked", "sometimes");
        const auto refused = mode(folder);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::OpencodeStartFailed);
        QVERIFY(!refused.error().detail.contains(u"sometimes"));
    }

    void runsForThePerson()
    {
        const auto all = runningOpencode(0);
        const auto isIt = [this](const OpencodeProcess& each) {
            return each.directory == QFileInfo(m_opencode->project()).canonicalFilePath();
        };
        QCOMPARE(std::count_if(all.begin(), all.end(), isIt), 1);
        // This test started it, so that it is none of the person's.
        const auto others = runningOpencode();
        QCOMPARE(std::count_if(others.begin(), others.end(), isIt), 0);
    }

    void sharingDisabled()
    {
        const QString id = m_running->createSession(QStringLiteral("Not for others"));
        const auto started = QCoro::waitFor(PrivateServer::start(
            m_opencode->environment(),
            {{QStringLiteral("OPENCODE_CONFIG_CONTENT"), QStringLiteral(R"({"share":"disabled"})")}},
            m_opencode->project()));
        QVERIFY(started);
        OpencodeServer own((*started)->address(), m_http);
        const auto url = QCoro::waitFor(own.share(id, m_opencode->project()));
        QCOMPARE(url.error().code, ErrorCode::OpencodeShareFailed);
    }
};

QTEST_GUILESS_MAIN(TestContractServer)
#include "test_contract_server.moc"
