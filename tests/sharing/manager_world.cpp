// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "manager_world.h"

#include "live_link.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace sharelock::test {

ManagerWorld::ManagerWorld(demo::Generation generation, bool withDatabase)
    : server(std::make_unique<demo::LoopbackShareServer>(generation))
{
    environment.home = home();
    environment.userName = QStringLiteral("ada");
    environment.hostName = QStringLiteral("engine");
    environment.variables.insert(QStringLiteral("HOME"), home());
    // Nothing of opencode is on this path.
    environment.variables.insert(QStringLiteral("PATH"), home() % u"/bin");
    QDir().mkpath(home());
    QDir().mkpath(environment.opencodeDataFolder());
    configure(R"({"enterprise":{"url":")" + server->origin().toString().toUtf8() + R"("}})");
    if (withDatabase)
        addDatabase();
}

void ManagerWorld::addDatabase()
{
    QDir().mkpath(QFileInfo(databasePath()).absolutePath());
    database = std::make_unique<OpencodeDatabase>(databasePath());
    database->addProject("project1", (home() % u"/work").toUtf8(), "work");
}

std::unique_ptr<sharing::ShareManager> ManagerWorld::manager() const
{
    return std::make_unique<sharing::ShareManager>(options());
}

sharing::ManagerOptions ManagerWorld::options() const
{
    sharing::ManagerOptions options;
    options.environment = environment;
    options.vault = sharing::VaultKind::File;
    options.http = SharingWorld::fast();
    return options;
}

void ManagerWorld::configure(const QByteArray& json) const
{
    QDir().mkpath(environment.opencodeConfigFolder());
    QFile file(environment.opencodeConfigFolder() % u"/opencode.json");
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
        qFatal("configure");
}

void ManagerWorld::addSession(OpencodeDatabase& where, const QByteArray& id, const QByteArray& title) const
{
    SampleSession session;
    session.id = id;
    session.title = title;
    session.directory = (home() % u"/work").toUtf8();
    where.addSession(session);
    const QByteArray message = "msg_" + id.mid(4);
    where.addMessage(message, id, 1'760'000'000'000, userMessage());
    where.addPart("prt_" + id.mid(4), message, id,
                  textPart("Look into " + home().toUtf8() + "/work, says ada"));
}

sharing::LinkId ManagerWorld::shareLive(OpencodeDatabase& where, const QByteArray& sessionId) const
{
    const sharing::CreatedShare created = shareAt(*server, QString::fromUtf8(sessionId), conversation(5));
    const std::string_view key = created.key.reveal();
    where.addShare(sessionId, created.id.shareId.toUtf8(), created.url.toString().toUtf8(),
                   QByteArray(key.data(), qsizetype(key.size())));
    return created.id;
}

std::vector<sharing::LinkId> ManagerWorld::shareMany(int count)
{
    std::vector<sharing::LinkId> ids;
    for (int number = 0; number < count; ++number) {
        const QByteArray id = "ses_5f1c2d3e4a5bAbCdEf" + QByteArray::number(10'000'000 + number);
        addSession(id, "Session " + QByteArray::number(number));
        ids.push_back(shareLive(id));
    }
    return ids;
}

bool ManagerWorld::isReadable(const QString& shareId) const
{
    return test::isReadable(*server, shareId);
}

} // namespace sharelock::test
