// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/host_lines.h"

#include "base/http_call.h"

#include <QRandomGenerator>

#include <algorithm>
#include <iterator>
#include <utility>

namespace sharelock {

HostLines::HostLines(const HttpPolicy& policy)
    : m_perHost(std::max(1, policy.perHost))
    , m_spread(policy.firstPause)
{
}

void HostLines::join(Call call)
{
    Line& line = m_lines[call->origin()];
    auto& part = call->goesAhead() ? line.ahead : line.others;
    part.push_back(std::move(call));
}

std::vector<HostLines::Call> HostLines::admit(Clock::time_point now)
{
    std::vector<Call> admitted;
    for (auto& [origin, line] : m_lines)
        admit(line, now, admitted);
    return admitted;
}

void HostLines::admit(Line& line, Clock::time_point now, std::vector<Call>& admitted) const
{
    const bool isQuiet = line.quietUntil > now;
    for (Pausing& one : line.pausing) {
        if (one.until > now)
            continue;
        if (isQuiet)
            one.until = afterQuiet(line);
        else
            admitted.push_back(std::move(one.call));
    }
    std::erase_if(line.pausing, [](const Pausing& one) { return one.call == nullptr; });
    while (line.inside < m_perHost && !(line.ahead.empty() && line.others.empty())) {
        auto& part = line.ahead.empty() ? line.others : line.ahead;
        Call next = std::move(part.front());
        part.pop_front();
        ++line.inside;
        if (isQuiet)
            line.pausing.push_back({std::move(next), afterQuiet(line)});
        else
            admitted.push_back(std::move(next));
    }
}

// A little later each, so that they do not all come at once.
HostLines::Clock::time_point HostLines::afterQuiet(const Line& line) const
{
    const double random = QRandomGenerator::global()->generateDouble();
    return line.quietUntil + std::chrono::duration_cast<Clock::duration>(m_spread * random);
}

HostLines::Clock::time_point HostLines::nextAdmission() const
{
    auto next = Clock::time_point::max();
    for (const auto& [origin, line] : m_lines) {
        const bool isSomebodyNext = line.inside < m_perHost && !(line.ahead.empty() && line.others.empty());
        if (isSomebodyNext)
            return Clock::time_point::min();
        for (const Pausing& one : line.pausing)
            next = std::min(next, one.until);
    }
    return next;
}

void HostLines::leave(const HttpCall& call)
{
    const auto line = m_lines.find(call.origin());
    --line->second.inside;
    eraseIfIdle(line);
}

void HostLines::pause(Call call, Clock::time_point until)
{
    Line& line = m_lines[call->origin()];
    line.pausing.push_back({std::move(call), until});
}

void HostLines::keepQuiet(const QString& origin, Clock::time_point until)
{
    Line& line = m_lines[origin];
    line.quietUntil = std::max(line.quietUntil, until);
}

bool HostLines::drop(const HttpCall& call)
{
    const auto line = m_lines.find(call.origin());
    if (line == m_lines.end())
        return false;
    const auto isIt = [&call](const Call& one) { return one.get() == &call; };
    Line& its = line->second;
    const auto paused = std::erase_if(its.pausing, [&](const Pausing& one) { return isIt(one.call); });
    its.inside -= static_cast<int>(paused);
    const auto waited = std::erase_if(its.ahead, isIt) + std::erase_if(its.others, isIt);
    eraseIfIdle(line);
    return paused + waited > 0;
}

std::vector<HostLines::Call> HostLines::dropAll()
{
    std::vector<Call> all;
    for (auto& [origin, line] : m_lines) {
        for (auto* part : {&line.ahead, &line.others})
            std::move(part->begin(), part->end(), std::back_inserter(all));
        for (Pausing& one : line.pausing)
            all.push_back(std::move(one.call));
        line.inside -= static_cast<int>(line.pausing.size());
        line.ahead.clear();
        line.others.clear();
        line.pausing.clear();
    }
    return all;
}

// What a host asked for is remembered, whether or not somebody is there.
void HostLines::eraseIfIdle(Lines::iterator line)
{
    const Line& its = line->second;
    if (its.inside == 0 && its.ahead.empty() && its.others.empty() && its.quietUntil == Clock::time_point())
        m_lines.erase(line);
}

} // namespace sharelock
