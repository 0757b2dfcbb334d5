// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "demo/demo_world.h"

#include "base/thread_guard.h"
#include "base/time.h"
#include "demo/sample_projects.h"
#include "demo/sample_writer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace sharelock::demo {

namespace {

// The sample texts are full of this person's paths. A home that exists here belongs to somebody real.
SamplePerson inventedPerson(const QString& folder)
{
    for (const char* name : {"alex", "robin", "kim", "noor", "sasha"}) {
        const QString user = QString::fromLatin1(name);
        const QString home = QStringLiteral("/home/") + user;
        if (!QFileInfo::exists(home))
            return {home, user, user + u"-laptop"};
    }
    return {folder + u"/home/alex", QStringLiteral("alex"), QStringLiteral("alex-laptop")};
}

// What a child process needs to run and to show itself; nothing of the person's opencode, keys or folders.
QProcessEnvironment neutralVariables()
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment neutral;
    for (const char* name : {"PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TERM",
                             "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR",
                             "XDG_CURRENT_DESKTOP", "XDG_DATA_DIRS", "DBUS_SESSION_BUS_ADDRESS"}) {
        const QString variable = QString::fromLatin1(name);
        if (own.contains(variable))
            neutral.insert(variable, own.value(variable));
    }
    return neutral;
}

Expected<void> writeConfig(const QString& folder, const QUrl& server)
{
    const QString path = folder + u"/opencode.json";
    const QJsonObject enterprise{{QStringLiteral("url"), server.toString()}};
    const QJsonObject config{{QStringLiteral("$schema"), QStringLiteral("https://opencode.ai/config.json")},
                             {QStringLiteral("enterprise"), enterprise}};
    const QByteArray bytes = QJsonDocument(config).toJson();
    QFile file(path);
    if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return fail(ErrorCode::FileFailed, path, file.errorString());
    return {};
}

} // namespace

Expected<std::unique_ptr<DemoWorld>> DemoWorld::create()
{
    assertOffGuiThread("DemoWorld::create");
    std::unique_ptr<DemoWorld> world(new DemoWorld);
    if (!world->m_folder.isValid()) // QTemporaryDir makes it readable by the person only.
        return fail(ErrorCode::FileFailed, world->m_folder.path(), world->m_folder.errorString());
    world->m_server = std::make_unique<LoopbackShareServer>(Generation::June2026);
    if (!world->m_server->isListening())
        return fail(ErrorCode::ServerUnreachable, QStringLiteral("127.0.0.1"));

    const QString folder = world->m_folder.path();
    const SamplePerson person = inventedPerson(folder);
    Environment& environment = world->m_environment;
    environment.home = person.home;
    environment.userName = person.user;
    environment.hostName = person.host;
    environment.variables = neutralVariables();
    const QString realHome = folder + u"/home";
    environment.variables.insert(QStringLiteral("HOME"), realHome);
    environment.variables.insert(QStringLiteral("XDG_DATA_HOME"), realHome + u"/.local/share");
    environment.variables.insert(QStringLiteral("XDG_STATE_HOME"), realHome + u"/.local/state");
    environment.variables.insert(QStringLiteral("XDG_CONFIG_HOME"), realHome + u"/.config");
    environment.variables.insert(QStringLiteral("XDG_CACHE_HOME"), realHome + u"/.cache");
    environment.variables.insert(QStringLiteral("SHARELOCK_DATA"), folder + u"/sharelock");

    if (!QDir().mkpath(environment.opencodeDataFolder()))
        return fail(ErrorCode::FileFailed, environment.opencodeDataFolder());
    if (auto written = writeConfig(environment.opencodeConfigFolder(), world->m_server->origin()); !written)
        return tl::unexpected(written.error());
    const QString database = environment.opencodeDatabase();
    const Expected<QStringList> shared = writeSamples(database, person, now());
    if (!shared)
        return tl::unexpected(shared.error());
    if (auto done = shareSamples(database, world->m_server->origin().toString(), *shared); !done)
        return tl::unexpected(done.error());
    if (auto done = writeProjects(realHome + u"/projects", database, now()); !done)
        return tl::unexpected(done.error());
    return world;
}

} // namespace sharelock::demo
