// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "support/real_opencode.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace sharelock::test {

namespace {

//! A loaded machine takes its time for a program of 150 MB.
constexpr int commandMs = 120'000;

bool runGit(const QString& folder, const QProcessEnvironment& variables, const QStringList& arguments)
{
    QProcess git;
    git.setWorkingDirectory(folder);
    git.setProcessEnvironment(variables);
    git.start(QStringLiteral("git"), arguments);
    return git.waitForFinished(commandMs) && git.exitCode() == 0;
}

bool makeProject(const QString& folder, const QProcessEnvironment& variables)
{
    const QStringList identity{QStringLiteral("-c"), QStringLiteral("user.name=Ada"), QStringLiteral("-c"),
                               QStringLiteral("user.email=ada@example.org")};
    return RealOpencode::writeFile(folder + u"/readme.txt", "alpha\nbeta\n") &&
           runGit(folder, variables, {QStringLiteral("init"), QStringLiteral("-q")}) &&
           runGit(folder, variables, {QStringLiteral("add"), QStringLiteral(".")}) &&
           runGit(folder, variables,
                  identity +
                      QStringList{QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("Start")});
}

} // namespace

RealOpencode::RealOpencode()
    : m_program(qEnvironmentVariable("SHARELOCK_OPENCODE"))
{
    const QFileInfo program(m_program);
    if (!program.isFile() || !program.isExecutable()) {
        m_problem =
            QStringLiteral("This test needs the real opencode 1.18.33: set SHARELOCK_OPENCODE to its program "
                           "(npm install opencode-ai@1.18.33). It is now \"%1\".")
                .arg(m_program);
        return;
    }
    m_environment.home = m_folder.filePath(QStringLiteral("home"));
    m_environment.userName = QStringLiteral("ada");
    auto& variables = m_environment.variables;
    for (const char* name : {"PATH", "LANG", "SHARELOCK_OPENCODE"}) {
        variables.insert(QLatin1String(name), qEnvironmentVariable(name));
    }
    variables.insert(QStringLiteral("HOME"), m_environment.home);
    variables.insert(QStringLiteral("TMPDIR"), m_folder.path());
    variables.insert(QStringLiteral("OPENCODE_DISABLE_MODELS_FETCH"), QStringLiteral("1"));
    variables.insert(QStringLiteral("OPENCODE_DISABLE_AUTOUPDATE"), QStringLiteral("1"));
    variables.insert(QStringLiteral("OPENCODE_DISABLE_LSP_DOWNLOAD"), QStringLiteral("1"));
    if (!QDir().mkpath(m_environment.home) || !makeProject(project(), variables)) {
        m_problem =
            QStringLiteral("The project for the real opencode could not be made (is git installed?).");
    }
}

void RealOpencode::setVariable(const QString& name, const QString& value)
{
    m_environment.variables.insert(name, value);
}

QString RealOpencode::project(const QString& name) const
{
    return m_folder.filePath(u"home/" + name);
}

bool RealOpencode::addProject(const QString& name) const
{
    return makeProject(project(name), m_environment.variables);
}

bool RealOpencode::configure(const QUrl& shareServer, const QUrl& model, const QJsonObject& more) const
{
    QJsonObject config = more;
    config.insert(QStringLiteral("enterprise"), QJsonObject{{QStringLiteral("url"), shareServer.toString()}});
    config.insert(QStringLiteral("permission"), QStringLiteral("allow"));
    if (!model.isEmpty()) {
        const QJsonObject options{{QStringLiteral("baseURL"), model.toString()},
                                  {QStringLiteral("apiKey"), QStringLiteral("x")}};
        const QJsonObject models{{QStringLiteral("m1"), QJsonObject{{QStringLiteral("reasoning"), true},
                                                                    {QStringLiteral("attachment"), true}}}};
        const QJsonObject provider{{QStringLiteral("npm"), QStringLiteral("@ai-sdk/openai-compatible")},
                                   {QStringLiteral("options"), options},
                                   {QStringLiteral("models"), models}};
        config.insert(QStringLiteral("provider"), QJsonObject{{QStringLiteral("mock"), provider}});
        config.insert(QStringLiteral("model"), QStringLiteral("mock/m1"));
    }
    return writeFile(m_environment.opencodeConfigFolder() + u"/opencode.json",
                     QJsonDocument(config).toJson());
}

bool RealOpencode::writeFile(const QString& path, const QByteArray& text)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
           file.write(text) == text.size();
}

RealOpencode::Output RealOpencode::run(const QStringList& arguments, const QString& folder) const
{
    QProcess process;
    // A file, since opencode ends before all of a long output has passed a pipe.
    const QString outPath = m_folder.filePath(QStringLiteral("out"));
    process.setStandardOutputFile(outPath);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setProcessEnvironment(m_environment.variables);
    process.setWorkingDirectory(folder.isEmpty() ? project() : folder);
    process.start(m_program, arguments);
    Output output;
    if (process.waitForFinished(commandMs)) {
        output.status = process.exitCode();
    }
    output.err = process.readAllStandardError();
    QFile out(outPath);
    if (out.open(QIODevice::ReadOnly)) {
        output.out = out.readAll();
    }
    return output;
}

} // namespace sharelock::test
