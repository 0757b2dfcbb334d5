// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "support/sharelock_program.h"

#include "base/time.h"
#include "demo/sample_sessions.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QUrl>

#include <filesystem>

namespace sharelock::tests {

namespace {

void replaceFolder(const QString& path, const QString& with)
{
    namespace fs = std::filesystem;
    fs::remove_all(path.toStdString());
    fs::copy(with.toStdString(), path.toStdString(), fs::copy_options::recursive);
}

} // namespace

QJsonArray ProgramResult::array() const
{
    return QJsonDocument::fromJson(out).array();
}

QJsonObject ProgramResult::object() const
{
    return QJsonDocument::fromJson(out).object();
}

ProgramHome::ProgramHome(bool empty)
    : m_environment(QProcessEnvironment::systemEnvironment())
{
    const auto set = [this](const char* name, const QString& relative) {
        m_environment.insert(QLatin1String(name), path(relative));
        QDir().mkpath(path(relative));
    };
    set("HOME", QStringLiteral("home"));
    set("XDG_DATA_HOME", QStringLiteral("home/data"));
    set("XDG_CONFIG_HOME", QStringLiteral("home/config"));
    set("XDG_CACHE_HOME", QStringLiteral("home/cache"));
    m_environment.insert(QStringLiteral("USER"), QStringLiteral("morgan"));
    m_environment.insert(QStringLiteral("LOGNAME"), QStringLiteral("morgan"));
    m_environment.remove(QStringLiteral("DISPLAY"));
    m_environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    m_environment.remove(QStringLiteral("SHARELOCK_OPENCODE"));
    if (empty)
        return;
    QDir().mkpath(path(QStringLiteral("home/data/opencode")));
    const auto written =
        demo::writeSampleSessions(database(), path(QStringLiteral("home")), QStringLiteral("morgan"), now());
    if (!written)
        qFatal("sample sessions: %s", qPrintable(caption(written.error())));
}

QString ProgramHome::path(const QString& relative) const
{
    return m_folder.filePath(relative);
}

QString ProgramHome::database() const
{
    return path(QStringLiteral("home/data/opencode/opencode.db"));
}

void ProgramHome::useServer(const QUrl& origin)
{
    const QString folder = path(QStringLiteral("home/config/opencode"));
    QDir().mkpath(folder);
    QFile file(folder + QStringLiteral("/opencode.json"));
    const QJsonObject enterprise{{QStringLiteral("url"), origin.toString()}};
    const bool written =
        file.open(QIODevice::WriteOnly) &&
        file.write(QJsonDocument(QJsonObject{{QStringLiteral("enterprise"), enterprise}}).toJson()) > 0;
    if (!written)
        qFatal("can't write %s", qPrintable(file.fileName()));
}

void ProgramHome::keep() const
{
    replaceFolder(path(QStringLiteral("kept")), path(QStringLiteral("home")));
}

void ProgramHome::restore() const
{
    replaceFolder(path(QStringLiteral("home")), path(QStringLiteral("kept")));
}

void ProgramHome::start(QProcess& process, const QStringList& arguments, const QByteArray& input) const
{
    process.setProcessEnvironment(m_environment);
    process.start(QStringLiteral(SHARELOCK_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
}

ProgramResult ProgramHome::finish(QProcess& process)
{
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
    }
    return {process.exitCode(), process.exitStatus() == QProcess::CrashExit, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

ProgramResult ProgramHome::run(const QStringList& arguments, const QByteArray& input) const
{
    QProcess process;
    start(process, arguments, input);
    return finish(process);
}

} // namespace sharelock::tests
