// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/own_words.h"
#include "sharing/link_ledger.h"

#include <memory>
#include <string>
#include <vector>

namespace sharelock::sharing {

//! \brief The person's own words, and the texts that were selected in each session, for many sessions at
//! once. A value; not on the GUI thread.
class OwnWordTable
{
public:
    OwnWordTable() = default;
    //! \brief Errors: LedgerUnreadable.
    [[nodiscard]] static Expected<OwnWordTable> read(const LinkLedger& ledger);

    //! \brief Changes with what is looked for in that session; empty where nothing is. Printable, and tells
    //! nothing without the ledger.
    [[nodiscard]] std::string version(const std::string& sessionId) const;
    //! \brief Changes with what is looked for in any session.
    [[nodiscard]] std::string version() const;
    //! \brief Null where nothing is looked for. \p ledger is the one that was read. Errors: LedgerUnreadable.
    [[nodiscard]] Expected<std::shared_ptr<const redaction::OwnSearch>> search(const LinkLedger& ledger,
                                                                               const std::string& sessionId);

private:
    std::string m_key;
    std::vector<redaction::OwnWord> m_words;
    std::string m_wordsDigest;                            //!< Empty without words.
    std::shared_ptr<const redaction::OwnSearch> m_search; //!< For the words alone; made when first needed.
    LinkLedger::TextDigests m_texts;
};

} // namespace sharelock::sharing
