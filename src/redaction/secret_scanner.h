// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/finding.h"

#include "document/share_document.h"

#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

struct ScanOptions
{
    int threads = 1;      //!< At least one; 0 for one a processor.
    std::stop_token stop; //!< Asked for between pieces of text; ends with Cancelled.
};

//! \brief What verification cost, in bytes. Linear in the size of the input, whatever it is.
struct ScanWork
{
    std::size_t searched = 0; //!< Given to patterns.
    std::size_t parsed = 0;   //!< Looked at around names.
    std::size_t decoded = 0;  //!< Escapes, percent and base64.
};

struct TextScan
{
    std::vector<TextFinding> findings; //!< By offset. None overlaps another of ours, or another foreign one.
    ScanWork work;
    std::vector<const Rule*> stopped; //!< Foreign rules that took too much and did not search everything.
};

struct ScanResult
{
    //! \brief By item, place in the item, offset. None overlaps another of ours, or another foreign one.
    std::vector<Finding> findings;
    std::size_t bytes = 0; //!< Of the items' data.
    ScanWork work;
    std::vector<const Rule*> stopped;     //!< As in TextScan.
    std::shared_ptr<const RuleSet> rules; //!< What the findings point to.
};

//! \brief Items of a document, the last not among them.
struct ItemRange
{
    std::size_t first = 0;
    std::size_t end = 0;
};

class Workspace;

//! \brief Finds secrets and personal details. Const and thread-safe: one scanner serves all threads.
//! Every text is scanned decoded; what is escaped, percent-encoded or in base64 inside a text is decoded
//! further. Linear time on every input. Not on the GUI thread.
class SecretScanner
{
public:
    explicit SecretScanner(std::shared_ptr<const RuleSet> rules);
    ~SecretScanner();
    SecretScanner(const SecretScanner&) = delete;
    SecretScanner& operator=(const SecretScanner&) = delete;

    [[nodiscard]] const RuleSet& rules() const { return *m_rules; }

    //! \brief A text by itself, of any size.
    [[nodiscard]] std::vector<TextFinding> scanText(std::string_view text) const;
    //! \brief As above, in several threads. Errors: Cancelled.
    [[nodiscard]] Expected<TextScan> scanText(std::string_view text, const ScanOptions& options) const;

    //! \brief Every text and member name of every item, but for what is opaque by place and shape
    //! (opaque_fields.h). Errors: Cancelled; InvalidJson, the subject is the item's key.
    [[nodiscard]] Expected<ScanResult> scan(const document::ShareDocument& document,
                                            const ScanOptions& options = {}) const;
    //! \brief As above, in some of the items, which is the same as leaving out the findings of all others.
    //! \p ranges in ascending order, none within another.
    [[nodiscard]] Expected<ScanResult> scan(const document::ShareDocument& document,
                                            std::span<const ItemRange> ranges,
                                            const ScanOptions& options = {}) const;

private:
    class Lease;

    std::shared_ptr<const RuleSet> m_rules;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<Workspace>> m_idle; //!< Guarded by m_mutex.
};

} // namespace sharelock::redaction
