// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMetaType>
#include <QString>

#include <tl/expected.hpp>

namespace sharelock {

//! \brief Everything that can go wrong, as one closed list.
//! A person reads caption(); a program switches on the code.
enum class ErrorCode
{
    Cancelled, //!< The person stopped it.
    Internal,  //!< A broken promise of our own code.
    // opencode.db
    DatabaseMissing,    //!< There is no such file.
    DatabaseUnreadable, //!< The file is there, the system refuses it.
    DatabaseLocked,     //!< Another process holds it exclusively.
    DatabaseCorrupt,    //!< Not an SQLite file, or damaged.
    DatabaseForeign,    //!< The Go program of the same name wrote it.
    DatabaseUnknown,    //!< opencode's, but of a shape that we do not know (newer).
    SessionNotFound,
    SessionAmbiguous,   //!< Several sessions match the given prefix.
    FolderNotOpencodes, //!< Not a data folder of opencode's; the subject is the path.
    // share mode and configuration
    ConfigBroken,   //!< A config file does not parse; the subject is its path.
    ConfigChanged,  //!< It is not as it was when it was read; the subject is its path.
    ConfigDangling, //!< A symbolic link to a file that is not there; the subject is the link's path.
    ShareDisabled,  //!< The effective share mode is `disabled`; the subject is the file.
    GitFailed,      //!< git does not say how a file stands; the subject is the file.
    // documents
    InvalidJson,
    DocumentInvalid,  //!< Parses, but is no share document (no session, no ID).
    LeakFound,        //!< The leak gate found a hidden value in the bytes to send.
    SecretsUndecided, //!< Sure secrets that nobody has decided about; the subject is their number.
    // choices of the person
    OwnWordEmpty,      //!< Less than 2 characters besides white space.
    OwnWordLong,       //!< The subject is the bound, in bytes.
    OwnWordUnhideable, //!< Part of the format of shared pages, or without any letter or digit.
    OwnWordsMany,      //!< No more words, or lengths of texts, are taken; the subject is the bound.
    PatternBroken,     //!< No RE2 pattern; the subject is RE2's reason.
    PatternTooBroad,   //!< Finds more, or longer values, than can be hidden; the subject is its number.
    TextNotFound,      //!< Does not stand in the conversation as it was selected.
    PseudonymUnfit,    //!< Empty, too long, or with control characters.
    PseudonymTaken,    //!< Stands for another value.
    PseudonymReveals,  //!< A hidden value, or something secret, stands in it.
    ReasonMissing,     //!< Secrets are kept without a reason; the subject is their number.
    ReasonReveals,     //!< One of the values stands in the reason.
    RulesBroken,       //!< Rules of the scanner do not parse; the subject is `file:line` or a rule's ID.
    // network and share server
    ServerUnreachable,
    ServerTimeout,
    ServerRefused,    //!< 4xx other than below.
    ServerFailed,     //!< 5xx.
    ServerBusy,       //!< 429 after all retries.
    ServerTooLarge,   //!< 413 for a batch that can't be made smaller.
    ServerBadAnswer,  //!< 2xx with something else than the protocol says.
    ServerRedirected, //!< A redirect; never followed with a key.
    AnswerTooLarge,   //!< The answer passes our bound.
    TlsFailed,
    HttpLibraryMissing, //!< What requests are made with can't be loaded; the subject is its name.
    // keys
    KeyringMissing, //!< No keyring service answers.
    KeyringLocked,
    KeyringRefused,  //!< The person or a policy said no.
    KeyringEmptied,  //!< The ledger has sealed keys, the keychain has no master key.
    MasterKeyWrong,  //!< There is a master key, but not the one that sealed the ledger.
    VaultFileBroken, //!< The 0600 key file has wrong size, mode or owner.
    KeyMissing,      //!< We hold no key for this link.
    // our own files
    LedgerUnreadable,
    LedgerNewer, //!< Written by a newer Sharelock.
    DiskFull,
    FileFailed, //!< Any other file error; the subject is the path.
    // links
    LinkNotFound,
    LinkAmbiguous,
    LinkLive,      //!< Not a snapshot, so there is nothing for us to update.
    LinkClosed,    //!< Taken down, or never complete: no content is added any more.
    UpdateRefused, //!< The server answered an update with a fault, whatever key was tried.
    NotConfirmed,  //!< An act that needs an explicit yes did not get one.
    // the opencode program
    OpencodeMissing, //!< Not installed.
    OpencodeStartFailed,
    OpencodeTimeout,     //!< It was started, and did not end in time.
    OpencodeRefused,     //!< The configured server wants another password.
    OpencodeShareFailed, //!< opencode answered 500 to a share; it gives no reason.
};

//! \brief One failure: what kind, about what, and the raw text behind it.
//! Never holds a key, a token, or a server's answer body (those echo keys).
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString subject; //!< A path, URL, ID or name that the caption mentions; may be empty.
    QString detail;  //!< Technical text for the folded details; foreign, so plain text only.

    bool operator==(const Error&) const = default;
};

template <typename T>
using Expected = tl::expected<T, Error>;

//! \brief `return fail(ErrorCode::…)` from any function that returns Expected.
[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, const QString& subject = {},
                                         const QString& detail = {});

//! \brief One or two sentences for a person: what happened and what to do. Translated.
[[nodiscard]] QString caption(const Error& error);

//! \brief The code in kebab case (`database-missing`), for logs and JSON.
[[nodiscard]] QString codeName(ErrorCode code);

} // namespace sharelock

Q_DECLARE_METATYPE(sharelock::Error)
