// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/error.h"

#include <QCoreApplication>

namespace sharelock {

namespace {

struct Entry
{
    const char* name;
    const char* text;  //!< For an error without a subject.
    const char* about; //!< With `%1` for the subject; null where naming it would not help.
};

constexpr Entry internalEntry{
    "internal",
    QT_TRANSLATE_NOOP("Error", "Something went wrong inside Sharelock. Please report it, with the details."),
    nullptr};

// One switch without a default, so that the compiler names every code that has no words yet.
Entry entryOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return {"cancelled", QT_TRANSLATE_NOOP("Error", "Stopped, as you asked."), nullptr};
    case ErrorCode::Internal:
        return internalEntry;

    case ErrorCode::DatabaseMissing:
        return {"database-missing",
                QT_TRANSLATE_NOOP(
                    "Error", "opencode has no conversations here yet. Start one in opencode, then refresh."),
                QT_TRANSLATE_NOOP(
                    "Error", "There is no opencode database at %1. Start a conversation in opencode, or set "
                             "OPENCODE_DB if the database is elsewhere.")};
    case ErrorCode::DatabaseUnreadable:
        return {"database-unreadable",
                QT_TRANSLATE_NOOP("Error",
                                  "The system does not let Sharelock read opencode's database. Check its "
                                  "permissions."),
                QT_TRANSLATE_NOOP(
                    "Error", "The system does not let Sharelock read %1. Check the permissions of the file "
                             "and its folder.")};
    case ErrorCode::DatabaseLocked:
        return {"database-locked",
                QT_TRANSLATE_NOOP(
                    "Error", "Another program holds opencode's database. Close it, or wait and refresh."),
                QT_TRANSLATE_NOOP("Error", "Another program holds %1. Close it, or wait and refresh.")};
    case ErrorCode::DatabaseCorrupt:
        return {"database-corrupt",
                QT_TRANSLATE_NOOP(
                    "Error", "opencode's database is damaged. Sharelock did not change it; restore it from a "
                             "backup."),
                QT_TRANSLATE_NOOP(
                    "Error", "%1 is damaged or is not a database. Sharelock did not change it; restore it "
                             "from a backup.")};
    case ErrorCode::DatabaseForeign:
        return {"database-foreign",
                QT_TRANSLATE_NOOP(
                    "Error", "This database belongs to another program that is also called opencode. Set "
                             "OPENCODE_DB to the right file."),
                QT_TRANSLATE_NOOP(
                    "Error", "%1 belongs to another program that is also called opencode. Set OPENCODE_DB to "
                             "the right file.")};
    case ErrorCode::DatabaseUnknown:
        return {"database-unknown",
                QT_TRANSLATE_NOOP(
                    "Error",
                    "This database was written by a version of opencode that Sharelock does not know "
                    "yet. Look for a newer Sharelock."),
                QT_TRANSLATE_NOOP(
                    "Error", "%1 was written by a version of opencode that Sharelock does not know yet. Look "
                             "for a newer Sharelock.")};
    case ErrorCode::SessionNotFound:
        return {"session-not-found",
                QT_TRANSLATE_NOOP("Error", "There is no such session. It may have been deleted in opencode."),
                QT_TRANSLATE_NOOP("Error", "There is no session %1. It may have been deleted in opencode.")};
    case ErrorCode::SessionAmbiguous:
        return {"session-ambiguous",
                QT_TRANSLATE_NOOP("Error", "Several sessions match. Give more of the ID."),
                QT_TRANSLATE_NOOP("Error", "Several sessions match %1. Give more of the ID.")};
    case ErrorCode::FolderNotOpencodes:
        return {"folder-not-opencodes",
                QT_TRANSLATE_NOOP("Error", "This is no data folder of opencode's. Name the folder that holds "
                                           "opencode.db or storage, with its whole path."),
                QT_TRANSLATE_NOOP("Error", "%1 is no data folder of opencode's. Name the folder that holds "
                                           "opencode.db or storage, with its whole path.")};

    case ErrorCode::ConfigBroken:
        return {"config-broken",
                QT_TRANSLATE_NOOP(
                    "Error", "An opencode configuration file can't be read, so the share mode is not known. "
                             "Correct the file first."),
                QT_TRANSLATE_NOOP(
                    "Error", "%1 can't be read as configuration, so the share mode is not known. Correct the "
                             "file first.")};
    case ErrorCode::ConfigChanged:
        return {"config-changed",
                QT_TRANSLATE_NOOP("Error", "Another program has changed the configuration meanwhile, so "
                                           "nothing was written. Look at the new change and try again."),
                QT_TRANSLATE_NOOP("Error",
                                  "Another program has changed %1 meanwhile, so nothing was written. "
                                  "Look at the new change and try again.")};
    case ErrorCode::ConfigDangling:
        return {
            "config-dangling",
            QT_TRANSLATE_NOOP("Error", "The configuration is a symbolic link to a file that is not there. "
                                       "Make that file, or remove the link."),
            QT_TRANSLATE_NOOP("Error", "%1 is a symbolic link to a file that is not there. Make that file, "
                                       "or remove the link.")};
    case ErrorCode::ShareDisabled:
        return {
            "share-disabled",
            QT_TRANSLATE_NOOP("Error", "Sharing is disabled for this project. Nothing was published."),
            QT_TRANSLATE_NOOP("Error", "Sharing is disabled for this project by %1. Nothing was published.")};
    case ErrorCode::GitFailed:
        return {"git-failed",
                QT_TRANSLATE_NOOP("Error", "git did not say whether a file is committed. Ask it yourself."),
                QT_TRANSLATE_NOOP("Error", "git did not say whether %1 is committed. Ask it yourself.")};

    case ErrorCode::InvalidJson:
        return {"invalid-json", QT_TRANSLATE_NOOP("Error", "This is not valid JSON, so it can't be used."),
                QT_TRANSLATE_NOOP("Error", "%1 is not valid JSON, so it can't be used.")};
    case ErrorCode::DocumentInvalid:
        return {"document-invalid",
                QT_TRANSLATE_NOOP("Error", "This is not a shared conversation: it names no session."),
                QT_TRANSLATE_NOOP("Error", "%1 is not a shared conversation: it names no session.")};
    case ErrorCode::LeakFound:
        return {"leak-found",
                QT_TRANSLATE_NOOP(
                    "Error", "Something that should be hidden was still in what was about to be sent, so it "
                             "was held back. Hide it and publish again."),
                nullptr};
    case ErrorCode::SecretsUndecided:
        return {"secrets-undecided",
                QT_TRANSLATE_NOOP("Error",
                                  "Nobody has decided about the secrets in this conversation, so nothing was "
                                  "published. Look at them, or publish with --redact-all."),
                QT_TRANSLATE_NOOP(
                    "Error", "Nobody has decided about secrets in this conversation (%1), so nothing was "
                             "published. Look at them, or publish with --redact-all.")};
    case ErrorCode::OwnWordEmpty:
        return {"own-word-empty",
                QT_TRANSLATE_NOOP("Error", "At least two characters are needed, besides spaces."), nullptr};
    case ErrorCode::OwnWordLong:
        return {"own-word-long", QT_TRANSLATE_NOOP("Error", "This is too long to be hidden as one text."),
                QT_TRANSLATE_NOOP("Error", "This is too long to be hidden as one text: at most %1 bytes.")};
    case ErrorCode::OwnWordUnhideable:
        return {"own-word-unhideable",
                QT_TRANSLATE_NOOP("Error",
                                  "Every shared page has this in its own format, so it can't be hidden. Add "
                                  "more of what stands around it."),
                nullptr};
    case ErrorCode::OwnWordsMany:
        return {"own-words-many",
                QT_TRANSLATE_NOOP("Error", "No more can be remembered. Take something away first."),
                QT_TRANSLATE_NOOP(
                    "Error", "No more than %1 of different length can be remembered. Take something away "
                             "first, or add a pattern in the settings.")};
    case ErrorCode::PatternBroken:
        return {"pattern-broken", QT_TRANSLATE_NOOP("Error", "This is not a pattern that can be searched."),
                QT_TRANSLATE_NOOP("Error", "This is not a pattern that can be searched: %1.")};
    case ErrorCode::PatternTooBroad:
        return {"pattern-too-broad",
                QT_TRANSLATE_NOOP("Error",
                                  "One of your patterns matches too much to be hidden. Change it in the "
                                  "settings."),
                QT_TRANSLATE_NOOP("Error",
                                  "Pattern %1 of your own words matches too much to be hidden. Change it in "
                                  "the settings.")};
    case ErrorCode::TextNotFound:
        return {"text-not-found",
                QT_TRANSLATE_NOOP("Error",
                                  "This does not stand in the conversation as one text. Select less, and in "
                                  "the original."),
                nullptr};
    case ErrorCode::PseudonymUnfit:
        return {"pseudonym-unfit",
                QT_TRANSLATE_NOOP("Error", "A pseudonym has 1 to 40 characters in one line."), nullptr};
    case ErrorCode::PseudonymTaken:
        return {"pseudonym-taken",
                QT_TRANSLATE_NOOP("Error",
                                  "This pseudonym stands for another value. Choose another one, or say that "
                                  "both are the same."),
                nullptr};
    case ErrorCode::PseudonymReveals:
        return {"pseudonym-reveals",
                QT_TRANSLATE_NOOP("Error",
                                  "Something that is hidden, or looks secret, stands in this pseudonym."),
                nullptr};
    case ErrorCode::ReasonMissing:
        return {"reason-missing",
                QT_TRANSLATE_NOOP("Error",
                                  "Secrets that you keep would be public, so nothing was published. Say why "
                                  "they may be, with --keep-reason."),
                QT_TRANSLATE_NOOP(
                    "Error", "Secrets that you keep (%1) would be public, so nothing was published. Say why "
                             "they may be, with --keep-reason.")};
    case ErrorCode::ReasonReveals:
        return {"reason-reveals",
                QT_TRANSLATE_NOOP("Error",
                                  "One of the values that were found stands in the reason, and receipts are "
                                  "kept in clear. Say it without."),
                nullptr};
    case ErrorCode::RulesBroken:
        return {"rules-broken",
                QT_TRANSLATE_NOOP("Error", "Rules of the scanner can't be read, so they are left out."),
                QT_TRANSLATE_NOOP("Error", "The scanner's rules at %1 can't be read, so they are left out.")};

    case ErrorCode::ServerUnreachable:
        return {"server-unreachable",
                QT_TRANSLATE_NOOP("Error",
                                  "The share server can't be reached. Check the connection and try again."),
                QT_TRANSLATE_NOOP("Error", "%1 can't be reached. Check the connection and try again.")};
    case ErrorCode::ServerTimeout:
        return {"server-timeout",
                QT_TRANSLATE_NOOP("Error", "The share server took too long to answer. Try again later."),
                QT_TRANSLATE_NOOP("Error", "%1 took too long to answer. Try again later.")};
    case ErrorCode::ServerRefused:
        return {"server-refused",
                QT_TRANSLATE_NOOP("Error",
                                  "The share server refused the request. Check that its address is right."),
                QT_TRANSLATE_NOOP("Error", "%1 refused the request. Check that the address is right.")};
    case ErrorCode::ServerFailed:
        return {"server-failed",
                QT_TRANSLATE_NOOP("Error", "The share server reported a fault of its own. Try again later."),
                QT_TRANSLATE_NOOP("Error", "%1 reported a fault of its own. Try again later.")};
    case ErrorCode::ServerBusy:
        return {"server-busy",
                QT_TRANSLATE_NOOP("Error",
                                  "The share server asked to slow down. Wait a few minutes and try again."),
                QT_TRANSLATE_NOOP("Error", "%1 asked to slow down. Wait a few minutes and try again.")};
    case ErrorCode::ServerTooLarge:
        return {"server-too-large",
                QT_TRANSLATE_NOOP(
                    "Error", "A part of this conversation is larger than the share server accepts. Hide or "
                             "leave out large attachments and try again."),
                QT_TRANSLATE_NOOP(
                    "Error", "A part of this conversation is larger than %1 accepts. Hide or leave out large "
                             "attachments and try again.")};
    case ErrorCode::ServerBadAnswer:
        return {"server-bad-answer",
                QT_TRANSLATE_NOOP("Error",
                                  "The answer is not that of an opencode share server. Check the address."),
                QT_TRANSLATE_NOOP(
                    "Error", "The answer of %1 is not that of an opencode share server. Check the address.")};
    case ErrorCode::ServerRedirected:
        return {"server-redirected",
                QT_TRANSLATE_NOOP(
                    "Error", "The share server pointed to another address. Sharelock does not follow, since "
                             "the link's key belongs to this server alone."),
                QT_TRANSLATE_NOOP(
                    "Error", "%1 pointed to another address. Sharelock does not follow, since the link's key "
                             "belongs to this server alone.")};
    case ErrorCode::AnswerTooLarge:
        return {
            "answer-too-large",
            QT_TRANSLATE_NOOP(
                "Error", "The server's answer is larger than Sharelock accepts, so reading it was stopped."),
            QT_TRANSLATE_NOOP(
                "Error", "The answer of %1 is larger than Sharelock accepts, so reading it was stopped.")};
    case ErrorCode::TlsFailed:
        return {"tls-failed",
                QT_TRANSLATE_NOOP(
                    "Error", "No secure connection to the share server could be made. Check its certificate "
                             "and the clock of this computer."),
                QT_TRANSLATE_NOOP(
                    "Error", "No secure connection to %1 could be made. Check its certificate and the clock "
                             "of this computer.")};

    case ErrorCode::HttpLibraryMissing:
        return {"http-library-missing",
                QT_TRANSLATE_NOOP("Error",
                                  "libcurl, which Sharelock asks servers with, can't be loaded. Install it "
                                  "(on Debian: libcurl4) and start Sharelock again."),
                nullptr};
    case ErrorCode::KeyringMissing:
        return {"keyring-missing",
                QT_TRANSLATE_NOOP(
                    "Error", "No keyring answers, so a link's key could not be kept safe. Start a keyring, "
                             "such as GNOME Keyring or KWallet, or choose the key file instead."),
                nullptr};
    case ErrorCode::KeyringLocked:
        return {"keyring-locked",
                QT_TRANSLATE_NOOP("Error", "The keyring is locked. Unlock it and try again."), nullptr};
    case ErrorCode::KeyringRefused:
        return {"keyring-refused",
                QT_TRANSLATE_NOOP("Error",
                                  "The keyring did not let Sharelock in. Allow the access and try again."),
                nullptr};
    case ErrorCode::KeyringEmptied:
        return {"keyring-emptied",
                QT_TRANSLATE_NOOP(
                    "Error", "The keyring no longer holds Sharelock's master key, so the stored link keys "
                             "can't be opened. Restore the keyring from a backup; links that opencode still "
                             "knows can be taken down without it."),
                nullptr};
    case ErrorCode::MasterKeyWrong:
        return {"master-key-wrong",
                QT_TRANSLATE_NOOP(
                    "Error", "The master key is not the one that sealed the stored link keys. Restore the "
                             "right one from a backup."),
                nullptr};
    case ErrorCode::VaultFileBroken:
        return {
            "vault-file-broken",
            QT_TRANSLATE_NOOP(
                "Error", "The key file has a wrong size, owner or mode. It must be yours alone, with mode "
                         "0600."),
            QT_TRANSLATE_NOOP("Error",
                              "The key file %1 has a wrong size, owner or mode. It must be yours alone, with "
                              "mode 0600.")};
    case ErrorCode::KeyMissing:
        return {
            "key-missing",
            QT_TRANSLATE_NOOP("Error",
                              "Sharelock has no key for this link, so only the operator of the server can "
                              "remove it."),
            QT_TRANSLATE_NOOP(
                "Error", "Sharelock has no key for %1, so only the operator of the server can remove it.")};

    case ErrorCode::LedgerUnreadable:
        return {"ledger-unreadable",
                QT_TRANSLATE_NOOP(
                    "Error", "Sharelock's own record of links can't be read. Check the file, or restore it "
                             "from a backup."),
                QT_TRANSLATE_NOOP(
                    "Error", "Sharelock's own record of links, %1, can't be read. Check the file, or restore "
                             "it from a backup.")};
    case ErrorCode::LedgerNewer:
        return {"ledger-newer",
                QT_TRANSLATE_NOOP("Error",
                                  "The record of links was written by a newer Sharelock. Use that version."),
                QT_TRANSLATE_NOOP("Error", "%1 was written by a newer Sharelock. Use that version.")};
    case ErrorCode::DiskFull:
        return {"disk-full", QT_TRANSLATE_NOOP("Error", "The disk is full. Make room and try again."),
                QT_TRANSLATE_NOOP("Error", "There is no room left to write %1. Make room and try again.")};
    case ErrorCode::FileFailed:
        return {"file-failed",
                QT_TRANSLATE_NOOP("Error", "A file could not be read or written. Check its permissions."),
                QT_TRANSLATE_NOOP("Error", "%1 could not be read or written. Check its permissions.")};

    case ErrorCode::LinkNotFound:
        return {"link-not-found",
                QT_TRANSLATE_NOOP("Error", "There is no such link. Refresh the list and look again."),
                QT_TRANSLATE_NOOP("Error", "There is no link %1. Refresh the list and look again.")};
    case ErrorCode::LinkAmbiguous:
        return {"link-ambiguous", QT_TRANSLATE_NOOP("Error", "Several links match. Give the whole address."),
                QT_TRANSLATE_NOOP("Error", "Several links match %1. Give the whole address.")};
    case ErrorCode::LinkLive:
        return {"link-live",
                QT_TRANSLATE_NOOP("Error",
                                  "This is a live link, which opencode itself keeps up to date. Only "
                                  "snapshots are updated."),
                QT_TRANSLATE_NOOP("Error", "%1 is a live link, which opencode itself keeps up to date. Only "
                                           "snapshots are updated.")};
    case ErrorCode::LinkClosed:
        return {"link-closed",
                QT_TRANSLATE_NOOP("Error",
                                  "This link was taken down, so nothing is added to it. Publish a new "
                                  "snapshot."),
                QT_TRANSLATE_NOOP("Error", "The link %1 was taken down, so nothing is added to it. Publish a "
                                           "new snapshot.")};
    case ErrorCode::UpdateRefused:
        return {"update-refused",
                QT_TRANSLATE_NOOP("Error", "The share server did not take the update: it has a fault of its "
                                           "own, or the link's key no longer counts there. The link's state "
                                           "says what is public now."),
                QT_TRANSLATE_NOOP("Error", "%1 did not take the update: it has a fault of its own, or the "
                                           "link's key no longer counts there. The link's state says what is "
                                           "public now.")};
    case ErrorCode::NotConfirmed:
        return {"not-confirmed", QT_TRANSLATE_NOOP("Error", "This was not confirmed, so nothing was done."),
                nullptr};

    case ErrorCode::OpencodeMissing:
        return {"opencode-missing",
                QT_TRANSLATE_NOOP(
                    "Error", "opencode is not installed, so no live link can be made. Snapshots work without "
                             "it."),
                nullptr};
    case ErrorCode::OpencodeStartFailed:
        return {"opencode-start-failed",
                QT_TRANSLATE_NOOP("Error",
                                  "opencode could not be started. Run it once in a terminal to see why."),
                QT_TRANSLATE_NOOP("Error", "%1 could not be started. Run it once in a terminal to see why.")};
    case ErrorCode::OpencodeTimeout:
        return {"opencode-timeout",
                QT_TRANSLATE_NOOP("Error", "opencode did not answer in time, so it was stopped. Try again."),
                QT_TRANSLATE_NOOP("Error", "%1 did not answer in time, so it was stopped. Try again.")};
    case ErrorCode::OpencodeRefused:
        return {"opencode-refused",
                QT_TRANSLATE_NOOP(
                    "Error", "The opencode server wants another password. Enter it again in the settings."),
                QT_TRANSLATE_NOOP("Error",
                                  "The opencode server at %1 wants another password. Enter it again in the "
                                  "settings.")};
    case ErrorCode::OpencodeShareFailed:
        return {"opencode-share-failed",
                QT_TRANSLATE_NOOP("Error",
                                  "opencode could not share this session and gives no reason. Sharing may be "
                                  "disabled, its share server down, or the session shared already."),
                nullptr};
    }
    return internalEntry; // Only for a number that is no code at all.
}

} // namespace

tl::unexpected<Error> fail(ErrorCode code, const QString& subject, const QString& detail)
{
    return tl::unexpected<Error>(Error{code, subject, detail});
}

QString caption(const Error& error)
{
    const Entry entry = entryOf(error.code);
    if (error.subject.isEmpty() || entry.about == nullptr)
        return QCoreApplication::translate("Error", entry.text);
    return QCoreApplication::translate("Error", entry.about).arg(error.subject);
}

QString codeName(ErrorCode code)
{
    return QString::fromLatin1(entryOf(code).name);
}

} // namespace sharelock
