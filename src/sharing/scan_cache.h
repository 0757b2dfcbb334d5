// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/sqlite.h"
#include "document/share_document.h"
#include "redaction/redaction_plan.h"
#include "redaction/rule.h"
#include "sharing/session_findings.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sharelock::sharing {

//! \brief 16 bytes of keyed BLAKE2b.
using ContentDigest = std::array<char, 16>;

//! \brief What a result depends on besides the text: the rules, and the names that are hidden anyway. 16
//! bytes, keyed, since a person's own words may be among them. Changes with any of them.
[[nodiscard]] std::string scanVersion(const std::string& key, std::span<const redaction::RuleSource> rules,
                                      const redaction::RedactionPlan& names);

//! \brief What scans have found, so that nothing is scanned twice: an SQLite file in the cache folder (0600),
//! which may be deleted at any time. It holds no found value and no text, only where something was found and
//! digests whose key stands elsewhere.
//!
//! Never in the way: a file that is damaged is made anew, one that is locked, read-only or of a newer program
//! is left alone, and then nothing is known and nothing is kept. Lives on one thread, not the GUI's; several
//! processes may use the file at once.
class ScanCache
{
public:
    //! \param folder is made when missing. \param key of LinkLedger::digestKey(). \param version of
    //! scanVersion().
    ScanCache(const QString& folder, std::string key, std::string version);

    [[nodiscard]] bool isUsable() const { return m_connection.has_value(); }

    //! \brief What is known of sessions under this version.
    [[nodiscard]] std::vector<ScannedSession> sessions();
    //! \brief In one transaction.
    void save(std::span<const ScannedSession> sessions);
    void forget(std::span<const std::string> sessionIds);

    //! \brief The digest of some items as they are, under this version.
    [[nodiscard]] ContentDigest digestOf(std::span<const document::ShareItem> items) const;
    //! \brief The digest of a value or of other short bytes.
    [[nodiscard]] ContentDigest digestOf(std::string_view bytes) const;
    //! \brief What was kept under each digest, in their order: bytes of the caller's own making.
    [[nodiscard]] std::vector<std::optional<std::string>> texts(std::span<const ContentDigest> digests);
    struct Text
    {
        ContentDigest digest{};
        std::string places;
    };
    //! \brief In one transaction. Beyond \c mostTexts the ones that were not used for longest go.
    void saveTexts(std::span<const Text> texts);

    //! \brief What opencode.db looked like when every session of it was known.
    [[nodiscard]] std::string sweptStamp();
    void setSweptStamp(const std::string& stamp);

    static constexpr int mostTexts = 100'000;    //!< About 10 MB.
    static constexpr int mostSessions = 100'000; //!< About 20 MB.

private:
    [[nodiscard]] sqlite::Result<sqlite::Connection> openFile(const QString& path) const;
    [[nodiscard]] sqlite::Result<void> prepareFile(sqlite::Connection& connection) const;
    //! \brief Runs \p work; when the file turns out to be unusable it is let go, and deleted if it is broken.
    template <typename Work>
    void attempt(const char* what, const Work& work);
    void giveUp(const char* what, const sqlite::Failure& failure);
    [[nodiscard]] sqlite::Result<void> trim();

    QString m_path;
    std::string m_key;
    std::string m_version;
    std::optional<sqlite::Connection> m_connection;
};

} // namespace sharelock::sharing
