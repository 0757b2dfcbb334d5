// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/time.h"
#include "redaction/found_values.h"
#include "sharing/link_ledger.h"

#include <QString>

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sharelock::sharing {

//! \brief How many values a session holds that would better not be public. What the person keeps does not
//! count: it was looked at.
struct SessionFindings
{
    int secrets = 0;
    int personal = 0;  //!< All others: personal details, own words, names inside of a network.
    int undecided = 0; //!< Of both, those that wait for the person.

    bool operator==(const SessionFindings&) const = default;
};

//! \brief What is known of one session after a scan. Holds no value.
struct ScannedSession
{
    std::string id;
    Timestamp updated{}; //!< As the list of sessions had it.
    int messages = 0;
    std::string fingerprint; //!< SessionStore::fingerprint() of what was scanned.
    std::string marks;       //!< Of findingMarks().
};

//! \brief The found values as digests with their kind, to be counted again whenever a decision changes.
//! \param digests of LinkLedger::valueDigests().
[[nodiscard]] std::string findingMarks(const std::vector<redaction::FoundValue>& values,
                                       const std::vector<std::string>& digests);

//! \brief What the person decided, for many sessions at once.
class DecisionTable
{
public:
    DecisionTable() = default;
    explicit DecisionTable(const std::vector<LinkLedger::KeptDecision>& decisions);

    //! \brief \p marks of findingMarks().
    [[nodiscard]] SessionFindings count(const ChoicePlace& place, std::string_view marks) const;
    //! \brief The digests of undoubted secrets in \p marks that the person does not keep.
    [[nodiscard]] std::vector<std::string> sureSecrets(const ChoicePlace& place,
                                                       std::string_view marks) const;

private:
    using Digests = std::unordered_map<std::string, redaction::Decision>;
    //! \brief What was decided at this place, the narrowest first: it wins.
    [[nodiscard]] std::vector<const Digests*> at(const ChoicePlace& place) const;
    using Places = std::unordered_map<std::string, Digests>;
    std::array<Places, 3> m_scopes; //!< By DecisionScope, then by place.
};

} // namespace sharelock::sharing
