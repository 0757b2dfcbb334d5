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

std::vector<const DecisionTable::Digests*> DecisionTable::at(const ChoicePlace& place) const
{
    const std::array places{place.sessionId.toStdString(), place.project.toStdString(), std::string()};
    std::vector<const Digests*> known;
    for (std::size_t scope = 0; scope < places.size(); ++scope) {
        const auto found = m_scopes.at(scope).find(places.at(scope));
        if (found != m_scopes.at(scope).end())
            known.push_back(&found->second);
    }
    return known;
}

namespace {

template <typename Digests>
Decision decisionOn(const std::string& digest, const std::vector<const Digests*>& known, Decision usual)
{
    for (const Digests* digests : known) {
        const auto decided = digests->find(digest);
        if (decided != digests->end())
            return decided->second;
    }
    return usual;
}

} // namespace

SessionFindings DecisionTable::count(const ChoicePlace& place, std::string_view marks) const
{
    const auto known = at(place);
    SessionFindings findings;
    for (; marks.size() >= markSize; marks.remove_prefix(markSize)) {
        const auto mark = static_cast<unsigned char>(marks.front());
        const Decision usual = (mark & WaitsByDefault) != 0 ? Decision::Open : Decision::Redact;
        const Decision decision = decisionOn(std::string(marks.substr(1, digestSize)), known, usual);
        if (decision == Decision::Keep)
            continue;
        ++((mark & IsSecret) != 0 ? findings.secrets : findings.personal);
        if (decision == Decision::Open)
            ++findings.undecided;
    }
    return findings;
}

std::vector<std::string> DecisionTable::sureSecrets(const ChoicePlace& place, std::string_view marks) const
{
    const auto known = at(place);
    std::vector<std::string> secrets;
    for (; marks.size() >= markSize; marks.remove_prefix(markSize)) {
        const auto mark = static_cast<unsigned char>(marks.front());
        // What waits for the person is what is doubtful.
        if ((mark & IsSecret) == 0 || (mark & WaitsByDefault) != 0)
            continue;
        std::string digest(marks.substr(1, digestSize));
        if (decisionOn(digest, known, Decision::Redact) != Decision::Keep)
            secrets.push_back(std::move(digest));
    }
    return secrets;
}

} // namespace sharelock::sharing
