// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/content_set.h"

#include <algorithm>

namespace sharelock::redaction {

std::string_view contentName(ContentKind kind)
{
    switch (kind) {
    case ContentKind::Tools:
        return "tools";
    case ContentKind::Reasoning:
        return "reasoning";
    case ContentKind::Diffs:
        return "diffs";
    case ContentKind::Attachments:
        return "attachments";
    case ContentKind::SystemPrompts:
        return "system-prompts";
    case ContentKind::Models:
        return "models";
    }
    return {};
}

std::optional<ContentKind> contentNamed(std::string_view name)
{
    const auto* const found = std::find_if(allContent.begin(), allContent.end(),
                                           [name](ContentKind kind) { return contentName(kind) == name; });
    return found == allContent.end() ? std::nullopt : std::optional(*found);
}

ContentSet::ContentSet(std::initializer_list<ContentKind> kinds)
{
    for (const ContentKind kind : kinds)
        set(kind, true);
}

ContentSet ContentSet::leftOutByDefault()
{
    return {ContentKind::Attachments, ContentKind::Models};
}

ContentSet ContentSet::operator|(const ContentSet& other) const
{
    ContentSet result = *this;
    result.m_kinds |= other.m_kinds;
    return result;
}

ContentSet ContentSet::without(const ContentSet& other) const
{
    ContentSet result = *this;
    result.m_kinds &= ~other.m_kinds;
    return result;
}

std::string toText(const ContentSet& set)
{
    std::string text;
    for (const ContentKind kind : allContent) {
        if (set.has(kind))
            text.append(text.empty() ? "" : ",").append(contentName(kind));
    }
    return text;
}

ContentSet contentSet(std::string_view text)
{
    ContentSet set;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        if (const auto kind = contentNamed(text.substr(0, end)))
            set.set(*kind, true);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return set;
}

} // namespace sharelock::redaction
