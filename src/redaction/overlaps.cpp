// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/text_verifier.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace sharelock::redaction {

namespace {

//! \brief The less, the better.
auto rankOf(const Rule& rule, Confidence confidence, int depth, TextRun run)
{
    const bool isSecret = rule.kind == FindingKind::Secret || rule.kind == FindingKind::OwnWord;
    return std::tuple(!isSecret, -int(confidence), -depth, -std::int64_t(run.end - run.begin),
                      -int(rule.severity), run.begin, &rule);
}

auto rankOf(const Candidate& candidate)
{
    const TextFinding& finding = candidate.finding;
    return rankOf(*finding.rule, finding.confidence, candidate.depth,
                  {finding.offset, finding.offset + finding.length});
}

using Runs = std::set<std::pair<std::size_t, std::size_t>>; // end and begin

//! \brief Takes the run unless it overlaps one that was taken.
bool takes(Runs& taken, std::size_t begin, std::size_t end)
{
    const auto next = taken.upper_bound({begin, std::string::npos});
    if (next != taken.end() && next->second < end)
        return false;
    taken.insert({end, begin});
    return true;
}

} // namespace

bool outranks(const Candidate& found, const Rule& rule, TextRun run)
{
    return rankOf(found) <= rankOf(rule, rule.confidence, 0, run);
}

void settleOverlaps(std::vector<Candidate>& candidates)
{
    if (candidates.size() > 1) {
        std::sort(candidates.begin(), candidates.end(),
                  [](const Candidate& a, const Candidate& b) { return rankOf(a) < rankOf(b); });
        Runs ours;
        Runs foreign;
        std::erase_if(candidates, [&](const Candidate& candidate) {
            const std::size_t begin = candidate.finding.offset;
            const std::size_t end = begin + candidate.finding.length;
            if (!candidate.finding.rule->isForeign())
                return !takes(ours, begin, end);
            return ours.contains({end, begin}) || !takes(foreign, begin, end);
        });
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.finding.offset < b.finding.offset; });
}

} // namespace sharelock::redaction
