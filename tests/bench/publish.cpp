// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// Publishing the newest session of this environment (OPENCODE_DB and so on) to a share server on loopback,
// against curl sending the very same bodies to it:
//   bench_publish [RUNS] [PROGRAM]
// With PROGRAM (sharelock), also its whole `publish` command.

#include "demo/loopback_share_server.h"
#include "sharing/share_manager.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <QCoroTask>

#include <algorithm>
#include <cstdio>
#include <optional>

using namespace sharelock;

namespace {

constexpr int patienceMs = 120'000;

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

//! One round of measuring; milliseconds.
struct Round
{
    double offer =
        0; //!< Reading, hiding names, fresh IDs: what the preview has done before anyone publishes.
    double publish = 0; //!< From the confirmation to the link, its content read back.
    double upload = 0;  //!< Of it: the same bytes as curl's, each body searched by the leak gate before.
    double verify = 0;  //!< Of it: reading all back.
    double curl = 0;
    double program = 0;
};

class Bench
{
public:
    Bench(QString folder, QString program)
        : m_folder(std::move(folder))
        , m_program(std::move(program))
        , m_server(demo::Generation::Next)
        , m_manager(options())
    {
    }

    bool prepare();
    std::optional<Round> round();
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] std::size_t bodies() const { return m_bodies.size(); }

private:
    [[nodiscard]] sharing::ManagerOptions options() const;
    bool takeBodies(const QString& shareId);
    [[nodiscard]] bool runCurl() const;
    [[nodiscard]] bool runProgram() const;

    QString m_folder;
    QString m_program;
    demo::LoopbackShareServer m_server;
    sharing::ShareManager m_manager;
    QString m_sessionId;
    std::vector<demo::SeenRequest> m_bodies;
    qint64 m_bytes = 0;
};

sharing::ManagerOptions Bench::options() const
{
    sharing::ManagerOptions options;
    options.environment = Environment::system();
    options.environment.variables.insert(QStringLiteral("SHARELOCK_DATA"), m_folder + u"/data");
    options.vault = sharing::VaultKind::File;
    options.server = m_server.origin();
    return options;
}

bool Bench::prepare()
{
    const auto sessions = m_manager.sessions();
    if (!sessions || sessions->empty())
        return false;
    m_sessionId = sessions->front().id;
    const auto vault = QCoro::waitFor(m_manager.openVault());
    return vault.status == sharing::VaultStatus::Open;
}

bool Bench::takeBodies(const QString& shareId)
{
    const QByteArray path = "/api/share/" + shareId.toLatin1() + "/sync";
    m_bodies = m_server.requests();
    std::erase_if(m_bodies, [&](const demo::SeenRequest& request) { return request.path != path; });
    m_bytes = 0;
    for (const demo::SeenRequest& request : m_bodies)
        m_bytes += request.body.size();
    // One command of curl for all of them, so that it keeps its connection as we keep ours.
    QFile config(m_folder + u"/curl");
    if (!config.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return false;
    for (std::size_t i = 0; i < m_bodies.size(); ++i) {
        QFile body(m_folder + u"/body" + QString::number(i));
        if (!body.open(QIODevice::WriteOnly | QIODevice::Truncate) ||
            body.write(m_bodies[i].body) != m_bodies[i].body.size())
            return false;
        config.write(i == 0 ? "" : "next\n");
        config.write("silent\nfail\noutput = /dev/null\nheader = \"Expect:\"\nheader = \"Content-Type: "
                     "application/json\"\n");
        config.write("url = " + m_server.origin().toEncoded() + m_bodies[i].path + '\n');
        config.write("data-binary = \"@" + QFile::encodeName(body.fileName()) + "\"\n");
    }
    return !m_bodies.empty();
}

bool Bench::runCurl() const
{
    QProcess curl;
    curl.start(QStringLiteral("curl"), {QStringLiteral("--config"), m_folder + u"/curl"});
    return curl.waitForFinished(patienceMs) && curl.exitStatus() == QProcess::NormalExit &&
           curl.exitCode() == 0;
}

bool Bench::runProgram() const
{
    QProcess program;
    QProcessEnvironment variables = options().environment.variables;
    variables.insert(QStringLiteral("SHARELOCK_DATA"), m_folder + u"/other-data");
    program.setProcessEnvironment(variables);
    program.setStandardErrorFile(QProcess::nullDevice());
    program.start(m_program,
                  {QStringLiteral("publish"), m_sessionId, QStringLiteral("--yes"), QStringLiteral("--vault"),
                   QStringLiteral("file"), QStringLiteral("--server"), m_server.origin().toString()});
    return program.waitForFinished(patienceMs) && program.exitStatus() == QProcess::NormalExit &&
           program.exitCode() == 0;
}

std::optional<Round> Bench::round()
{
    Round result;
    QElapsedTimer clock;
    const auto lap = [&clock] { return static_cast<double>(clock.nsecsElapsed()) / 1e6; };
    clock.start();
    auto offer = m_manager.offer(m_sessionId);
    result.offer = lap();
    if (!offer)
        return std::nullopt;
    clock.start();
    double uploadBegin = 0;
    double verifyBegin = 0;
    const auto observe = [&](const sharing::PublishProgress& progress) {
        if (progress.stage == sharing::PublishStage::Uploading && uploadBegin == 0)
            uploadBegin = lap();
        else if (progress.stage == sharing::PublishStage::Verifying)
            verifyBegin = lap();
    };
    const auto link = QCoro::waitFor(m_manager.publish(std::move(*offer), observe));
    result.publish = lap();
    result.upload = verifyBegin - uploadBegin;
    result.verify = result.publish - verifyBegin;
    if (!link || !takeBodies(link->id.shareId))
        return std::nullopt;
    clock.start();
    const bool sent = runCurl();
    result.curl = lap();
    // Else the memory of the server grows, and with it every later figure.
    const auto gone = QCoro::waitFor(m_manager.unshare(link->id));
    if (!sent || !gone)
        return std::nullopt;
    if (!m_program.isEmpty()) {
        clock.start();
        if (!runProgram())
            return std::nullopt;
        result.program = lap();
    }
    return result;
}

void printRow(const char* what, const std::vector<Round>& rounds, double Round::*field)
{
    std::vector<double> values, ratios;
    for (const Round& round : rounds) {
        values.push_back(round.*field);
        ratios.push_back(round.*field / round.curl);
    }
    std::printf("%-44s %8.0f %8.0f %8.2f\n", what, *std::min_element(values.begin(), values.end()),
                median(values), median(ratios));
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int runs = std::max(1, arguments.value(1, QStringLiteral("7")).toInt());
    const QTemporaryDir folder;
    Bench bench(folder.path(), arguments.value(2));
    if (!bench.prepare()) {
        std::fputs("bench_publish: no session, or no vault\n", stderr);
        return 1;
    }
    std::vector<Round> rounds;
    for (int i = 0; i < runs + 1; ++i) {
        const auto round = bench.round();
        if (!round) {
            std::fputs("bench_publish: a round failed\n", stderr);
            return 1;
        }
        // The first one only warms up.
        if (i > 0)
            rounds.push_back(*round);
    }
    std::printf("%zu bodies, %.1f MB\n", bench.bodies(), static_cast<double>(bench.bytes()) / 1e6);
    std::printf("%-44s %8s %8s %8s\n", "", "min ms", "median", "to curl");
    printRow("curl, the same bodies", rounds, &Round::curl);
    printRow("publish, from the confirmation to the link", rounds, &Round::publish);
    printRow("  of it sending", rounds, &Round::upload);
    printRow("  of it reading back", rounds, &Round::verify);
    printRow("the offer before it", rounds, &Round::offer);
    if (!arguments.value(2).isEmpty())
        printRow("sharelock publish, the whole process", rounds, &Round::program);
    return 0;
}
