// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"
#include "document/transcript.h"
#include "opencode/opencode_server.h"
#include "opencode/session_store.h"
#include "redaction/content_set.h"
#include "redaction/found_values.h"
#include "redaction/personal_names.h"
#include "redaction/rule_library.h"
#include "redaction/secret_scanner.h"
#include "sharing/audit_round.h"
#include "sharing/background_scan.h"
#include "sharing/bulk_takedown.h"
#include "sharing/export.h"
#include "sharing/key_recovery.h"
#include "sharing/link_audit.h"
#include "sharing/link_difference.h"
#include "sharing/message_search.h"
#include "sharing/publisher.h"
#include "sharing/session_scans.h"
#include "sharing/snapshot_difference.h"
#include "sharing/takedown.h"
#include "sharing/vault_keeper.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace sharelock::sharing {

class ShareModes;

struct ManagerOptions
{
    Environment environment;
    std::optional<VaultKind> vault; //!< `--vault`; unset: as the ledger says, else the keychain.
    HttpPolicy http;
    //! \brief Replaces every share server (`--server`, the demo); unset: as opencode is configured.
    std::optional<QUrl> server;
    Clock clock = now; //!< For what is done with links.
};

//! \brief Kinds of content to leave out or to include this time, whatever is remembered of the session.
struct ContentChoice
{
    redaction::ContentSet leaveOut;
    redaction::ContentSet include;
};

//! \brief How much there is of that kind.
[[nodiscard]] document::ContentAmount amountOf(const document::ContentCounts& counts,
                                               redaction::ContentKind kind);

//! \brief What a publish would do, for the dialog and for `--yes`.
struct PublishOffer
{
    PreparedSnapshot snapshot;
    std::vector<redaction::FoundValue> found;        //!< In what is not left out, the gravest first.
    std::shared_ptr<const redaction::RuleSet> rules; //!< What they were found with.
    //! \brief Of files with a person's and the project's own rules: what is wrong there was left out.
    std::vector<Error> ruleProblems;
    redaction::ContentSet leftOut;
    bool hasLeftOut = false;         //!< There was something of these kinds.
    document::ContentCounts content; //!< Of the original.
    QUrl server;
    QString modeFile; //!< Set when the share mode is disabled there.
    bool disabled = false;
    qint64 choicesVersion = 0; //!< Of the person's choices that it was made with.
    //! \brief What `snapshot` holds, with the session's own IDs: an update gives them those of its link.
    std::shared_ptr<const document::ShareDocument> redacted;
};

//! \brief What an update of a snapshot would do.
struct UpdateOffer
{
    PublishOffer offer; //!< The whole conversation, under the link's IDs.
    Link link;
    SnapshotDifference difference; //!< To what was public when it was asked.
    //! \brief Those of the offer that stand in the difference: what else was found is as public as it was.
    std::vector<redaction::FoundValue> found;
};

//! \brief Secrets that are no doubt ones and that the person keeps.
[[nodiscard]] int keptSecrets(const std::vector<redaction::FoundValue>& found);
[[nodiscard]] inline int keptSecrets(const PublishOffer& offer)
{
    return keptSecrets(offer.found);
}
[[nodiscard]] inline int keptSecrets(const UpdateOffer& update)
{
    return keptSecrets(update.found);
}

//! \brief Whether \p reason, which is kept in a receipt, will do for publishing them. Errors: ReasonMissing;
//! ReasonReveals, when one of the values stands in it.
[[nodiscard]] Expected<void> checkReason(const PublishOffer& offer, const QString& reason);
[[nodiscard]] Expected<void> checkReason(const UpdateOffer& update, const QString& reason);

//! \brief What became of a replacement whose snapshot is public.
struct Replacement
{
    Link snapshot;
    Expected<Link> old; //!< As it stands; Removed when proved.
};

//! \brief A part of a session as it would be published, and what was done to it.
struct RedactedPart
{
    document::ShareDocument document;
    redaction::RedactionPlan plan;
    std::vector<redaction::FoundValue> found;
};

//! \brief A person's own rules, which hold in every session.
struct OwnRules
{
    QString file; //!< Where they stand, or would.
    bool exists = false;
    int rules = 0; //!< That are good, and in use.
    std::vector<Error>
        problems;      //!< RulesBroken; the subject is `file:line`. What is wrong there is left out.
    QStringList notes; //!< Taken differently than gitleaks takes it.
};

//! \brief Whether a pseudonym may be that of another value too.
enum class Naming
{
    Own,
    Shared
};

//! \brief What becomes of a file that is there already.
enum class Existing
{
    Keep,
    Replace
};

//! \brief The use cases of Sharelock over its parts; window and command line call nothing below it.
//! Owns store, ledger, vault and HTTP. Lives on one thread with an event loop, never the GUI's; emits nothing
//! but what others changed and what the background scan has found. Ledger and store are opened on
//! first use.
class ShareManager : public QObject
{
    Q_OBJECT
public:
    explicit ShareManager(ManagerOptions options, QObject* parent = nullptr);
    ~ShareManager() override;

    // --- sessions
    //! \brief Reads the list and, in passing, takes in new session_share rows (before anything else).
    [[nodiscard]] Expected<std::vector<opencode::SessionSummary>> sessions();
    //! \brief The list alone, for who waits to see it. What is new in it is taken in by links().
    [[nodiscard]] Expected<std::vector<opencode::SessionSummary>> listSessions(opencode::Counting counting);
    //! \brief The session whose ID equals or uniquely starts or ends with \p name. SessionNotFound,
    //! SessionAmbiguous.
    [[nodiscard]] Expected<opencode::SessionSummary> findSession(const QString& name);
    //! \brief The beginning of original(), for the first screen.
    [[nodiscard]] Expected<opencode::DocumentHead> head(const QString& sessionId,
                                                        const opencode::HeadLimits& limits);
    //! \brief As it is, unredacted.
    [[nodiscard]] Expected<document::ShareDocument> original(const QString& sessionId);
    //! \brief Without what is left out, redacted and with fresh IDs: what publishing would send, and where
    //! to.
    [[nodiscard]] Expected<PublishOffer> offer(const QString& sessionId,
                                               redaction::Hiding hiding = redaction::Hiding::Usual,
                                               const ContentChoice& choice = {});
    //! \brief What a snapshot of this session leaves out.
    [[nodiscard]] Expected<redaction::ContentSet> leftOut(const QString& sessionId) const;
    //! \brief Remembers it for this session.
    [[nodiscard]] Expected<void> setLeftOut(const QString& sessionId, redaction::ContentKind kind,
                                            bool leftOut);
    //! \brief Secrets in the session as it is now: what a live link would expose. Scans again only where
    //! something was left out of \p offer.
    [[nodiscard]] Expected<std::size_t> secretsInOriginal(const PublishOffer& offer);
    //! \brief Prepares the scanner, which else the first session pays for with some 60 ms. On any thread but
    //! the GUI's.
    static void warmUp();
    //! \brief Our rules with those of the person (`gitleaks.toml` among Sharelock's settings), of the
    //! session's project (`.gitleaks.toml`), and of \p files. Without a session those of the person and the
    //! files alone.
    [[nodiscard]] redaction::Scanning scanning(const QString& sessionId = {}, const QStringList& files = {});
    //! \brief Scans \p sessions on all processors, see SessionScans.
    [[nodiscard]] QCoro::Task<Expected<void>> scanSessions(std::vector<opencode::SessionSummary> sessions,
                                                           QStringList ruleFiles, SessionScanTaker take,
                                                           std::stop_token stop = {});
    //! \brief \p part without what offer() leaves out and hides, its IDs kept: the first screen of a long
    //! preview, while the offer is being made. Never sent.
    [[nodiscard]] Expected<RedactedPart> redacted(const QString& sessionId,
                                                  const document::ShareDocument& part);
    //! \brief Looks for words in what was said, in the order given, on a thread of its own and with nothing
    //! else waiting for it. \p observe is called on that thread. \returns the IDs of those that hold them.
    //! Errors: Cancelled, those of SessionStore::open().
    [[nodiscard]] QCoro::Task<Expected<QStringList>> searchMessages(std::vector<SearchedSession> sessions,
                                                                    MessageSearchObserver observe = {},
                                                                    std::stop_token stop = {});
    //! \brief What is in the person's file of rules; rulesChanged() tells when to ask again.
    [[nodiscard]] OwnRules ownRules();
    //! \brief Starts or ends looking through all sessions in the background; scanned() tells.
    void lookThrough(bool on);
    //! \brief What is known already of those \p sessions that have not changed since, by session ID.
    [[nodiscard]] QHash<QString, SessionFindings>
    knownFindings(const std::vector<opencode::SessionSummary>& sessions);
    //! \brief Changes when the session's content does; cheap. SessionNotFound.
    [[nodiscard]] Expected<QString> fingerprint(const QString& sessionId);
    [[nodiscard]] QStringList namesNotHidden() const;

    // --- choices of the person
    //! \brief Remembers what is decided about a value in each scope: this session, its project, always.
    [[nodiscard]] Expected<void> decide(const QString& sessionId, const redaction::SecretText& value,
                                        const redaction::ScopedDecisions& decided);
    //! \brief Hides a text everywhere in this session, now and later; only a digest of it is kept. Errors:
    //! those of checkOwnText(), OwnWordUnhideable, TextNotFound, OwnWordsMany.
    [[nodiscard]] Expected<void> hideText(const QString& sessionId, const redaction::SecretText& text);
    //! \brief Takes hideText() back.
    [[nodiscard]] Expected<void> showText(const QString& sessionId, const redaction::SecretText& text);
    //! \brief Gives a value of \p offer another pseudonym in its session; an empty one gives back its own.
    //! Errors: those of checkPseudonym(), PseudonymTaken.
    [[nodiscard]] Expected<void> rename(const PublishOffer& offer, const redaction::SecretText& value,
                                        const std::string& name, Naming naming);
    //! \brief Hidden in every session. Kept in clear.
    [[nodiscard]] Expected<std::vector<redaction::OwnWord>> ownWords();
    //! \brief Adds a word (number 0) or changes it. Errors: those of checkOwnWord(), OwnWordsMany.
    [[nodiscard]] Expected<void> saveOwnWord(const redaction::OwnWord& word);
    [[nodiscard]] Expected<void> removeOwnWord(qint64 number);

    // --- publishing
    //! \brief Errors: ShareDisabled, those of checkReason(), and those of Publisher.
    [[nodiscard]] QCoro::Task<Expected<Link>> publish(PublishOffer offer, PublishObserver observe = {},
                                                      std::stop_token stop = {});
    //! \brief Compares the session as it is now with what is public behind its snapshot, under the same IDs.
    //! \param previewed what the person has seen; unset: made anew. A link that hides everything goes on to
    //! do so whatever is asked. Errors: those of whyNotUpdatable(), LinkClosed (nothing is there any more),
    //! those of offer() and ShareServer: without an answer nothing is guessed.
    [[nodiscard]] QCoro::Task<Expected<UpdateOffer>>
    offerUpdate(LinkId id, redaction::Hiding hiding = redaction::Hiding::Usual,
                std::shared_ptr<const PublishOffer> previewed = {}, std::stop_token stop = {});
    //! \brief Compares again, sends what differs, and reads it back. Stopped half-way, it leaves what was
    //! sent, marks the link as partly updated, and the next update completes it. Errors: ShareDisabled, those
    //! of whyNotUpdatable(), LeakFound, UpdateRefused, Cancelled, those of ShareServer; KeyringMissing and
    //! kin; SecretsUndecided: more is to be sent than was offered, with values in it that nobody hides.
    [[nodiscard]] QCoro::Task<Expected<Link>> update(UpdateOffer offer, PublishObserver observe = {},
                                                     std::stop_token stop = {});
    //! \brief The snapshot of a session that can be updated. LinkNotFound, LinkAmbiguous.
    [[nodiscard]] Expected<Link> snapshotOf(const QString& sessionId);
    //! \brief Through the configured opencode server, else a private one. Errors: ShareDisabled,
    //! OpencodeMissing, OpencodeStartFailed, OpencodeRefused, OpencodeShareFailed; KeyringMissing and kin
    //! when the vault is not open.
    [[nodiscard]] QCoro::Task<Expected<Link>> publishLive(QString sessionId, std::stop_token stop = {});

    // --- data folders of opencode's besides the one in use
    [[nodiscard]] Expected<QStringList> dataFolders();
    //! \brief Links of all of them are taken in and followed from now on. FolderNotOpencodes: nothing is
    //! changed.
    [[nodiscard]] Expected<void> setDataFolders(const QStringList& folders);

    // --- expiry: kept by any Sharelock that runs then, with resume()
    //! \brief When a link is to be taken down; unset: never.
    [[nodiscard]] Expected<void> setExpiry(const LinkId& id, std::optional<Timestamp> at);
    //! \brief After how long what is published from now on is to go; unset: never.
    [[nodiscard]] Expected<std::optional<std::chrono::hours>> defaultExpiry();
    [[nodiscard]] Expected<void> setDefaultExpiry(std::optional<std::chrono::hours> after);

    // --- links
    [[nodiscard]] Expected<std::vector<Link>> links();
    //! \brief By share ID, URL, or a unique prefix of the share ID. LinkNotFound, LinkAmbiguous.
    [[nodiscard]] Expected<Link> findLink(const QString& name);
    //! \brief Asks the link's server, and counts what stands in what is public.
    [[nodiscard]] QCoro::Task<Expected<Link>> check(LinkId id, std::stop_token stop = {});
    //! \brief check() for many, four at a time for each host. Errors: Cancelled, LedgerUnreadable; those of
    //! single links are for \p observe.
    [[nodiscard]] QCoro::Task<Expected<void>> audit(std::vector<LinkId> ids, AuditObserver observe,
                                                    std::stop_token stop = {});
    //! \brief As audit(), of all links that were not asked for a while, and slowly.
    [[nodiscard]] QCoro::Task<Expected<void>> auditDueLinks(AuditObserver observe = {},
                                                            std::stop_token stop = {});
    [[nodiscard]] QCoro::Task<Expected<document::ShareDocument>> publicDocument(LinkId id,
                                                                                std::stop_token stop = {});
    //! \brief What stands in a public document, with the person's decisions about its session.
    [[nodiscard]] Expected<std::vector<redaction::FoundValue>>
    findingsIn(const LinkId& id, const document::ShareDocument& isPublic);
    //! \brief What is public compared with its session, as it would be published now. Errors:
    //! SessionNotFound, those of publicDocument() and offer().
    [[nodiscard]] QCoro::Task<Expected<LinkDifference>> compareWithSession(LinkId id,
                                                                           std::stop_token stop = {});
    //! \brief Takedown with proof; afterwards opencode's own row is reconciled in the background where there
    //! is one.
    [[nodiscard]] QCoro::Task<Expected<Link>> unshare(LinkId id, TakedownObserver observe = {},
                                                      std::stop_token stop = {});
    //! \brief As unshare(), of many. See BulkTakedown. Errors: LedgerUnreadable, DiskFull; nothing was sent
    //! then.
    [[nodiscard]] QCoro::Task<Expected<std::vector<BulkResult>>>
    unshareAll(std::vector<LinkId> links, BulkObserver observe = {}, TakedownStop stop = {});
    //! \brief Publishes a snapshot in the place of a link of the same session, and takes that one down once
    //! the snapshot was read back. Never leaves neither: a snapshot that is not complete is taken down, and
    //! the link stays; from the moment that it is complete, also after a kill, the link has to go. Errors:
    //! LinkClosed, KeyMissing (nothing could be taken down, so nothing is published), SessionNotFound (the
    //! offer is of another session), those of publish(). \p stop after publishing leaves the takedown to the
    //! next resume().
    [[nodiscard]] QCoro::Task<Expected<Replacement>> replace(LinkId old, PublishOffer offer,
                                                             PublishObserver observe = {},
                                                             TakedownObserver observeTakedown = {},
                                                             std::stop_token stop = {});
    //! \brief Interrupted takedowns, reservations left behind, expired links, and re-probes that are due.
    [[nodiscard]] QCoro::Task<Expected<std::vector<Link>>> resume(std::stop_token stop = {});
    //! \brief Searches opencode's files for the key of a link that lost it (OrphanLost), tries what it finds
    //! on the link's own server, and seals the right one. Leaves what is public as it is. A link that has its
    //! key, or is gone, is left alone. Errors: those of the vault, KeyringMissing and kin, before anything is
    //! searched; ServerUnreachable, those of findKey(), Cancelled.
    [[nodiscard]] QCoro::Task<Expected<KeyRecovery>> recoverKey(LinkId id, RecoveryObserver observe = {},
                                                                std::stop_token stop = {});

    // --- receipts
    [[nodiscard]] Expected<std::vector<Receipt>> receipts(int limit = 1000);
    [[nodiscard]] Expected<std::vector<Receipt>> receipts(const ReceiptFilter& filter);
    //! \brief As LinkLedger's.
    [[nodiscard]] Expected<ChainVerdict> verifyReceipts();
    [[nodiscard]] Expected<std::optional<qint64>> receiptWithHash(const QByteArray& hash);
    //! \brief Writes all receipts to a file that only the person can read. Errors: FileFailed.
    //! \returns how many; nothing when there is such a file already, and it was to be kept.
    [[nodiscard]] Expected<std::optional<qint64>> exportLinks(const QString& path, ExportFormat format,
                                                              Existing existing);
    [[nodiscard]] Expected<std::optional<qint64>> exportReceipts(const QString& path, ExportFormat format,
                                                                 Existing existing);

    // --- vault
    //! \brief Opens it (one keychain access); repeated calls return what is known unless \p again.
    [[nodiscard]] QCoro::Task<VaultReport> openVault(bool again = false);
    //! \brief Moves the master key: a fresh one is stored in \p to, every key is re-sealed, the old one
    //! erased.
    [[nodiscard]] QCoro::Task<Expected<VaultReport>> moveVault(VaultKind to);

    // --- opencode server
    //! \brief Tests it, then remembers it, the password sealed. \returns its version. An empty URL forgets
    //! it.
    [[nodiscard]] QCoro::Task<Expected<QString>> setOpencodeServer(opencode::ServerAddress address);
    [[nodiscard]] Expected<QUrl> opencodeServerUrl();

    //! \brief Returns when nothing that unshare() and resume() left to the background runs any more. A
    //! program that ends before only leaves opencode's own rows to the next resume().
    [[nodiscard]] QCoro::Task<void> backgroundDone();

    // --- watching: see Watcher
    [[nodiscard]] const Environment& environment() const;
    //! \brief Whether a live link is to be taken down as soon as an undoubted secret stands in it.
    [[nodiscard]] Expected<bool> takesDownSecrets();
    [[nodiscard]] Expected<void> setTakesDownSecrets(bool on);

    //! \brief What may be shared where, and why.
    [[nodiscard]] ShareModes& modes();

    //! \brief Starts following opencode.db and the ledger: file watch plus `PRAGMA data_version` every
    //! second.
    void follow();

Q_SIGNALS:
    //! \brief opencode.db changed; sessions() and links() may differ.
    void sessionsChanged();
    //! \brief Another process, or a Watcher, did something with links.
    void linksChanged();
    //! \brief Something was written in one of \p folders, which are all that are followed besides the one in
    //! use, or they are others than before; links() may differ.
    void otherFoldersChanged(const QStringList& folders);
    //! \brief The person's file of rules was written, made or removed.
    void rulesChanged();
    //! \brief Of lookThrough().
    void scanned(const sharelock::sharing::ScanNews& news);

private:
    friend class ShareModes;
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sharelock::sharing
