// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/effective_config.h"
#include "sharing/data_folder.h"
#include "sharing/follower.h"
#include "sharing/reconcile.h"
#include "sharing/scan_cache.h"
#include "sharing/share_manager.h"
#include "sharing/share_modes.h"

#include <set>

namespace sharelock::sharing {

//! \brief The parts of ShareManager, each made on first use, on the thread that uses it.
class ShareManager::Private
{
public:
    Private(ShareManager* manager, ManagerOptions given);

    [[nodiscard]] Expected<LinkLedger*> openLedger();

    //! \brief What was found, with the person's decisions, and the plan that comes of it.
    struct Review
    {
        std::vector<redaction::FoundValue> found;
        redaction::RedactionPlan plan;
        qint64 choicesVersion = 0;
        std::shared_ptr<const redaction::RuleSet> rules;
        std::vector<Error> ruleProblems;
    };
    [[nodiscard]] redaction::Scanning scanning(const QString& sessionId, const QStringList& files);
    [[nodiscard]] Expected<Review> review(const document::ShareDocument& document, const ChoicePlace& place,
                                          redaction::Hiding hiding);
    //! \brief Own words and texts, decisions, and pseudonyms.
    [[nodiscard]] Expected<void> applyChoices(const document::ShareDocument& document,
                                              const ChoicePlace& place, Review& review);
    //! \brief Whether the scanner finds anything in it.
    [[nodiscard]] static bool looksSecret(std::string_view text);
    //! \brief Null where there is none; nothing is missing then but speed.
    [[nodiscard]] ScanCache* scanCache();
    //! \brief Keeps the background scan still while it lives.
    [[nodiscard]] std::shared_ptr<void> goFirst() const;
    void lookThrough(bool on);
    //! \brief For what was saved here; what other processes save is noticed by itself. Hands it through.
    [[nodiscard]] Expected<void> choiceSaved(Expected<void> saved) const;
    //! \brief Opens it again when the last try failed, or when another file has taken its place.
    [[nodiscard]] Expected<opencode::SessionStore*> openStore();
    //! \brief Lets go of a store that answered with an error, so that the next call starts anew.
    [[nodiscard]] tl::unexpected<Error> dropStore(const Error& error);
    [[nodiscard]] HttpClient& http();
    //! \brief Null before the ledger is open.
    [[nodiscard]] VaultKeeper* keeper() const { return m_keeper.get(); }

    //! \brief The list of sessions, after all rows of opencode's were taken in.
    [[nodiscard]] Expected<std::vector<opencode::SessionSummary>> refresh();
    //! \brief None where they can't be read.
    [[nodiscard]] std::vector<opencode::ProjectSummary> projects();
    //! \brief One session by its whole ID, without reading the list.
    [[nodiscard]] Expected<opencode::SessionSummary> session(const QString& sessionId);
    //! \brief As refresh(), for callers who want the rows only. \returns how many links were new.
    [[nodiscard]] int takeInRows();

    //! \brief The vault, open and current; else why it is not.
    [[nodiscard]] QCoro::Task<Expected<const KeyVault*>> readyVault();
    //! \brief Asks for the vault where a takedown needs it: there is no key in opencode.db.
    [[nodiscard]] QCoro::Task<void> vaultForTakedown();
    //! \brief opencode's own rows; none where they can't be read.
    [[nodiscard]] std::vector<opencode::ShareRow> rows();
    [[nodiscard]] std::optional<opencode::ShareRow> rowOf(const LinkId& id);
    [[nodiscard]] std::optional<opencode::ShareRow> rowOfSession(const QString& sessionId);
    [[nodiscard]] static LinkId rowId(const opencode::ShareRow& row);
    //! \brief Errors: LinkNotFound, LedgerUnreadable.
    [[nodiscard]] Expected<Link> knownLink(const LinkId& id);
    //! \brief The opencode server that the person has set; empty for none. The vault should be open.
    [[nodiscard]] Expected<std::optional<opencode::ServerAddress>> configuredServer();
    [[nodiscard]] Expected<opencode::EffectiveConfig> config(const opencode::SessionSummary& session) const;

    //! \brief offer() under IDs of its own choice; unset: fresh ones.
    [[nodiscard]] Expected<PublishOffer> offer(const QString& sessionId, redaction::Hiding hiding,
                                               const ContentChoice& choice,
                                               const std::optional<document::IdRewriting>& rewriting);
    //! \brief A link that can be updated, with the IDs that it has. Errors: those of whyNotUpdatable().
    [[nodiscard]] Expected<std::pair<Link, document::IdRewriting>> updatable(const LinkId& id);

    //! \brief Errors: ShareDisabled, ConfigBroken.
    [[nodiscard]] Expected<void> sharingAllowed(const opencode::SessionSummary& session) const;

    //! \brief publishLive() after its checks.
    [[nodiscard]] QCoro::Task<Expected<Link>> shareLive(opencode::SessionSummary session,
                                                        std::stop_token stop);
    [[nodiscard]] QCoro::Task<Expected<std::unique_ptr<opencode::PrivateServer>>>
    startOwnServer(opencode::SessionSummary session, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Expected<Link>>
    shareThrough(opencode::OpencodeServer server, opencode::SessionSummary session, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Expected<opencode::ShareRow>> waitForRow(QString sessionId, int tries);

    struct Resumption;
    [[nodiscard]] QCoro::Task<void> resumeLane(Resumption* resumption);
    //! \returns the link as it stands afterwards; nothing when it was forgotten or nothing was to do.
    [[nodiscard]] QCoro::Task<Expected<std::optional<Link>>> resumeOne(LinkId id, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Expected<void>> forgetReservation(Link link, std::stop_token stop);

    struct Recovery;
    //! \brief recoverKey() between its checks and its receipt.
    [[nodiscard]] QCoro::Task<Expected<void>> askAndKeep(std::shared_ptr<Recovery> recovery);
    [[nodiscard]] QCoro::Task<Expected<void>> searchAndTry(std::shared_ptr<Recovery> recovery);
    [[nodiscard]] Expected<void> keepFoundKey(KeyRecovery& result, const Secret& key);
    //! \brief One takedown of a link that the caller has claimed; no more than a look where it is proved gone
    //! and has not come back. \p before: see Takedown::run().
    [[nodiscard]] QCoro::Task<Expected<Link>> takeDown(LinkId id, Secret spareKey, TakedownObserver observe,
                                                       TakedownStop stop, LinkStep before);
    //! \returns nothing when somebody else is at it.
    [[nodiscard]] QCoro::Task<Expected<std::optional<Link>>> takeDownIfFree(LinkId id, std::stop_token stop);
    [[nodiscard]] std::map<LinkId, opencode::ShareRow> rowsByLink();
    [[nodiscard]] bool needsVault(const std::vector<LinkId>& links,
                                  const std::map<LinkId, opencode::ShareRow>& rows);
    [[nodiscard]] LinkClaims& claims();
    [[nodiscard]] std::shared_ptr<HostQueue> takedownQueue();
    void reconcile(const Link& link);
    [[nodiscard]] Reconciler& reconciler();

    //! \brief Where opencode.db is.
    [[nodiscard]] QString mainFolder() const;
    //! \brief Makes m_folders what the setting says.
    void readFolderSetting();
    [[nodiscard]] QStringList followedFolders() const;

    [[nodiscard]] ContentReader contentReader();
    //! \brief Where the person's choices about its session hold, also when that is gone.
    [[nodiscard]] ChoicePlace placeOf(const Link& link);
    //! \brief Changes when other findings would be counted in the same document.
    [[nodiscard]] QByteArray countingMark(const Link& link);
    //! \brief The session under the link's IDs, with everything that is hidden there hidden.
    [[nodiscard]] Expected<document::ShareDocument> asItWouldBePublic(const Link& link);
    void countFindings(Link& link, const document::ShareDocument& document);

    void append(Receipt receipt);
    //! \brief Looks whether another process changed something, and says so.
    void lookAround();
    //! \brief readFolderSetting() and lookAround(), once nothing of a folder's is under way.
    void followFoldersSoon();
    //! \brief Before the first list is handed out: what changes from here on is news, also when following
    //! begins later.
    void markSeen();
    void markStoreSeen();

    ShareManager* q;
    ManagerOptions options;
    QString folder;

private:
    struct StoreSight
    {
        int opening = 0;
        qint64 version = -1;
        std::optional<ErrorCode> error;
        bool operator==(const StoreSight&) const = default;
    };
    [[nodiscard]] StoreSight lookAtStore();
    //! \brief Since it was last asked: older files and other folders.
    [[nodiscard]] bool sawOthersChange();
    //! \brief Nothing when there is no ledger, or it does not answer.
    [[nodiscard]] std::optional<qint64> lookAtLedger();

    //! \brief All that decides what is to be taken in; by connection, so that our own writing does not count.
    struct IntakeSight
    {
        int opening = 0;
        qint64 store = -1;
        qint64 ledger = -1;
        bool canSeal = false; //!< There are keys, and the vault is open.
        QByteArray others;    //!< Of older files and of other folders.
        bool operator==(const IntakeSight&) const = default;
    };
    //! \brief Nothing when a database does not answer. Opens nothing: that would pull a store from under the
    //! caller.
    [[nodiscard]] std::optional<IntakeSight> lookAtIntake();
    [[nodiscard]] Expected<FolderInventory> readMain(opencode::SessionStore& store,
                                                     opencode::Counting counting);
    [[nodiscard]] std::vector<FolderInventory> otherFolders();
    //! \param sight from before \p main was read. \param main null when it can't be read. \returns how many
    //! links were new.
    int takeIn(const std::optional<IntakeSight>& sight, FolderInventory* main);

    std::unique_ptr<LinkLedger> m_ledger;
    std::unique_ptr<VaultKeeper> m_keeper;
    std::unique_ptr<opencode::SessionStore> m_store;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<Reconciler> m_reconciler;
    std::unique_ptr<Follower> m_follower;
    std::vector<std::unique_ptr<DataFolder>> m_folders; //!< Besides the main one.
    std::unique_ptr<ScanCache> m_scanCache;
    bool m_scanCacheTried = false;
    std::shared_ptr<Precedence> m_precedence; //!< Of m_background.
    std::unique_ptr<BackgroundScan> m_background;
    std::unique_ptr<LinkClaims> m_claims;
    std::unique_ptr<ShareModes> m_modes;
    std::shared_ptr<HostQueue> m_takedownQueue;
    QByteArray m_storeFile;  //!< Which file m_store reads.
    QByteArray m_failedFile; //!< As it was when opening failed.
    std::optional<Error> m_storeError;
    int m_openings = 0;
    std::optional<StoreSight> m_storeSeen;
    QByteArray m_othersSeen;
    std::optional<IntakeSight> m_takenIn; //!< As it was when everything had been taken in.
    std::optional<qint64> m_ledgerSeen;
    std::optional<QByteArray> m_rulesSeen;

    friend class ShareManager;
};

} // namespace sharelock::sharing
