// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/diff_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace sharelock::document {

namespace {

using Lines = std::vector<std::string_view>;

Lines split(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void append(std::string& out, char mark, Lines::const_iterator begin, Lines::const_iterator end)
{
    for (; begin != end; ++begin) {
        out.push_back(mark);
        out.append(*begin).push_back('\n');
    }
}

} // namespace

std::string diffText(JsonValue fileDiff)
{
    for (const std::string_view name : {"patch", "diff"}) {
        if (std::string patch = fileDiff[name].text(); !patch.empty())
            return patch;
    }
    const std::string before = fileDiff["before"].text();
    const std::string after = fileDiff["after"].text();
    const Lines old = split(before);
    const Lines now = split(after);
    const auto [oldHead, nowHead] = std::mismatch(old.begin(), old.end(), now.begin(), now.end());
    const auto oldRest = std::make_reverse_iterator(oldHead);
    const auto nowRest = std::make_reverse_iterator(nowHead);
    const auto [oldTail, nowTail] = std::mismatch(old.rbegin(), oldRest, now.rbegin(), nowRest);
    std::string out;
    out.reserve(before.size() + after.size() - std::min(before.size(), after.size()) + 64);
    append(out, ' ', old.begin(), oldHead);
    append(out, '-', oldHead, oldTail.base());
    append(out, '+', nowHead, nowTail.base());
    append(out, ' ', oldTail.base(), old.end());
    return out;
}

} // namespace sharelock::document
