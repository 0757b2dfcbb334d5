// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/http_client.h"
#include "base/secret.h"
#include "opencode/effective_config.h"

#include <QUrl>

#include <QCoroTask>

#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

namespace sharelock::opencode {

//! \brief opencode's own HTTP API, at a server that somebody runs.
struct ServerAddress
{
    QUrl url;
    QString userName = QStringLiteral("opencode");
    Secret password; //!< Empty: no authentication.
};

class OpencodeServer
{
public:
    //! \param http must outlive this object and every call of it.
    OpencodeServer(ServerAddress address, HttpClient& http);

    //! \brief Version text. Errors: those of HttpClient, OpencodeRefused (401), ServerBadAnswer.
    [[nodiscard]] QCoro::Task<Expected<QString>> health(std::stop_token stop = {});
    //! \brief Makes the session's live link; opencode uploads everything about a second later.
    //! Sent once: after an error the link may be there all the same, and only opencode's database tells.
    //! \returns the link's URL. Errors: OpencodeShareFailed (500: disabled, share server down, or shared
    //! already), SessionNotFound, OpencodeRefused, ServerBadAnswer, those of HttpClient.
    [[nodiscard]] QCoro::Task<Expected<QUrl>> share(QString sessionId, QString directory,
                                                    std::stop_token stop = {});
    //! \brief opencode's unshare. Errors as of share(). Used only to reconcile.
    [[nodiscard]] QCoro::Task<Expected<void>> unshare(QString sessionId, QString directory,
                                                      std::stop_token stop = {});
    //! \brief The share mode that this server goes by in \p directory now, whatever the files say meanwhile.
    //! The flags OPENCODE_AUTO_SHARE and OPENCODE_DISABLE_SHARE of its environment do not show in it.
    //! Errors: those of HttpClient, OpencodeRefused, ServerBadAnswer.
    [[nodiscard]] QCoro::Task<Expected<ShareMode>> shareMode(QString directory, std::stop_token stop = {});
    //! \brief Makes the server forget what it has loaded for \p directory, so that it reads the configuration
    //! anew when it is next asked. What runs there is interrupted: ask the person first. Errors as of
    //! shareMode().
    [[nodiscard]] QCoro::Task<Expected<void>> reload(QString directory, std::stop_token stop = {});

private:
    ServerAddress m_address;
    HttpClient& m_http;
};

//! \brief A private `opencode serve` on loopback with a random password, that ends with this object: the
//! child is terminated, then killed, and dies too when we are killed (PR_SET_PDEATHSIG on Linux).
class PrivateServer
{
public:
    //! \brief Starts it and waits for its `listening on` line (up to 60 s). \p extra variables are added to
    //! the environment's. Errors: OpencodeMissing, OpencodeStartFailed, Cancelled.
    [[nodiscard]] static QCoro::Task<Expected<std::unique_ptr<PrivateServer>>>
    start(Environment environment, std::vector<std::pair<QString, QString>> extra, QString workingDirectory,
          std::stop_token stop = {});
    ~PrivateServer();

    [[nodiscard]] ServerAddress address() const;

private:
    PrivateServer();
    class Private;
    std::unique_ptr<Private> d;
};

//! \brief The opencode program: `$SHARELOCK_OPENCODE`, else on PATH, else where its installers put it
//! (`~/.opencode/bin`, npm and bun globals). Empty when not installed.
[[nodiscard]] QString opencodeProgram(const Environment& environment);

} // namespace sharelock::opencode
