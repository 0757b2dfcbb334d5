// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "base/error.h"
#include "base/secret.h"
#include "base/time.h"
#include "document/share_document.h"

#include <QUrl>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace sharelock::opencode {

class TextWords;

//! \brief What is counted beside reading the sessions.
enum class Counting
{
    Messages,
    Nothing
};

//! \brief One local session, as the list shows it. All texts are foreign: show them as plain text.
struct SessionSummary
{
    QString id;
    QString parentId; //!< Set for sub-agent sessions.
    QString title;
    QString projectId;
    QString project;   //!< Name for people: the project's name, else the last part of its worktree.
    QString directory; //!< Absolute.
    QString worktree;  //!< Absolute; `/` for opencode's global project.
    Timestamp created{};
    Timestamp updated{};
    std::optional<Timestamp> archived;
    int messages = -1; //!< -1 where they were not counted.
    QUrl shareUrl;     //!< opencode's own claim; stays set after unsharing, so it proves nothing.

    bool operator==(const SessionSummary&) const = default;
};

//! \brief A folder that opencode has worked in.
struct ProjectSummary
{
    QString id;
    QString name;     //!< For people: its own, else the last part of its worktree. Foreign text.
    QString worktree; //!< Absolute; `/` for the global project.

    bool operator==(const ProjectSummary&) const = default;
};

//! \brief A row of `session_share`: a live link and its key. opencode destroys it with the session.
struct ShareRow
{
    QString sessionId;
    QString shareId;
    QUrl url;
    Secret key;
    Timestamp created{};
};

//! \brief A session's own word that it is public at \p url, without a `session_share` row. opencode never
//! takes `share_url` back, and `opencode import` brings along that of others, so it proves nothing.
struct LinkClaim
{
    QString sessionId;
    QUrl url;
    Timestamp created{};   //!< Of the session.
    bool imported = false; //!< The session shows signs of having been made elsewhere.
};

//! \brief How much of a conversation is enough for its first screen.
struct HeadLimits
{
    std::size_t messages = 0;
    std::size_t bytes = 0; //!< Of parts. The one that exceeds it still comes along.
};

struct DocumentHead
{
    document::ShareDocument document;
    bool whole = false; //!< Nothing was left out.
};

//! \brief opencode's conversations, read from opencode.db, its WAL included. Never writes.
//! Works with every schema seen from 5 to 38 migrations: absent columns read as unset.
//! Lives on one thread, not the GUI's.
class SessionStore
{
public:
    //! \brief Errors: DatabaseMissing, DatabaseUnreadable, DatabaseLocked, DatabaseCorrupt, DatabaseForeign,
    //! DatabaseUnknown; the subject is the path.
    [[nodiscard]] static Expected<std::unique_ptr<SessionStore>> open(const QString& path);
    virtual ~SessionStore();

    //! \brief All sessions, children and archived too, last updated first. 10,000 in well under 100 ms, a
    //! third of it without counts, and a tenth where the file is not in memory.
    [[nodiscard]] virtual Expected<std::vector<SessionSummary>>
    sessions(Counting counting = Counting::Messages) = 0;
    //! \brief All projects, in no order; none where the schema has no table of them.
    [[nodiscard]] virtual Expected<std::vector<ProjectSummary>> projects() = 0;
    [[nodiscard]] virtual Expected<std::vector<ShareRow>> shares() = 0;
    [[nodiscard]] virtual Expected<std::vector<LinkClaim>> claims() = 0;
    //! \brief A number that changes when another process has committed (`PRAGMA data_version`); cheap.
    [[nodiscard]] virtual Expected<qint64> dataVersion() = 0;
    //! \brief One of sessions(), without reading the others. Errors: SessionNotFound.
    [[nodiscard]] virtual Expected<SessionSummary> session(const QString& sessionId) = 0;
    //! \brief Exactly what opencode 1.18.33 uploads for a live link: session, messages, parts, session_diff,
    //! models (of models only what the database knows). Errors: SessionNotFound.
    [[nodiscard]] virtual Expected<document::ShareDocument> document(const QString& sessionId) = 0;
    //! \brief The beginning of document(), up to \p limits. Errors: SessionNotFound.
    [[nodiscard]] virtual Expected<DocumentHead> head(const QString& sessionId, const HeadLimits& limits) = 0;
    //! \brief Whether all words stand in what was said there, see text_search.h. Errors: Cancelled.
    [[nodiscard]] virtual Expected<bool> mentions(const QString& sessionId, const TextWords& words,
                                                  const std::stop_token& stop) = 0;
    //! \brief Changes when the session's content does; compare before reloading.
    [[nodiscard]] virtual Expected<QString> fingerprint(const QString& sessionId) = 0;
    [[nodiscard]] virtual QString path() const = 0;

protected:
    SessionStore() = default;
};

} // namespace sharelock::opencode
