// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/opencode_server.h"

#include <QCoroTask>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include <httplib.h>

#include <csignal>
#include <mutex>
#include <thread>

using namespace sharelock;
using namespace sharelock::opencode;

namespace {

//! Answers every request with what the test says, and keeps the last one.
class Peer
{
public:
    Peer()
    {
        const auto handle = [this](const httplib::Request& request, httplib::Response& response) {
            const std::lock_guard lock(m_mutex);
            m_last = request;
            response.status = m_status;
            response.set_content(m_body, "application/json");
        };
        m_server.Get(".*", handle);
        m_server.Post(".*", handle);
        m_server.Delete(".*", handle);
        m_port = m_server.bind_to_any_port("127.0.0.1");
        m_thread = std::thread([this] { m_server.listen_after_bind(); });
        httplib::Client("127.0.0.1", m_port).Get("/"); // proves that it runs
    }
    ~Peer()
    {
        m_server.stop();
        m_thread.join();
    }

    void answer(int status, const std::string& body)
    {
        const std::lock_guard lock(m_mutex);
        m_status = status;
        m_body = body;
    }
    httplib::Request last()
    {
        const std::lock_guard lock(m_mutex);
        return m_last;
    }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port)); }

private:
    httplib::Server m_server;
    std::thread m_thread;
    std::mutex m_mutex;
    httplib::Request m_last;
    int m_status = 200;
    std::string m_body;
    int m_port = 0;
};

} // namespace

//! The calls against answers of any kind, and programs that are no opencode. The real one is in
//! tests/contract.
class TestOpencodeServer : public QObject
{
    Q_OBJECT

private:
    OpencodeServer server()
    {
        ServerAddress address;
        address.url = m_peer.url();
        address.password = Secret("pass:word");
        return {address, m_http};
    }

    //! A program that does what \p script says.
    QString program(const QByteArray& script) const
    {
        const QString path = m_folder.filePath(QStringLiteral("opencode"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + script) < 0 ||
            !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
            qFatal("no script");
        }
        return path;
    }

    Environment environmentWith(const QString& opencode) const
    {
        Environment environment;
        environment.home = m_folder.path();
        environment.variables.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        environment.variables.insert(QStringLiteral("SHARELOCK_OPENCODE"), opencode);
        return environment;
    }

    ErrorCode startError(const Environment& environment, std::stop_token stop = {}) const
    {
        const auto started = QCoro::waitFor(PrivateServer::start(environment, {}, m_folder.path(), stop));
        return started ? ErrorCode::Internal : started.error().code;
    }

    //! A zombie does not run.
    static bool isRunning(pid_t id)
    {
        QFile file(QStringLiteral("/proc/%1/stat").arg(id));
        if (!file.open(QIODevice::ReadOnly)) {
            return false;
        }
        const QByteArray text = file.readAll();
        return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
    }

    QTemporaryDir m_folder;
    Peer m_peer;
    HttpClient m_http;

private Q_SLOTS:
    void init() { m_folder = QTemporaryDir(); }

    void health()
    {
        m_peer.answer(200, R"({"healthy":true,"version":"1.18.33"})");
        const auto version = QCoro::waitFor(server().health());
        QVERIFY(version);
        QCOMPARE(*version, QStringLiteral("1.18.33"));
        QCOMPARE(m_peer.last().path, std::string("/global/health"));
        // "opencode:pass:word"
        QCOMPARE(m_peer.last().get_header_value("Authorization"),
                 std::string("Basic b3BlbmNvZGU6cGFzczp3b3Jk"));
    }

    void healthOfSomethingElse_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, int status, const char* body, ErrorCode code) {
            QTest::newRow(name) << status << QByteArray(body) << static_cast<int>(code);
        };
        row("refused", 401, "", ErrorCode::OpencodeRefused);
        row("page", 200, "<html>", ErrorCode::ServerBadAnswer);
        row("empty", 200, "", ErrorCode::ServerBadAnswer);
        row("other object", 200, "{}", ErrorCode::ServerBadAnswer);
        row("unhealthy", 200, R"({"healthy":false,"version":"1"})", ErrorCode::ServerBadAnswer);
        row("not found", 404, "{}", ErrorCode::ServerBadAnswer);
        row("failed", 500, "{}", ErrorCode::ServerBadAnswer);
    }

    void healthOfSomethingElse()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        m_peer.answer(status, body.toStdString());
        const auto version = QCoro::waitFor(server().health());
        QVERIFY(!version);
        QCOMPARE(static_cast<int>(version.error().code), code);
    }

    void share()
    {
        m_peer.answer(200, "{\"id\":\"ses_1\",\"share\":{\"url\":\"https://opncd.ai/share/abc\"}}");
        const auto url =
            QCoro::waitFor(server().share(QStringLiteral("ses_1"), QStringLiteral("/home/ada/a b&c=d+e/ü")));
        QVERIFY(url);
        QCOMPARE(*url, QUrl(QStringLiteral("https://opncd.ai/share/abc")));
        const auto request = m_peer.last();
        QCOMPARE(request.method, std::string("POST"));
        QCOMPARE(request.path, std::string("/session/ses_1/share"));
        QCOMPARE(request.get_param_value("directory"), std::string("/home/ada/a b&c=d+e/\xc3\xbc"));
    }

    void idStaysInItsPlace()
    {
        m_peer.answer(200, "{}");
        static_cast<void>(QCoro::waitFor(server().unshare(QStringLiteral("../a?b#c"), QStringLiteral("/"))));
        QVERIFY(m_peer.last().target.starts_with("/session/..%2Fa%3Fb%23c/share?directory="));
    }

    void shareFails_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, int status, const char* body, ErrorCode code) {
            QTest::newRow(name) << status << QByteArray(body) << static_cast<int>(code);
        };
        row("failed", 500, "{}", ErrorCode::OpencodeShareFailed);
        row("no such session", 404, "{}", ErrorCode::SessionNotFound);
        row("refused", 401, "", ErrorCode::OpencodeRefused);
        row("nothing shared", 200, R"({"id":"ses_1"})", ErrorCode::OpencodeShareFailed);
        row("page", 200, "<html>", ErrorCode::ServerBadAnswer);
        row("bad request", 400, "{}", ErrorCode::ServerBadAnswer);
    }

    void shareFails()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        m_peer.answer(status, body.toStdString());
        const auto url = QCoro::waitFor(server().share(QStringLiteral("ses_1"), QStringLiteral("/")));
        QVERIFY(!url);
        QCOMPARE(static_cast<int>(url.error().code), code);
    }

    void shareMode()
    {
        m_peer.answer(200, R"({"share":"auto","provider":{}})");
        const auto mode = QCoro::waitFor(server().shareMode(QStringLiteral("/home/ada/a b&c")));
        QVERIFY(mode);
        QCOMPARE(*mode, ShareMode::Auto);
        QCOMPARE(m_peer.last().method, std::string("GET"));
        QCOMPARE(m_peer.last().path, std::string("/config"));
        QCOMPARE(m_peer.last().get_param_value("directory"), std::string("/home/ada/a b&c"));
        m_peer.answer(200, "<html>");
        QCOMPARE(QCoro::waitFor(server().shareMode(QStringLiteral("/"))).error().code,
                 ErrorCode::ServerBadAnswer);
        m_peer.answer(401, "");
        QCOMPARE(QCoro::waitFor(server().shareMode(QStringLiteral("/"))).error().code,
                 ErrorCode::OpencodeRefused);
    }

    void reload()
    {
        m_peer.answer(200, "true");
        QVERIFY(QCoro::waitFor(server().reload(QStringLiteral("/home/ada/a b"))));
        QCOMPARE(m_peer.last().method, std::string("POST"));
        QCOMPARE(m_peer.last().path, std::string("/instance/dispose"));
        QCOMPARE(m_peer.last().get_param_value("directory"), std::string("/home/ada/a b"));
        m_peer.answer(200, "<html>");
        QCOMPARE(QCoro::waitFor(server().reload(QStringLiteral("/"))).error().code,
                 ErrorCode::ServerBadAnswer);
        m_peer.answer(401, "");
        QCOMPARE(QCoro::waitFor(server().reload(QStringLiteral("/"))).error().code,
                 ErrorCode::OpencodeRefused);
    }

    void notInstalled()
    {
        Environment environment = environmentWith(QStringLiteral("/no/such/opencode"));
        QCOMPARE(opencodeProgram(environment), QString());
        QCOMPARE(startError(environment), ErrorCode::OpencodeMissing);
    }

    void programsOnTheWay()
    {
        Environment environment = environmentWith({});
        environment.variables.insert(QStringLiteral("PATH"), QStringLiteral(".:") + m_folder.path());
        QCOMPARE(opencodeProgram(environment), QString());
        const QString onPath = program("exit 0\n");
        QCOMPARE(opencodeProgram(environment), onPath);

        environment.variables.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin"));
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral(".opencode/bin")));
        const QString installed = m_folder.filePath(QStringLiteral(".opencode/bin/opencode"));
        QVERIFY(QFile::copy(onPath, installed));
        QCOMPARE(opencodeProgram(environment), installed);
    }

    void endsAtOnce()
    {
        const auto environment = environmentWith(program("echo 'Error: key sk-live-0123' >&2; exit 3\n"));
        const auto started = QCoro::waitFor(PrivateServer::start(environment, {}, m_folder.path()));
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::OpencodeStartFailed);
        QVERIFY(started.error().detail.contains(u"3"));
        QVERIFY(!started.error().detail.contains(u"sk-live"));
    }

    void notExecutableAfterAll()
    {
        const QString path = program("");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\x7f"
                   "ELF");
        file.close();
        QCOMPARE(startError(environmentWith(path)), ErrorCode::OpencodeStartFailed);
    }

    void floodOfOutput()
    {
        QCOMPARE(startError(environmentWith(program("exec yes\n"))), ErrorCode::OpencodeStartFailed);
    }

    void stoppedWhileStarting()
    {
        const auto environment = environmentWith(program("echo $$ > pid; exec sleep 60\n"));
        std::stop_source stop;
        auto task = PrivateServer::start(environment, {}, m_folder.path(), stop.get_token());
        QFile pid(m_folder.filePath(QStringLiteral("pid")));
        QTRY_VERIFY(pid.exists() && pid.size() > 0);
        stop.request_stop();
        const auto started = QCoro::waitFor(std::move(task));
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::Cancelled);
        QVERIFY(pid.open(QIODevice::ReadOnly));
        const auto id = static_cast<pid_t>(pid.readAll().trimmed().toInt());
        QVERIFY(id > 0);
        QVERIFY2(!isRunning(id), "the child has to end with the start");
    }

    void listensButIsNoServer()
    {
        const QByteArray port = QByteArray::number(m_peer.url().port());
        m_peer.answer(200, "<html>");
        const auto environment = environmentWith(
            program("echo opencode server listening on http://127.0.0.1:" + port + "\nexec sleep 60\n"));
        QCOMPARE(startError(environment), ErrorCode::OpencodeStartFailed);
    }

#ifdef Q_OS_LINUX
    void childDiesWhenWeAreKilled()
    {
        const QByteArray port = QByteArray::number(m_peer.url().port());
        m_peer.answer(200, R"({"healthy":true,"version":"1"})");
        const QString opencode =
            program("echo $$ > pid\necho opencode server listening on http://127.0.0.1:" + port +
                    "\nexec sleep 600\n");
        QProcess holder;
        holder.setWorkingDirectory(m_folder.path());
        holder.start(QCoreApplication::applicationFilePath(), {QStringLiteral("hold-server"), opencode});
        QVERIFY(holder.waitForReadyRead());
        QCOMPARE(holder.readAllStandardOutput().trimmed(), QByteArray("started"));
        QFile pid(m_folder.filePath(QStringLiteral("pid")));
        QVERIFY(pid.open(QIODevice::ReadOnly));
        const auto id = static_cast<pid_t>(pid.readAll().trimmed().toInt());
        QCOMPARE(::kill(id, 0), 0);
        holder.kill();
        QVERIFY(holder.waitForFinished());
        // Nobody reaps it here but init, so a dead child may stay as a zombie for a moment.
        QTRY_VERIFY(!isRunning(id));
    }
#endif

    void childGetsThePasswordOnlyThroughItsEnvironment()
    {
        const QByteArray port = QByteArray::number(m_peer.url().port());
        m_peer.answer(200, R"({"healthy":true,"version":"1"})");
        const auto environment = environmentWith(
            program("pwd > cwd; echo \"$*\" > arguments; echo \"$OPENCODE_SERVER_PASSWORD\" > password;"
                    "echo \"$EXTRA\" > extra\n"
                    "echo opencode server listening on http://127.0.0.1:" +
                    port + "\ntrap '' TERM; sleep 60 & echo $! > helper; wait\n"));
        auto started = QCoro::waitFor(PrivateServer::start(
            environment, {{QStringLiteral("EXTRA"), QStringLiteral("more")}}, m_folder.path()));
        QVERIFY(started);
        const auto textOf = [this](const char* name) {
            QFile file(m_folder.filePath(QLatin1String(name)));
            return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
        };
        const QByteArray password = textOf("password");
        QCOMPARE(password.size(), 64);
        QVERIFY((*started)->address().password == Secret(password.toStdString()));
        QVERIFY(!textOf("arguments").contains(password));
        QCOMPARE(textOf("extra"), QByteArray("more"));
        QCOMPARE(QDir(QString::fromUtf8(textOf("cwd"))),
                 QDir(QFileInfo(m_folder.path()).canonicalFilePath()));
        QTRY_VERIFY(!textOf("helper").isEmpty());
        const auto helper = static_cast<pid_t>(textOf("helper").toInt());
        QCOMPARE(::kill(helper, 0), 0);
        started->reset(); // it ignores the polite signal, and has a helper
        QTRY_VERIFY(!isRunning(helper));
    }
};

//! The part of a program that is killed: starts a server in the current folder, says so, and waits.
static int holdServer(const QString& opencode)
{
    Environment environment = Environment::system();
    environment.variables.insert(QStringLiteral("SHARELOCK_OPENCODE"), opencode);
    const auto started = QCoro::waitFor(PrivateServer::start(environment, {}, QDir::currentPath()));
    QTextStream(stdout) << (started ? "started" : "failed") << Qt::endl;
    return QCoreApplication::exec();
}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (const auto arguments = application.arguments(); arguments.value(1) == u"hold-server") {
        return holdServer(arguments.value(2));
    }
    TestOpencodeServer test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_opencode_server.moc"
