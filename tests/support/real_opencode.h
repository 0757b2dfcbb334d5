// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace sharelock::test {

//! \brief The real opencode program, named by `$SHARELOCK_OPENCODE`, in a home folder and with a project of
//! its own. Starting it takes seconds; share one per test program.
class RealOpencode
{
public:
    RealOpencode();

    //! \brief Empty when all is well, else what to do. A test that needs opencode fails with it; it never
    //! skips.
    [[nodiscard]] const QString& problem() const { return m_problem; }

    //! \brief HOME, XDG folders and opencode's switches; for our own code as well as for the program.
    [[nodiscard]] const Environment& environment() const { return m_environment; }
    void setVariable(const QString& name, const QString& value);
    [[nodiscard]] QString home() const { return m_environment.home; }
    //! \brief A git work tree with one commit. Only the one without a name is there from the start.
    [[nodiscard]] QString project(const QString& name = QStringLiteral("project")) const;
    [[nodiscard]] bool addProject(const QString& name) const;
    [[nodiscard]] QString database() const { return m_environment.opencodeDatabase(); }

    //! \brief Writes the global configuration: where shares go, a scripted model (or none), and \p more
    //! members.
    bool configure(const QUrl& shareServer, const QUrl& model = {}, const QJsonObject& more = {}) const;
    //! \brief Writes \p text to \p path, its folders too.
    static bool writeFile(const QString& path, const QByteArray& text);

    struct Output
    {
        int status = -1; //!< Of the process; -1 when it did not end in time.
        QByteArray out;
        QByteArray err;
    };
    //! \brief Runs one command to its end, in the project unless \p folder says otherwise.
    [[nodiscard]] Output run(const QStringList& arguments, const QString& folder = {}) const;

private:
    QTemporaryDir m_folder;
    Environment m_environment;
    QString m_program;
    QString m_problem;
};

//! \brief `opencode serve` of a RealOpencode, with calls that block until they are answered. Ends with this
//! object.
class RunningOpencode
{
public:
    explicit RunningOpencode(const RealOpencode& opencode);
    ~RunningOpencode();

    [[nodiscard]] bool isReady() const { return m_url.isValid(); }
    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] static QByteArray password() { return "contract"; }

    struct Answer
    {
        int status = 0;
        QJsonDocument json;
    };
    //! \param folder of the project; empty for that of the RealOpencode. Thread-safe.
    [[nodiscard]] Answer call(const QByteArray& verb, const QString& path, const QJsonObject& body = {},
                              const QString& folder = {}) const;

    //! \brief ID of a new session; empty when that failed.
    [[nodiscard]] QString createSession(const QString& title, const QString& folder = {}) const;
    //! \brief Adds a person's message that no model answers. Thread-safe.
    bool note(const QString& sessionId, const QString& text, const QString& folder = {}) const;
    //! \brief Says \p parts to the scripted model and waits until it is done.
    bool prompt(const QString& sessionId, const QJsonArray& parts) const;

private:
    QString m_folder;
    QProcess m_process;
    QUrl m_url;
};

[[nodiscard]] QJsonObject textInput(const QString& text);
[[nodiscard]] QJsonObject fileInput(const QString& name, const QString& mime, const QByteArray& content);

} // namespace sharelock::test
