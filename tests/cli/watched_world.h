// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/manager_world.h"
#include "support/sharelock_program.h"

#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <vector>

namespace sharelock::tests {

constexpr int patience = 60'000; // Another process may have the processor.

//! \brief The real program in the home of a person with opencode's data and a share server.
class WatchedWorld
{
public:
    WatchedWorld()
        : m_home(true)
    {
        QProcessEnvironment& environment = m_home.environment();
        environment.insert(QStringLiteral("HOME"), world.home());
        environment.insert(QStringLiteral("USER"), QStringLiteral("ada"));
        for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOGNAME"})
            environment.remove(QLatin1String(name));
    }

    [[nodiscard]] ProgramResult run(const QStringList& arguments) const
    {
        return m_home.run(arguments + QStringList{QStringLiteral("--vault"), QStringLiteral("file")});
    }
    [[nodiscard]] ProgramHome& home() { return m_home; }

    test::ManagerWorld world;

private:
    ProgramHome m_home;
};

//! \brief `sharelock watch` while it runs.
class WatchProgram
{
public:
    explicit WatchProgram(WatchedWorld& world)
        : m_world(world)
    {
    }
    ~WatchProgram()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    //! \brief Returns when it watches.
    void start(const QStringList& arguments)
    {
        m_world.home().start(m_process, QStringList{QStringLiteral("watch"), QStringLiteral("--vault"),
                                                    QStringLiteral("file")} +
                                            arguments);
        QTRY_VERIFY_WITH_TIMEOUT(err().contains("Watching"), patience);
    }
    [[nodiscard]] QByteArray err()
    {
        m_err += m_process.readAllStandardError();
        return m_err;
    }
    [[nodiscard]] QByteArray out()
    {
        m_out += m_process.readAllStandardOutput();
        return m_out;
    }
    //! \brief The lines that name this event; all lines must be JSON.
    [[nodiscard]] std::vector<QJsonObject> events(const QString& name)
    {
        std::vector<QJsonObject> found;
        for (const QByteArray& line : out().split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            if (!line.isEmpty() && object.isEmpty())
                qFatal("no JSON: %s", line.constData());
            if (object[QStringLiteral("event")].toString() == name)
                found.push_back(object);
        }
        return found;
    }
    //! \returns the exit status, -1 when it does not end or crashes.
    [[nodiscard]] int end(int signal)
    {
        ::kill(static_cast<pid_t>(m_process.processId()), signal);
        const bool ended =
            m_process.waitForFinished(patience) && m_process.exitStatus() == QProcess::NormalExit;
        return ended ? m_process.exitCode() : -1;
    }

private:
    WatchedWorld& m_world;
    QProcess m_process;
    QByteArray m_out;
    QByteArray m_err;
};

} // namespace sharelock::tests
