// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace sharelock::tests {

//! \brief What one run of the real `sharelock` program gave.
struct ProgramResult
{
    int status = -1;
    bool crashed = false; //!< Also when it was killed.
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonArray array() const;
    [[nodiscard]] QJsonObject object() const;
};

//! \brief The real program with a home of its own: sample sessions, a share server to be configured, the file
//! vault.
class ProgramHome
{
public:
    //! \brief Writes sample sessions unless \p empty.
    explicit ProgramHome(bool empty = false);

    [[nodiscard]] QString path(const QString& relative = {}) const;
    [[nodiscard]] QString database() const;
    [[nodiscard]] QProcessEnvironment& environment() { return m_environment; }
    //! \brief Writes opencode's global config with this `enterprise.url`.
    void useServer(const QUrl& origin);

    //! \brief Keeps all files as they are now, for restore(). No program may be running.
    void keep() const;
    void restore() const;

    //! \param input for the program's standard input.
    [[nodiscard]] ProgramResult run(const QStringList& arguments, const QByteArray& input = {}) const;
    //! \brief Starts it and leaves the waiting to the caller.
    void start(QProcess& process, const QStringList& arguments, const QByteArray& input = {}) const;
    [[nodiscard]] static ProgramResult finish(QProcess& process);

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

} // namespace sharelock::tests
