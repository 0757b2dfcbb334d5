// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"
#include "base/secret.h"
#include "document/share_document.h"
#include "sharing/link.h"

#include <QCoroTask>

#include <span>
#include <stop_token>

namespace sharelock::sharing {

//! \brief What POST /api/share hands out.
struct CreatedShare
{
    LinkId id;
    QUrl url;
    Secret key;
};

//! \brief What `/data` says at one moment.
struct DataAnswer
{
    enum class Kind
    {
        Gone,    //!< 404, `[]`.
        Blank,   //!< Items, but nothing in them.
        Content, //!< Something can be read.
    };
    Kind kind = Kind::Content;
    int status = 0;
    document::ShareDocument document; //!< Empty for Gone, and when it is unchanged.
    qint64 bytes = 0;
    bool unchanged = false; //!< Content, and the very one that the validator was of.
    QByteArray validator;   //!< To ask with next time; empty where the server gives none.
};

//! \brief The share protocol at one origin. Stateless; a key goes to this origin only. Use from the client's
//! thread.
class ShareServer
{
public:
    ShareServer(QUrl origin, HttpClient& http);

    [[nodiscard]] QUrl origin() const { return m_origin; }

    //! \brief Errors: those of HttpClient; ServerFailed (500: the last 8 characters of the session ID are
    //! taken).
    [[nodiscard]] QCoro::Task<Expected<CreatedShare>> create(QString sessionId, std::stop_token stop = {});
    //! \brief Sends one body made by syncBody(). Errors: ServerTooLarge (413), ServerFailed (wrong key,
    //! unknown ID, gone).
    [[nodiscard]] QCoro::Task<Expected<void>> sync(QString shareId, QByteArray body,
                                                   std::function<void(qint64, qint64)> onProgress = {},
                                                   std::stop_token stop = {});
    //! \brief A 2xx only says that the server accepted it; data() is the judge. ServerFailed is no verdict
    //! either.
    [[nodiscard]] QCoro::Task<Expected<void>> remove(QString shareId, Secret key, std::stop_token stop = {});
    //! \param pastCaches adds a random query and no-cache headers, to ask the origin rather than a cache.
    //! \param validator of an earlier answer with content: what did not change since is not sent again.
    [[nodiscard]] QCoro::Task<Expected<DataAnswer>>
    data(QString shareId, bool pastCaches, std::stop_token stop = {}, QByteArray validator = {});

    //! \brief `{"secret":…,"data":[…]}`.
    [[nodiscard]] static QByteArray syncBody(const Secret& key, std::span<const document::ShareItem> items);

private:
    QUrl m_origin;
    HttpClient& m_http;
};

} // namespace sharelock::sharing
