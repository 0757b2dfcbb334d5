// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "demo/loopback_share_server.h"
#include "sharing/share_manager.h"
#include "support/opencode_database.h"

#include <QTemporaryDir>

namespace sharelock::test {

inline const QByteArray firstSession = QByteArrayLiteral("ses_5f1c2d3e4a5bAbCdEfGhIjKlM1");
inline const QByteArray secondSession = QByteArrayLiteral("ses_5f1c2d3e4a5bAbCdEfGhIjKlM2");

//! \brief The error in words that hold no value, empty for success.
template <typename T>
QString text(const Expected<T>& result)
{
    return result ? QString() : QString(codeName(result.error().code) % u' ' % result.error().subject);
}

//! \brief A person called ada with opencode's data, and a share server that opencode is configured to use.
class ManagerWorld
{
public:
    explicit ManagerWorld(demo::Generation generation = demo::Generation::June2026, bool withDatabase = true);

    //! \brief A new program: nothing is shared with earlier ones but the files.
    [[nodiscard]] std::unique_ptr<sharing::ShareManager> manager() const;
    [[nodiscard]] sharing::ManagerOptions options() const;
    [[nodiscard]] QString home() const { return folder.filePath(QStringLiteral("ada")); }
    [[nodiscard]] QString databasePath() const { return environment.opencodeDatabase(); }
    //! \brief Writes opencode's global configuration.
    void configure(const QByteArray& json) const;
    //! \brief A session with one exchange in which the home folder stands.
    void addSession(const QByteArray& id, const QByteArray& title) { addSession(*database, id, title); }
    void addSession(OpencodeDatabase& where, const QByteArray& id, const QByteArray& title) const;
    //! \brief Makes a live link of it as opencode does: on the server, with all content, and in its database.
    [[nodiscard]] sharing::LinkId shareLive(const QByteArray& id) { return shareLive(*database, id); }
    [[nodiscard]] sharing::LinkId shareLive(OpencodeDatabase& where, const QByteArray& sessionId) const;
    //! \brief \p count sessions, each with a live link.
    [[nodiscard]] std::vector<sharing::LinkId> shareMany(int count);
    void addDatabase();
    //! \brief Whether the server gives out anything that can be read.
    [[nodiscard]] bool isReadable(const QString& shareId) const;

    QTemporaryDir folder;
    Environment environment;
    std::unique_ptr<demo::LoopbackShareServer> server;
    std::unique_ptr<OpencodeDatabase> database;
};

} // namespace sharelock::test
