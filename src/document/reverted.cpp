// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/reverted.h"

#include "base/thread_guard.h"
#include "document/json_tree.h"

#include <algorithm>
#include <unordered_set>

namespace sharelock::document {

namespace {

//! \brief Where the conversation was cut.
struct Mark
{
    std::string message;
    std::string part; //!< Empty: the whole message goes.
};

Expected<Mark> markOf(const ShareItem& session)
{
    const auto tree = JsonTree::parse(session.data, 2);
    if (!tree)
        return tl::unexpected(tree.error());
    const JsonValue revert = tree->root()["revert"];
    return Mark{revert["messageID"].text(), revert["partID"].text()};
}

std::string withoutMark(const std::string& session)
{
    const auto tree = JsonTree::parse(session, 1);
    std::string out = "{";
    for (const JsonValue member : tree->root()) {
        if (member.hasName("revert"))
            continue;
        if (out.size() > 1)
            out.push_back(',');
        out.append(session, member.memberBegin(), member.span().end - member.memberBegin());
    }
    return out.append("}");
}

//! \brief The messages from the mark on, which itself stays where only some of its parts go.
std::unordered_set<std::string> revertedKeys(const ShareDocument& document, const Mark& mark)
{
    std::unordered_set<std::string> keys;
    bool after = false;
    for (const ShareItem& item : document.items()) {
        if (item.type != ItemType::Message)
            continue;
        const bool isMark = item.key == "message/" + mark.message;
        if (after || (isMark && mark.part.empty()))
            keys.insert(item.key);
        after = after || isMark;
    }
    return keys;
}

bool isReverted(const ShareItem& part, const std::unordered_set<std::string>& messages, const Mark& mark)
{
    constexpr std::string_view begin = "part/";
    const std::size_t slash = part.key.find('/', begin.size());
    const std::string message = part.key.substr(begin.size(), slash - begin.size());
    if (messages.contains("message/" + message))
        return true;
    // Part IDs sort by time.
    return !mark.part.empty() && message == mark.message && part.key.substr(slash + 1) >= mark.part;
}

} // namespace

Expected<ShareDocument> withoutReverted(const ShareDocument& document)
{
    assertOffGuiThread("leaving out what was reverted");
    const auto session = std::find_if(document.items().begin(), document.items().end(),
                                      [](const ShareItem& item) { return item.type == ItemType::Session; });
    if (session == document.items().end())
        return document;
    const auto mark = markOf(*session);
    if (!mark)
        return tl::unexpected(mark.error());
    if (mark->message.empty())
        return document;
    const auto messages = revertedKeys(document, *mark);
    ShareDocument kept;
    for (const ShareItem& item : document.items()) {
        const bool gone = item.type == ItemType::Message
                              ? messages.contains(item.key)
                              : item.type == ItemType::Part && isReverted(item, messages, *mark);
        if (gone)
            continue;
        ShareItem copy = item;
        if (item.type == ItemType::Session)
            copy.data = withoutMark(item.data);
        kept.addItem(std::move(copy));
    }
    return kept;
}

} // namespace sharelock::document
