// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/core_thread.h"
#include "base/thread_guard.h"
#include "demo/loopback_share_server.h"
#include "sharing/link.h"
#include "support/opencode_database.h"

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

namespace sharelock::test {

//! \brief A person called ada with opencode's data, and a share server that opencode is configured to use.
//! The test's own thread is the one that draws: all that touches files happens on another one.
class AppWorld
{
public:
    explicit AppWorld(bool withDatabase = true);
    ~AppWorld();

    [[nodiscard]] sharing::ManagerOptions options() const;
    [[nodiscard]] app::CoreSetupFunction setup() const;
    [[nodiscard]] QString home() const { return m_folder.filePath(QStringLiteral("ada")); }
    [[nodiscard]] QString databasePath() const { return environment.opencodeDatabase(); }

    //! \brief Does \p work on a connection of another program to opencode.db, and waits for it.
    void write(const std::function<void(OpencodeDatabase&)>& work);
    //! \brief A session with \p exchanges times one message of each side, in which the home folder stands.
    void addSession(const QByteArray& id, const QByteArray& title, int exchanges = 1,
                    qint64 updated = 1'760'000'000'000);
    //! \brief Makes a session public as opencode does, and writes nothing down: it has no message.
    struct PublicSession
    {
        sharing::LinkId link;
        QUrl url;
        QByteArray key;
    };
    [[nodiscard]] PublicSession makePublic(const QByteArray& sessionId, const QByteArray& title) const;
    //! \brief \p bytes as opencode.db, whatever they are.
    void writeDatabaseFile(const QByteArray& bytes);
    //! \brief Writes opencode's global configuration.
    void configure(const QByteArray& json);

    Environment environment;
    std::unique_ptr<demo::LoopbackShareServer> server;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<OpencodeDatabase> m_database;
};

//! \brief Runs \p work on a thread that may be slow, and waits.
void offGuiThread(const std::function<void()>& work);

//! \brief Runs a test class with its main thread marked as the one that draws.
template <typename Test>
int runGuiTest(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    markGuiThread();
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace sharelock::test
