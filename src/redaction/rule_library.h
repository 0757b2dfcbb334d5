// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/error.h"
#include "redaction/secret_scanner.h"

#include <QStringList>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sharelock::redaction {

//! \brief A file of somebody else's rules, see gitleaks_file.h.
struct RuleFile
{
    QString path;          //!< Absolute.
    bool isWanted = false; //!< That it is missing is an error; else there is simply nothing to add.
};

//! \brief A scanner, and what could not be made part of it.
struct Scanning
{
    std::shared_ptr<const SecretScanner> scanner; //!< Never null: our own rules are always in it.
    std::vector<Error> problems;                  //!< RulesBroken; the subject is `file:line`.
    QStringList notes;                            //!< Taken differently than gitleaks takes it.
    std::string version; //!< Changes with the files of others' rules; empty for our own rules alone.
};

//! \brief The scanners of this program: our own rules alone, and together with files of others' rules. A file
//! adds; it can't take anything from our rules, and a mistake in it leaves out only what is wrong. Files are
//! read when first asked for, and again when they have changed. Thread-safe; not on the GUI thread.
class RuleLibrary
{
public:
    //! \brief The one of the process: our own rules are compiled once.
    [[nodiscard]] static RuleLibrary& instance();

    [[nodiscard]] const std::shared_ptr<const SecretScanner>& builtIn();
    [[nodiscard]] Scanning scanning(const std::vector<RuleFile>& files);

private:
    //! \brief By what a change of a file is told.
    struct Stamp
    {
        QString path;
        qint64 modified = 0; //!< Nanoseconds since the epoch, as the file system has it.
        qint64 changed = 0;  //!< The same of its metadata.
        qint64 size = -1;    //!< No file.

        bool operator==(const Stamp&) const = default;
    };
    struct Entry
    {
        std::vector<RuleFile> files;
        std::vector<Stamp> stamps; //!< Of all that were read, extended ones included.
        Scanning scanning;
    };

    [[nodiscard]] static Stamp stampOf(const QString& path);
    [[nodiscard]] static std::string versionOf(const std::vector<Stamp>& stamps);
    [[nodiscard]] static bool isCurrent(const Entry& entry);
    [[nodiscard]] Entry load(const std::vector<RuleFile>& files);

    std::mutex m_mutex;
    std::shared_ptr<const SecretScanner> m_builtIn; //!< Guarded by m_mutex, as the rest.
    std::vector<Entry> m_entries;                   //!< The last one used is the last.
};

//! \brief What a scan says of foreign rules that were stopped: RulesBroken, the subject is where they stand.
[[nodiscard]] std::vector<Error> stoppedProblems(const std::vector<const Rule*>& stopped);

} // namespace sharelock::redaction
