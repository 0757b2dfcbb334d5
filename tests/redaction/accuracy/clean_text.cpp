// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "clean_text.h"

#include "document/json_text.h"

#include <algorithm>

namespace sharelock::redaction {

std::string cleanText(ValueMaker& maker, const FormGroups& forms, std::size_t bytes)
{
    constexpr std::size_t longestRun = 40;
    constexpr std::size_t deepest = 4;
    std::string text;
    text.reserve(bytes + 10'000);
    while (text.size() < bytes) {
        const auto& lines = forms[maker.below(forms.size())].second;
        for (std::size_t run = 1 + maker.below(longestRun); run > 0; --run) {
            text.append(4 * maker.below(deepest), ' ');
            text += maker.plant(lines[maker.below(lines.size())]).text;
            text += '\n';
        }
    }
    return text;
}

document::ShareDocument asConversation(const std::string& text)
{
    constexpr std::size_t partSize = 6'000;
    document::ShareDocument document;
    std::size_t begin = 0;
    for (std::size_t number = 0; begin < text.size(); ++number) {
        const std::size_t end =
            std::min(text.find('\n', std::min(begin + partSize, text.size())), text.size());
        const std::string part = text.substr(begin, end - begin);
        const std::string inner = "{\"path\":\"a\",\"content\":" + document::quoted(part) + "}";
        document.addKeyed(document::ItemType::Part, "part/msg_1/" + std::to_string(number),
                          "{\"text\":" + document::quoted(number % 3 == 0 ? inner : part) + "}");
        begin = end + 1;
    }
    return document;
}

} // namespace sharelock::redaction
