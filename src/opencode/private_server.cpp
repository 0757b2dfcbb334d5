// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/opencode_server.h"

#include "base/child_process.h"
#include "base/stop_notice.h"
#include "base/thread_guard.h"
#include "opencode/listening_line.h"

#include <QCoroSignal>

#include <QHostAddress>
#include <QProcess>
#include <QTcpServer>

#include <sodium.h>

#include <array>
#include <chrono>

namespace sharelock::opencode {

namespace {

constexpr std::chrono::milliseconds startTimeout{60'000};
constexpr int terminateMs = 3000;
constexpr int killMs = 2000;

Secret randomPassword()
{
    std::array<unsigned char, 32> bytes{};
    std::array<char, 2 * bytes.size() + 1> text{};
    randombytes_buf(bytes.data(), bytes.size());
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    Secret password(std::string_view(text.data(), text.size() - 1));
    sodium_memzero(bytes.data(), bytes.size());
    sodium_memzero(text.data(), text.size());
    return password;
}

//! opencode takes port 0 for its usual port, which the person's own server may want.
quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
}

} // namespace

class PrivateServer::Private
{
public:
    ~Private()
    {
        if (process.state() == QProcess::NotRunning) {
            return;
        }
        assertOffGuiThread("ending opencode");
        const qint64 id = process.processId();
        process.terminate();
        if (!process.waitForFinished(terminateMs)) {
            process.kill();
            process.waitForFinished(killMs);
        }
        endHelpersOf(id);
    }

    void prepare(const Environment& environment, const std::vector<std::pair<QString, QString>>& extra,
                 const QString& workingDirectory)
    {
        const quint16 port = freePort();
        password = randomPassword();
        QProcessEnvironment variables = environment.variables;
        variables.insert(QStringLiteral("OPENCODE_DISABLE_AUTOUPDATE"), QStringLiteral("1"));
        variables.insert(QStringLiteral("OPENCODE_SERVER_USERNAME"), ServerAddress().userName);
        const std::string_view text = password.reveal();
        variables.insert(QStringLiteral("OPENCODE_SERVER_PASSWORD"),
                         QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size())));
        for (const auto& [name, value] : extra) {
            variables.insert(name, value);
        }
        process.setProcessEnvironment(variables);
        process.setWorkingDirectory(workingDirectory);
        process.setArguments({QStringLiteral("serve"), QStringLiteral("--hostname"),
                              QStringLiteral("127.0.0.1"), QStringLiteral("--port"), QString::number(port)});
        // Its log may quote configuration, keys included, so nobody keeps it.
        process.setStandardErrorFile(QProcess::nullDevice());
        process.setStandardInputFile(QProcess::nullDevice());
        endWithThisProcess(process);
    }

    QProcess process;
    QUrl url;
    Secret password;
};

PrivateServer::PrivateServer()
    : d(std::make_unique<Private>())
{
}

PrivateServer::~PrivateServer() = default;

ServerAddress PrivateServer::address() const
{
    ServerAddress address;
    address.url = d->url;
    address.password = d->password;
    return address;
}

QCoro::Task<Expected<std::unique_ptr<PrivateServer>>>
PrivateServer::start(Environment environment, std::vector<std::pair<QString, QString>> extra,
                     QString workingDirectory, std::stop_token stop)
{
    assertOffGuiThread("starting opencode");
    const QString program = opencodeProgram(environment);
    if (program.isEmpty()) {
        co_return fail(ErrorCode::OpencodeMissing);
    }
    std::unique_ptr<PrivateServer> server(new PrivateServer);
    server->d->prepare(environment, extra, workingDirectory);
    server->d->process.setProgram(program);

    ListeningLine line(server->d->process, stop);
    server->d->process.start();
    if (!line.isSettled()) {
        co_await qCoro(&line, &ListeningLine::settled, startTimeout);
    }
    if (stop.stop_requested()) {
        co_return fail(ErrorCode::Cancelled, program);
    }
    if (!line.url().isValid()) {
        co_return fail(ErrorCode::OpencodeStartFailed, program, line.problem());
    }
    server->d->url = line.url();
    HttpClient http;
    OpencodeServer api(server->address(), http);
    const auto version = co_await api.health(stop);
    if (!version && version.error().code == ErrorCode::Cancelled) {
        co_return tl::unexpected(version.error());
    }
    if (!version) {
        co_return fail(ErrorCode::OpencodeStartFailed, program, codeName(version.error().code));
    }
    co_return std::move(server);
}

} // namespace sharelock::opencode
