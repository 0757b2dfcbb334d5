// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/time.h"
#include "redaction/content_set.h"

#include <QByteArray>
#include <QHashFunctions>
#include <QString>
#include <QUrl>

#include <optional>
#include <utility>

namespace sharelock::sharing {

enum class LinkKind
{
    Snapshot,
    Live
};

//! \brief What is known of a link's public content. Told by probing, never assumed.
enum class LinkState
{
    Live,        //!< `/data` answers with content.
    Removed,     //!< Proved: `/data` answers 404, `[]`, or nothing but blanks, plain and past caches.
    StillServed, //!< Takedown ran, content still answers.
    Cached,      //!< The origin is clean, a cache still answers.
    Orphan,      //!< Live, its session is gone from opencode, we hold the key.
    OrphanLost,  //!< Live, and nobody holds the key.
    Foreign,     //!< Of an imported session, not ours.
    Unreachable, //!< The server did not answer.
    Unknown,     //!< Never probed.
};

//! \brief How a link became known.
enum class LinkSource
{
    Sharelock, //!< We made it.
    Opencode,  //!< opencode keeps, or kept, its key.
    Claimed,   //!< A session says that it is shared there, and opencode has no key: shared once, or imported.
    Imported,  //!< As Claimed, and the session came from elsewhere: somebody else's link.
    Storage,   //!< From the JSON files of an older opencode.
};

//! \brief How far publishing or takedown has come; decides what a restart resumes.
enum class LinkStep
{
    Reserved,          //!< We are about to create it; it has no key and never had content.
    Sealed,            //!< Created, key sealed and on disk; content may be partly there.
    Published,         //!< All content was accepted.
    TakedownRequested, //!< The person asked for it to go.
    TakedownDone,      //!< Blanked, deleted and probed; re-probes may be due.
};

//! \brief Name of a link in the ledger: share IDs are unique per origin only.
struct LinkId
{
    QUrl origin; //!< Scheme, host, port.
    QString shareId;

    friend bool operator<(const LinkId& a, const LinkId& b)
    {
        return std::pair(a.origin.toString(), a.shareId) < std::pair(b.origin.toString(), b.shareId);
    }
    bool operator==(const LinkId&) const = default;
};

inline std::size_t qHash(const LinkId& id, std::size_t seed = 0)
{
    return qHashMulti(seed, id.origin, id.shareId);
}

struct Link
{
    LinkId id;
    QUrl url; //!< What people open.
    LinkKind kind = LinkKind::Live;
    LinkState state = LinkState::Unknown;
    LinkStep step = LinkStep::Published;
    QString sessionId;       //!< Under which it is public.
    QString sourceSessionId; //!< The local session; equals sessionId for live links.
    QString title;           //!< Last known. Foreign text.
    QString project;
    QString directory;
    Timestamp sharedAt{};
    std::optional<Timestamp> checkedAt;   //!< Last answer of the server.
    std::optional<Timestamp> removedAt;   //!< When removal was proved.
    std::optional<Timestamp> nextProbeAt; //!< When to look again after a takedown.
    bool sessionDeleted = false;          //!< Gone from opencode.db.
    bool hasKey = false;                  //!< Sealed in the ledger.
    int publicMessages = -1;              //!< At the last probe; -1: not known.
    //! \brief When all of a snapshot's content was last sent and read back. Unset for live links, which
    //! opencode syncs.
    std::optional<Timestamp> syncedAt;
    //! \brief When the last message that was sent is from: later ones are new.
    std::optional<Timestamp> syncedThrough;
    bool partlyUpdated = false; //!< An update began and was not completed.
    bool hidesAll = false;      //!< Sent with Hiding::All, and so it stays.
    //! \brief Left out of this link alone, besides what its session leaves out, and so it stays.
    redaction::ContentSet leftOutBesides;
    LinkSource source = LinkSource::Opencode;
    //! \brief opencode's data folder that told of it. Empty when we made it, or an earlier version of ours
    //! took it in.
    QString dataFolder;
    //! \brief Since when opencode, which has the session still, no longer counts it as shared: what it was
    //! told to unshare may be served on.
    std::optional<Timestamp> unsharedAt;
    std::optional<Timestamp> expiresAt; //!< When it is to be taken down, by any Sharelock that runs then.
    qint64 publicBytes = -1;            //!< Of the last answer with content; -1: not known.
    //! \brief Values in what is public that would better not be, at the last look; -1: never scanned.
    int publicSecrets = -1;
    int publicPersonal = -1;
    QByteArray publicDigest; //!< Of the last document that was public; no content can be told from it.
    //! \brief The rules and choices that publicSecrets and publicPersonal stem from.
    QByteArray countedWith;
    //! \brief The server's ETag for that document, to ask whether it changed. Foreign text.
    QByteArray validator;

    bool operator==(const Link&) const = default;
};

[[nodiscard]] QString stateName(LinkState state); //!< Kebab case, for JSON and the ledger: `still-served`.
[[nodiscard]] std::optional<LinkState> linkState(const QString& name);
[[nodiscard]] QString stateCaption(LinkState state); //!< For people, translated: "Still served".
[[nodiscard]] QString kindName(LinkKind kind);       //!< `snapshot`, `live`.
[[nodiscard]] std::optional<LinkKind> linkKind(const QString& name);
[[nodiscard]] QString sourceName(LinkSource source); //!< `opencode`, `storage`, …
[[nodiscard]] std::optional<LinkSource> linkSource(const QString& name);
[[nodiscard]] QString stepName(LinkStep step); //!< `reserved`, `takedown-requested`, …
[[nodiscard]] std::optional<LinkStep> linkStep(const QString& name);

//! \brief Why later content can't be added to it; nothing when it can. LinkLive, LinkClosed, KeyMissing,
//! SessionNotFound.
[[nodiscard]] std::optional<Error> whyNotUpdatable(const Link& link);

//! \brief Why a snapshot can't take its place; nothing when it can. LinkClosed; KeyMissing, when neither the
//! ledger has its key nor opencode; SessionNotFound.
[[nodiscard]] std::optional<Error> whyNotReplaceable(const Link& link);

//! \brief Of the first generation of share servers (`/s/ID`), whose protocol is another. Never what we made.
[[nodiscard]] bool isFirstGeneration(const Link& link);

//! \brief Taken down, and no look at it since then has found anything.
[[nodiscard]] bool isProvedGone(const Link& link);

//! \brief It should be gone by now, and is not proved to be.
[[nodiscard]] bool isOverdue(const Link& link, Timestamp at);

//! \brief Whether the public may be able to read it: everything but Removed; Unknown and Unreachable count
//! too.
[[nodiscard]] bool mayBePublic(LinkState state);

} // namespace sharelock::sharing
