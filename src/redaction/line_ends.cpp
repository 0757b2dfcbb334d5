// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/line_ends.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr std::array<std::string_view, 3> longLineEnds{"\r\n", "\xE2\x80\xA8", "\xE2\x80\xA9"};

//! \brief How many bytes the line end at \p at takes, if it takes more than one; else 0.
std::size_t longLineEnd(std::string_view text, std::size_t at)
{
    for (const std::string_view lineEnd : longLineEnds) {
        if (text.substr(at, lineEnd.size()) == lineEnd)
            return lineEnd.size();
    }
    return 0;
}

std::size_t nextLongLineEnd(std::string_view text, std::size_t from)
{
    std::size_t at = from;
    while ((at = text.find_first_of("\r\xE2", at)) != std::string_view::npos) {
        if (longLineEnd(text, at) > 0)
            return at;
        ++at;
    }
    return at;
}

} // namespace

UnifiedLines::UnifiedLines(std::string_view text)
    : m_original(text)
    , m_text(text)
{
    std::size_t copied = 0;
    std::size_t more = 0;
    for (std::size_t at = nextLongLineEnd(text, 0); at != std::string_view::npos;
         at = nextLongLineEnd(text, copied)) {
        m_unified.append(text, copied, at - copied);
        const std::size_t size = longLineEnd(text, at);
        more += size - 1;
        m_lineEnds.push_back({m_unified.size(), more});
        m_unified.push_back('\n');
        copied = at + size;
    }
    if (m_lineEnds.empty())
        return;
    m_unified.append(text, copied);
    m_text = m_unified;
}

std::size_t UnifiedLines::originalOffset(std::size_t offset) const
{
    const auto next = std::lower_bound(m_lineEnds.begin(), m_lineEnds.end(), offset,
                                       [](const LineEnd& end, std::size_t value) { return end.at < value; });
    return next == m_lineEnds.begin() ? offset : offset + std::prev(next)->more;
}

std::string_view UnifiedLines::original(std::string_view part) const
{
    const auto begin = static_cast<std::size_t>(part.data() - m_text.data());
    const std::size_t from = originalOffset(begin);
    return m_original.substr(from, originalOffset(begin + part.size()) - from);
}

std::string withUnifiedLines(std::string_view text)
{
    return std::string(UnifiedLines(text).text());
}

std::vector<std::string> withOtherLineEnds(std::string_view text)
{
    std::string unified = withUnifiedLines(text);
    if (unified.find('\n') == std::string::npos)
        return {};
    std::string carried;
    for (const char c : unified)
        carried.append(c == '\n' ? std::string_view("\r\n") : std::string_view(&c, 1));
    std::vector<std::string> all{std::move(unified), std::move(carried)};
    std::erase(all, text);
    return all;
}

} // namespace sharelock::redaction
