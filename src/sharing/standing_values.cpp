// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/standing_values.h"

#include "base/thread_guard.h"
#include "document/json_text.h"
#include "document/visible_text.h"
#include "redaction/shown_places.h"

#include <limits>
#include <map>
#include <utility>

namespace sharelock::sharing {

Expected<std::vector<redaction::FoundValue>> standingIn(const std::vector<document::ShareItem>& items,
                                                        const std::vector<redaction::FoundValue>& found)
{
    assertOffGuiThread("looking for what was found");
    // Values that share a pseudonym stand wherever it does.
    std::map<std::pair<bool, std::string>, std::vector<std::size_t>> byText;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const bool isHidden = found[i].decision == redaction::Decision::Redact;
        byText[{isHidden, isHidden ? found[i].pseudonym : found[i].value.reveal()}].push_back(i);
    }
    std::vector<redaction::ShownText> texts;
    std::vector<const std::vector<std::size_t>*> members;
    for (const auto& [text, all] : byText) {
        texts.push_back({text.second, redaction::HiddenShape::Value, text.first});
        members.push_back(&all);
    }
    const redaction::ShownPlaces places(texts);
    std::vector<bool> stands(found.size(), false);
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    for (const document::ShareItem& item : items) {
        const auto read =
            document::forEachText(item.data, [&](const document::TextPlace&, std::string_view text) {
                const std::string shown = document::visibleText(text, {all, all, 0}).text;
                for (const redaction::HiddenPlace& place : places.find(shown)) {
                    for (const std::size_t one : *members[place.value])
                        stands[one] = true;
                }
            });
        if (!read)
            return tl::unexpected(read.error());
    }
    std::vector<redaction::FoundValue> standing;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (stands[i])
            standing.push_back(found[i]);
    }
    return standing;
}

} // namespace sharelock::sharing
