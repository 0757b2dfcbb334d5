// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/http_client.h"
#include "base/secret.h"
#include "sharing/data_answer.h"
#include "sharing/link.h"
#include "sharing/share_calls.h"

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

//! \brief Of the protocol that the link's server speaks.
[[nodiscard]] const CallNames& callNames(const Link& link);

//! \brief The share protocol at one origin. A value; a key goes to this origin only. Use from the client's
//! thread.
class ShareServer
{
public:
    //! \brief Speaks today's protocol.
    ShareServer(QUrl origin, HttpClient& http);
    //! \brief Speaks the protocol of the generation that the link is of.
    ShareServer(const Link& link, HttpClient& http);

    //! \brief Where the calls go. A link of the first generation has another one itself.
    [[nodiscard]] QUrl origin() const { return m_origin; }
    //! \brief How many items fit one body, whatever their size.
    [[nodiscard]] std::size_t mostItems() const;
    //! \brief The first generation wants the whole session ID with each key. Where the link does not tell it,
    //! what is public does; calls without it fail with SessionNotFound.
    void learnSession(const document::ShareDocument& isPublic);
    //! \brief Of the first generation's link; empty while it is not known.
    [[nodiscard]] QString sessionId() const { return m_sessionId; }

    //! \brief From now on its requests go on with what has begun: sent before those in line that do not.
    void goAhead() { m_goesAhead = true; }

    //! \brief Errors: those of HttpClient; ServerFailed (500: the last 8 characters of the session ID are
    //! taken). The first generation hands out the key of the share that is there, if one is.
    [[nodiscard]] QCoro::Task<Expected<CreatedShare>> create(QString sessionId, std::stop_token stop = {});
    //! \brief Sends one body made by body(). Errors: ServerTooLarge (413), ServerFailed (wrong key,
    //! unknown ID, gone).
    [[nodiscard]] QCoro::Task<Expected<void>> sync(QString shareId, QByteArray body,
                                                   std::function<void(qint64, qint64)> onProgress = {},
                                                   std::stop_token stop = {});
    //! \brief A 2xx only says that the server accepted it; data() is the judge. ServerFailed is no verdict
    //! either.
    [[nodiscard]] QCoro::Task<Expected<void>> remove(QString shareId, Secret key, std::stop_token stop = {});
    //! \param pastCaches adds a random query and no-cache headers, to ask the origin rather than a cache.
    //! \param validator of an earlier answer with content: what did not change since is not sent again.
    [[nodiscard]] QCoro::Task<Expected<DataAnswer>> data(QString shareId, bool pastCaches,
                                                         std::stop_token stop = {}, QByteArray validator = {},
                                                         std::shared_ptr<ReadAnswer> once = {});

    //! \brief What sync() sends. Without items it changes nothing, and only tells whether the key is right.
    [[nodiscard]] QByteArray body(const Secret& key, std::span<const document::ShareItem> items) const;
    //! \brief Of today's protocol: `{"secret":…,"data":[…]}`.
    [[nodiscard]] static QByteArray syncBody(const Secret& key, std::span<const document::ShareItem> items);

private:
    [[nodiscard]] Expected<void> checkKeyedCall(const QString& shareId) const;

    QUrl m_origin;
    QUrl m_pages; //!< The origin of its links.
    bool m_isFirst = false;
    bool m_goesAhead = false;
    QString m_shareId; //!< Of the link; empty without one.
    QString m_sessionId;
    HttpClient& m_http;
};

} // namespace sharelock::sharing
