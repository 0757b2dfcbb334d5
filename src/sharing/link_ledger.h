// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "base/sqlite.h"
#include "document/rewrite_ids.h"
#include "redaction/content_set.h"
#include "redaction/found_values.h"
#include "redaction/own_words.h"
#include "sharing/choice_place.h"
#include "sharing/key_vault.h"
#include "sharing/link.h"
#include "sharing/receipt.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sharelock::sharing {

//! \brief When what was written outlasts a power cut. A kill it outlasts in any case.
enum class Durability
{
    Now,
    Soon, //!< With the next write that is durable now: for what can be found out again, at a tenth of the
          //!< time.
};

//! \brief The memory: every link ever seen, its sealed key, receipts. An SQLite file of our own (WAL, 0600,
//! `synchronous=FULL`): what a function returns success for is on disk. Several processes may use it at once.
//! Lives on one thread, not the GUI's.
class LinkLedger
{
public:
    //! \brief Creates or migrates it. Errors: LedgerUnreadable, LedgerNewer, DiskFull; the subject is the
    //! path.
    [[nodiscard]] static Expected<std::unique_ptr<LinkLedger>> open(const QString& path);

    [[nodiscard]] Expected<std::vector<Link>> links() const;
    [[nodiscard]] Expected<std::optional<Link>> link(const LinkId& id) const;
    //! \brief Inserts or updates everything but the key.
    [[nodiscard]] Expected<void> save(const Link& link);
    //! \brief Link and sealed key in one transaction. A key that the link had before is kept behind the new
    //! one. Errors: MasterKeyWrong when another master key than the recorded one sealed it (another process
    //! moved the vault meanwhile): nothing is saved, since nobody could open it later.
    [[nodiscard]] Expected<void> saveWithKey(const Link& link, const SealedKey& key);
    //! \brief The newest.
    [[nodiscard]] Expected<std::optional<SealedKey>> sealedKey(const LinkId& id) const;
    //! \brief All that the link ever had, newest first. A share ID that is shared again gets a new key, and
    //! only the server knows which one counts.
    [[nodiscard]] Expected<std::vector<SealedKey>> sealedKeys(const LinkId& id) const;
    //! \brief Only for a reservation that never became a link; else Internal, and nothing is forgotten.
    [[nodiscard]] Expected<void> forget(const LinkId& id);

    //! \brief Runs \p work in one transaction: all that it saves, or nothing if it fails. What other
    //! processes write is not seen in between. May be nested; the outermost one decides how durable it is.
    [[nodiscard]] Expected<void> together(const std::function<Expected<void>()>& work,
                                          Durability durability = Durability::Now);
    //! \brief Everything written so far is on disk when it returns.
    [[nodiscard]] Expected<void> flush();

    //! \brief How a snapshot's IDs were made. Errors: LinkNotFound.
    [[nodiscard]] Expected<void> saveRewriting(const LinkId& id, const document::IdRewriting& rewriting);
    [[nodiscard]] Expected<std::optional<document::IdRewriting>> rewriting(const LinkId& id) const;

    //! \brief Appends it to the chain of receipts; its number and hash are given by the ledger.
    [[nodiscard]] Expected<void> append(const Receipt& receipt);
    //! \brief Appends it with the next transaction, a twentieth of a second later or before receipts are
    //! read, whichever comes first: for what a kill may take as well as one a moment earlier. What can't be
    //! written is kept for the next transaction.
    void appendSoon(Receipt receipt);
    //! \brief Newest first.
    [[nodiscard]] Expected<std::vector<Receipt>> receipts(int limit = 1000) const;
    [[nodiscard]] Expected<std::vector<Receipt>> receipts(const ReceiptFilter& filter) const;
    //! \brief Whether all receipts are there, in order and as they were written. Reads them all: some 100 ms
    //! for 100,000.
    [[nodiscard]] Expected<ChainVerdict> verifyReceipts() const;
    //! \brief The number of the receipt with this hash; nothing when there is none.
    [[nodiscard]] Expected<std::optional<qint64>> receiptWithHash(const QByteArray& hash) const;
    [[nodiscard]] Expected<bool> hasReceipt(const LinkId& id, const QString& act,
                                            const QString& outcome) const;

    //! \brief Which store holds the master key, and a sealed known text that tells a wrong master key.
    struct VaultRecord
    {
        VaultKind kind = VaultKind::Keychain;
        SealedKey check;
    };
    [[nodiscard]] Expected<std::optional<VaultRecord>> vaultRecord() const;
    [[nodiscard]] Expected<void> setVaultRecord(const VaultRecord& record);
    //! \brief Opens every key with \p from and seals it with \p to, and records \p record, in one
    //! transaction. Nothing changes on failure.
    [[nodiscard]] Expected<void> reseal(const KeyVault& from, const KeyVault& to, const VaultRecord& record);

    //! \brief Remembers what the person decided about a value in each scope; Open forgets it. Of the value
    //! only a digest is kept (BLAKE2b with a random key of this ledger).
    [[nodiscard]] Expected<void> saveDecision(const ChoicePlace& place, const redaction::SecretText& value,
                                              const redaction::ScopedDecisions& decided);
    //! \brief Writes what was decided into \p values.
    [[nodiscard]] Expected<void> applyDecisions(const ChoicePlace& place,
                                                std::vector<redaction::FoundValue>& values) const;

    //! \brief What a snapshot of the session leaves out; the defaults, if nothing was said about it.
    [[nodiscard]] Expected<redaction::ContentSet> leftOut(const QString& sessionId) const;
    [[nodiscard]] Expected<void> setLeftOut(const QString& sessionId, redaction::ContentKind kind,
                                            bool leftOut);

    //! \brief In the order in which they were typed. Kept in clear.
    [[nodiscard]] Expected<std::vector<redaction::OwnWord>> ownWords() const;
    //! \brief Adds it, or changes the one of its number. What was decided about that very word is forgotten,
    //! for all sessions but single ones. Errors: those of checkOwnWord(), OwnWordsMany.
    [[nodiscard]] Expected<void> saveOwnWord(const redaction::OwnWord& word);
    [[nodiscard]] Expected<void> removeOwnWord(qint64 number);

    //! \brief Remembers a text that is hidden everywhere in the session, by digest, length and fingerprint.
    //! Errors: those of checkOwnText(), OwnWordsMany.
    [[nodiscard]] Expected<void> saveOwnText(const QString& sessionId, const redaction::SecretText& text);
    [[nodiscard]] Expected<void> removeOwnText(const QString& sessionId, const redaction::SecretText& text);
    [[nodiscard]] Expected<redaction::TextPrints> ownTexts(const QString& sessionId) const;
    //! \brief By session, in the order of their IDs: the digests of its texts, one behind the other.
    using TextDigests = std::map<std::string, std::string>;
    [[nodiscard]] Expected<TextDigests> ownTextDigests() const;
    //! \brief As ownTexts(), of this one alone.
    [[nodiscard]] Expected<redaction::TextPrints> printsOf(const redaction::SecretText& text) const;

    //! \brief Remembers the names of \p values in this session, so that what appears later does not change
    //! them. What is remembered already stays.
    [[nodiscard]] Expected<void> saveNames(const QString& sessionId,
                                           const std::vector<redaction::FoundValue>& values);
    //! \brief Changes the chosen name of one value.
    [[nodiscard]] Expected<void> saveName(const QString& sessionId, const redaction::FoundValue& value);
    //! \brief Writes the names that are known into \p values, and takes away all others. \returns all that
    //! are known in this session, also of values that are gone.
    [[nodiscard]] Expected<std::set<std::string>>
    applyNames(const QString& sessionId, std::vector<redaction::FoundValue>& values) const;

    //! \brief Goes up with each change of what the person chose for this session: decisions, own words and
    //! texts, names.
    [[nodiscard]] Expected<qint64> choicesVersion(const ChoicePlace& place) const;
    //! \brief For choices of the session that are kept elsewhere.
    [[nodiscard]] Expected<void> countChoice(const QString& sessionId);

    //! \brief A decision as it is kept.
    struct KeptDecision
    {
        redaction::DecisionScope scope = redaction::DecisionScope::Session;
        std::string place;  //!< The session, or the project; empty for always.
        std::string digest; //!< As of valueDigests().
        redaction::Decision decision = redaction::Decision::Open;
    };
    [[nodiscard]] Expected<std::vector<KeptDecision>> decisions() const;
    //! \brief What decisions about \p values are kept by, 32 bytes each, in their order.
    [[nodiscard]] Expected<std::vector<std::string>>
    valueDigests(const std::vector<redaction::FoundValue>& values) const;
    //! \brief 32 bytes for digests that are kept elsewhere and tell nothing without this ledger. \p purpose
    //! of at most 16 characters.
    [[nodiscard]] Expected<std::string> digestKey(std::string_view purpose) const;

    //! \brief Small settings of our own (opencode server URL, preferred vault). Never a secret.
    [[nodiscard]] Expected<QString> setting(const QString& name) const;
    [[nodiscard]] Expected<void> setSetting(const QString& name, const QString& value);

    //! \brief Changes when another process wrote.
    [[nodiscard]] Expected<qint64> dataVersion() const;
    //! \brief A stable random name of this ledger, the keychain's account.
    [[nodiscard]] QString ledgerId() const;

    ~LinkLedger();

private:
    LinkLedger();
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sharelock::sharing
