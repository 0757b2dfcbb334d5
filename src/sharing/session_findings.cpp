// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/session_findings.h"

namespace sharelock::sharing {

namespace {

using redaction::Decision;

constexpr std::size_t digestSize = 32;
constexpr std::size_t markSize = digestSize + 1;

enum Mark : unsigned char
{
    IsSecret = 1,
    WaitsByDefault = 2
};

} // namespace

std::string findingMarks(const std::vector<redaction::FoundValue>& values,
                         const std::vector<std::string>& digests)
{
    std::string marks;
    marks.reserve(values.size() * markSize);
    for (std::size_t i = 0; i < values.size() && i < digests.size(); ++i) {
        unsigned char mark = 0;
        if (values[i].rule->kind == redaction::FindingKind::Secret)
            mark |= IsSecret;
        if (values[i].decision == Decision::Open)
            mark |= WaitsByDefault;
        marks += static_cast<char>(mark);
        marks += digests[i];
    }
    return marks;
}

DecisionTable::DecisionTable(const std::vector<LinkLedger::KeptDecision>& decisions)
{
    for (const LinkLedger::KeptDecision& kept : decisions)
        m_scopes.at(static_cast<std::size_t>(kept.scope))[kept.place].insert_or_assign(kept.digest,
                                                                                       kept.decision);
}

SessionFindings DecisionTable::count(const ChoicePlace& place, std::string_view marks) const
{
    const std::array places{place.sessionId.toStdString(), place.project.toStdString(), std::string()};
    std::vector<const Digests*> known; // The narrowest first: it wins.
    for (std::size_t scope = 0; scope < places.size(); ++scope) {
        const auto found = m_scopes.at(scope).find(places.at(scope));
        if (found != m_scopes.at(scope).end())
            known.push_back(&found->second);
    }
    SessionFindings findings;
    for (; marks.size() >= markSize; marks.remove_prefix(markSize)) {
        const auto mark = static_cast<unsigned char>(marks.front());
        Decision decision = (mark & WaitsByDefault) != 0 ? Decision::Open : Decision::Redact;
        for (const Digests* digests : known) {
            const auto decided = digests->find(std::string(marks.substr(1, digestSize)));
            if (decided == digests->end())
                continue;
            decision = decided->second;
            break;
        }
        if (decision == Decision::Keep)
            continue;
        ++((mark & IsSecret) != 0 ? findings.secrets : findings.personal);
        if (decision == Decision::Open)
            ++findings.undecided;
    }
    return findings;
}

} // namespace sharelock::sharing
