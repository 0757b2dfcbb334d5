// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/row_update.h"

#include <QHash>

#include <algorithm>

namespace sharelock::app {

namespace {

//! \brief Marks the longest run of matches whose places ascend: the rows that may stay where they are.
std::vector<bool> staying(const std::vector<int>& match)
{
    std::vector<int> tails; // Positions in match that end the best run of each length.
    std::vector<int> previous(match.size(), -1);
    for (std::size_t i = 0; i < match.size(); ++i) {
        if (match[i] < 0)
            continue;
        const auto place = std::lower_bound(tails.begin(), tails.end(), match[i], [&](int tail, int value) {
            return match[static_cast<std::size_t>(tail)] < value;
        });
        if (place != tails.begin())
            previous[i] = *(place - 1);
        if (place == tails.end())
            tails.push_back(static_cast<int>(i));
        else
            *place = static_cast<int>(i);
    }
    std::vector<bool> result(match.size(), false);
    for (int at = tails.empty() ? -1 : tails.back(); at >= 0; at = previous[static_cast<std::size_t>(at)])
        result[static_cast<std::size_t>(at)] = true;
    return result;
}

//! \brief For each key of \p after its place in \p before, or -1. A place is given away once only.
std::vector<int> matches(const std::vector<QString>& before, const std::vector<QString>& after)
{
    QHash<QString, int> places;
    places.reserve(static_cast<qsizetype>(before.size()));
    for (std::size_t i = 0; i < before.size(); ++i)
        places.insert(before[i], static_cast<int>(i));
    std::vector<int> result(after.size(), -1);
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto found = places.constFind(after[i]);
        if (found == places.constEnd())
            continue;
        result[i] = found.value();
        places.erase(found);
    }
    return result;
}

} // namespace

std::vector<RowStep> rowSteps(const std::vector<QString>& before, const std::vector<QString>& after)
{
    // What is equal at both ends needs no look-up: the usual change is one row in thousands.
    std::size_t head = 0;
    while (head < before.size() && head < after.size() && before[head] == after[head])
        ++head;
    std::size_t tail = 0;
    while (head + tail < before.size() && head + tail < after.size() &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    const auto middle = [&](const std::vector<QString>& keys) {
        return std::vector<QString>(keys.begin() + static_cast<std::ptrdiff_t>(head),
                                    keys.end() - static_cast<std::ptrdiff_t>(tail));
    };
    const auto oldKeys = middle(before);
    const auto match = matches(oldKeys, middle(after));
    const auto stays = staying(match);

    std::vector<bool> kept(oldKeys.size(), false);
    for (std::size_t i = 0; i < match.size(); ++i) {
        if (stays[i])
            kept[static_cast<std::size_t>(match[i])] = true;
    }
    std::vector<RowStep> steps;
    const int offset = static_cast<int>(head);
    for (int last = static_cast<int>(kept.size()) - 1; last >= 0; --last) {
        if (kept[static_cast<std::size_t>(last)])
            continue;
        int first = last;
        while (first > 0 && !kept[static_cast<std::size_t>(first - 1)])
            --first;
        steps.push_back({RowStep::Kind::Remove, first + offset, last + offset});
        last = first;
    }
    for (int first = 0; first < static_cast<int>(stays.size()); ++first) {
        if (stays[static_cast<std::size_t>(first)])
            continue;
        int last = first;
        while (last + 1 < static_cast<int>(stays.size()) && !stays[static_cast<std::size_t>(last) + 1])
            ++last;
        steps.push_back({RowStep::Kind::Insert, first + offset, last + offset});
        first = last;
    }
    return steps;
}

} // namespace sharelock::app
