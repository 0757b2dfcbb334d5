// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/snapshot_difference.h"

#include "base/thread_guard.h"
#include "document/blank_items.h"
#include "document/same_json.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace sharelock::sharing {

namespace {

using document::ItemType;
using document::ShareDocument;
using document::ShareItem;

//! \brief Blanks for what is public and no longer wanted, where they are not there already.
Expected<std::vector<ShareItem>> blanksFor(const ShareDocument& isPublic, const ShareDocument& wanted)
{
    std::unordered_set<std::string_view> known;
    for (const ShareItem& item : wanted.items())
        known.insert(item.key);
    ShareDocument gone;
    for (const ShareItem& item : isPublic.items()) {
        // A type that the protocol does not have was not sent by us, and would be refused.
        if (item.type != ItemType::Unknown && !known.contains(item.key))
            gone.addItem(item);
    }
    const auto blanks = document::blanked(gone);
    if (!blanks)
        return tl::unexpected(blanks.error());
    std::vector<ShareItem> missing;
    for (std::size_t index = 0; index < gone.items().size(); ++index) {
        const ShareItem& blank = blanks->items()[index];
        if (!document::sameJson(gone.items()[index].data, blank.data))
            missing.push_back(blank);
    }
    return missing;
}

} // namespace

Expected<SnapshotDifference> difference(const ShareDocument& isPublic,
                                        const redaction::SearchedDocument& wanted)
{
    assertOffGuiThread("comparing with what is public");
    std::unordered_map<std::string_view, const ShareItem*> there;
    for (const ShareItem& item : isPublic.items())
        there.emplace(item.key, &item);
    SnapshotDifference result;
    std::vector<ShareItem> added;
    std::vector<ShareItem> changed;
    for (std::size_t place = 0; place < wanted.document().items().size(); ++place) {
        const ShareItem& item = wanted.document().items()[place];
        const auto found = there.find(item.key);
        if (found != there.end() && document::sameJson(found->second->data, item.data)) {
            ++result.same;
            continue;
        }
        result.fresh.push_back(place);
        if (found == there.end()) {
            added.push_back(item);
            result.addedMessages += item.type == ItemType::Message ? 1 : 0;
        } else if (!wanted.gate().check(document::toJson(*found->second))) {
            ++result.hidden;
            result.items.push_back(item);
        } else {
            changed.push_back(item);
        }
    }
    auto blanks = blanksFor(isPublic, wanted.document());
    if (!blanks)
        return tl::unexpected(blanks.error());
    result.added = added.size();
    result.changed = changed.size() + result.hidden;
    result.blanked = blanks->size();
    for (std::vector<ShareItem>* group : {&*blanks, &changed, &added})
        std::move(group->begin(), group->end(), std::back_inserter(result.items));
    for (const ShareItem& item : result.items)
        result.bytes += qint64(item.data.size());
    return result;
}

} // namespace sharelock::sharing
