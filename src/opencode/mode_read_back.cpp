// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/mode_read_back.h"

#include "base/child_process.h"
#include "base/thread_guard.h"
#include "opencode/opencode_server.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace sharelock::opencode {

namespace {

constexpr std::chrono::milliseconds timeout{60'000};

//! Nothing is fetched, installed, updated or written to the person's database, and no foreign code runs.
QProcessEnvironment quietVariables(const Environment& environment)
{
    QProcessEnvironment variables = environment.variables;
    for (const char* name :
         {"OPENCODE_DISABLE_AUTOUPDATE", "OPENCODE_DISABLE_MODELS_FETCH", "OPENCODE_DISABLE_LSP_DOWNLOAD",
          "OPENCODE_DISABLE_DEFAULT_PLUGINS", "OPENCODE_PURE"}) {
        variables.insert(QLatin1String(name), QStringLiteral("1"));
    }
    variables.insert(QStringLiteral("OPENCODE_DB"), QStringLiteral(":memory:"));
    // Whoever is logged in nowhere has no remote configuration to wait for.
    variables.insert(QStringLiteral("OPENCODE_AUTH_CONTENT"), QStringLiteral("{}"));
    variables.insert(QStringLiteral("npm_config_offline"), QStringLiteral("true"));
    // Whatever else wants to go out ends at a port where nobody listens.
    for (const char* name : {"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"}) {
        variables.insert(QLatin1String(name), QStringLiteral("http://127.0.0.1:9"));
    }
    variables.remove(QStringLiteral("NO_PROXY"));
    variables.remove(QStringLiteral("no_proxy"));
    return variables;
}

tl::unexpected<Error> failureOf(const ChildEnd& end, const QString& program)
{
    switch (end.how) {
    case ChildEnd::How::Stopped:
        return fail(ErrorCode::Cancelled, program);
    case ChildEnd::How::TimedOut:
        return fail(ErrorCode::OpencodeTimeout, program);
    case ChildEnd::How::NotStarted:
        return fail(ErrorCode::OpencodeStartFailed, program, QStringLiteral("It could not be started."));
    case ChildEnd::How::TooMuch:
        return fail(ErrorCode::OpencodeStartFailed, program, QStringLiteral("It wrote more than a config."));
    case ChildEnd::How::Ended:
        break;
    }
    // What it wrote may quote keys from the configuration, so nobody is told.
    return end.status != 0 ? fail(ErrorCode::OpencodeStartFailed, program,
                                  QStringLiteral("It ended with status %1.").arg(end.status))
                           : fail(ErrorCode::OpencodeStartFailed, program,
                                  QStringLiteral("What it wrote is no configuration."));
}

} // namespace

std::optional<ShareMode> modeInConfig(const QByteArray& json)
{
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return std::nullopt;
    }
    const auto share = document.object().value(u"share");
    if (share.isUndefined() || share == QStringLiteral("manual")) {
        return ShareMode::Manual;
    }
    if (share == QStringLiteral("auto")) {
        return ShareMode::Auto;
    }
    return share == QStringLiteral("disabled") ? std::optional(ShareMode::Disabled) : std::nullopt;
}

QCoro::Task<Expected<ShareMode>> modeOfOpencode(Environment environment, QString directory,
                                                std::stop_token stop)
{
    assertOffGuiThread("asking opencode for the share mode");
    ChildProgram child;
    child.program = opencodeProgram(environment);
    if (child.program.isEmpty()) {
        co_return fail(ErrorCode::OpencodeMissing);
    }
    child.arguments = QStringList{QStringLiteral("debug"), QStringLiteral("config")};
    child.variables = quietVariables(environment);
    child.directory = directory;
    child.timeout = timeout;
    const QString program = child.program;
    const ChildEnd end = co_await runChild(std::move(child), std::move(stop));
    const bool isGood = end.how == ChildEnd::How::Ended && end.status == 0;
    const std::optional<ShareMode> mode = isGood ? modeInConfig(end.output) : std::nullopt;
    if (!mode) {
        co_return failureOf(end, program);
    }
    co_return *mode;
}

} // namespace sharelock::opencode
