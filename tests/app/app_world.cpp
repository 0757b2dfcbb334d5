// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_world.h"

#include "sharing/share_server.h"

#include <QCoroTask>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <thread>

namespace sharelock::test {

using namespace std::chrono_literals;

void offGuiThread(const std::function<void()>& work)
{
    std::thread thread(work);
    thread.join();
}

AppWorld::AppWorld(bool withDatabase)
    : server(std::make_unique<demo::LoopbackShareServer>(demo::Generation::June2026))
{
    environment.home = home();
    environment.userName = QStringLiteral("ada");
    environment.hostName = QStringLiteral("engine");
    environment.variables.insert(QStringLiteral("HOME"), home());
    // Nothing of opencode is on this path.
    environment.variables.insert(QStringLiteral("PATH"), home() % u"/bin");
    QDir().mkpath(environment.opencodeDataFolder());
    configure(R"({"enterprise":{"url":")" + server->origin().toString().toUtf8() + R"("}})");
    if (withDatabase)
        write([](OpencodeDatabase&) {});
}

AppWorld::~AppWorld()
{
    offGuiThread([this] { m_database.reset(); });
}

sharing::ManagerOptions AppWorld::options() const
{
    sharing::ManagerOptions options;
    options.environment = environment;
    options.vault = sharing::VaultKind::File;
    options.http.idleTimeout = 2s;
    options.http.totalTimeout = 10s;
    options.http.tries = 2;
    options.http.firstPause = 10ms;
    options.http.longestPause = 50ms;
    return options;
}

AppWorld::PublicSession AppWorld::makePublic(const QByteArray& sessionId, const QByteArray& title) const
{
    PublicSession made;
    const auto share = [&] {
        HttpClient http;
        sharing::ShareServer protocol(server->origin(), http);
        const auto created = QCoro::waitFor(protocol.create(QString::fromLatin1(sessionId)));
        if (!created)
            qFatal("create");
        document::ShareDocument document;
        (void)document.add(
            "session",
            QByteArray(R"({"id":")" + sessionId + R"(","title":")" + title + R"("})").toStdString());
        const QByteArray body = sharing::ShareServer::syncBody(created->key, document.items());
        if (!QCoro::waitFor(protocol.sync(created->id.shareId, body)))
            qFatal("sync");
        made = {created->id, created->url,
                QByteArray(created->key.reveal().data(), qsizetype(created->key.size()))};
    };
    // A thread of Qt's: the network needs its timers.
    const std::unique_ptr<QThread> thread(QThread::create(share));
    thread->start();
    thread->wait();
    return made;
}

app::CoreSetupFunction AppWorld::setup() const
{
    return [options = options()]() -> Expected<app::CoreSetup> { return app::CoreSetup{options, nullptr}; };
}

void AppWorld::write(const std::function<void(OpencodeDatabase&)>& work)
{
    offGuiThread([&] {
        if (!m_database) {
            m_database = std::make_unique<OpencodeDatabase>(databasePath());
            m_database->addProject("project1", (home() % u"/work").toUtf8(), "work");
        }
        work(*m_database);
    });
}

void AppWorld::addSession(const QByteArray& id, const QByteArray& title, int exchanges, qint64 updated)
{
    write([&](OpencodeDatabase& database) {
        SampleSession session;
        session.id = id;
        session.title = title;
        session.directory = (home() % u"/work").toUtf8();
        session.created = updated - 1000;
        session.updated = updated;
        database.addSession(session);
        for (int i = 0; i < exchanges; ++i) {
            const QByteArray tail = QByteArray::number(10'000 + i) + id.mid(4);
            database.addMessage("msg_a" + tail, id, updated + 2 * i, userMessage());
            database.addPart("prt_a" + tail, "msg_a" + tail, id,
                             textPart("Look into " + home().toUtf8() + "/work, says ada"));
            database.addMessage("msg_b" + tail, id, updated + 2 * i + 1, assistantMessage());
            database.addPart("prt_b" + tail, "msg_b" + tail, id, textPart("Answer " + QByteArray::number(i)));
        }
    });
}

void AppWorld::writeDatabaseFile(const QByteArray& bytes)
{
    QFile file(databasePath());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("opencode.db");
}

void AppWorld::configure(const QByteArray& json)
{
    QDir().mkpath(environment.opencodeConfigFolder());
    QFile file(environment.opencodeConfigFolder() % u"/opencode.json");
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
        qFatal("opencode.json");
}

} // namespace sharelock::test
