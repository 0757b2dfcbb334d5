// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/left_out_lists.h"

#include "document/json_tree.h"
#include "document/stub.h"

#include <map>
#include <utility>

namespace sharelock::document {

namespace {

//! \brief How many elements the lists of an item have that a stub is made for.
std::size_t listed(const ShareItem& item)
{
    const bool isList = item.type == ItemType::SessionDiff || item.type == ItemType::Model;
    const bool mayHaveList = item.type == ItemType::Session || item.type == ItemType::Message;
    if (!isList && !(mayHaveList && item.data.find("\"diffs\"") != std::string::npos))
        return 0;
    const auto tree = JsonTree::parse(item.data, 4);
    if (!tree)
        return 0;
    const JsonValue list = isList ? tree->root() : tree->root()["summary"]["diffs"];
    std::size_t count = 0;
    for ([[maybe_unused]] const JsonValue element : list.isArray() ? list : JsonValue())
        ++count;
    return count;
}

} // namespace

LeftOutLists::LeftOutLists(const ShareDocument& shown, const ShareDocument& original)
{
    std::map<ItemType, std::size_t> numbers;
    std::map<std::pair<ItemType, std::size_t>, std::size_t> lengths;
    for (const ShareItem& item : original.items()) {
        const std::pair place(item.type, numbers[item.type]++);
        if (const std::size_t length = listed(item); length > 0)
            lengths.emplace(place, length);
    }
    if (lengths.empty())
        return;
    numbers.clear();
    for (const ShareItem& item : shown.items()) {
        const auto length = lengths.find({item.type, numbers[item.type]++});
        if (length == lengths.end() || listed(item) > 0)
            continue;
        const bool isModel = item.type == ItemType::Model;
        m_stubs.emplace(item.key, stubText(isModel ? StubKind::Models : StubKind::FileDiff, {},
                                           length->second, isModel ? StubUnit::Models : StubUnit::Files));
    }
}

std::string LeftOutLists::stub(const std::string& itemKey) const
{
    const auto found = m_stubs.find(itemKey);
    return found == m_stubs.end() ? std::string() : found->second;
}

} // namespace sharelock::document
