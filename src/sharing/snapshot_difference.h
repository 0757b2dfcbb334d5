// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/searched_document.h"

#include <vector>

namespace sharelock::sharing {

//! \brief What must be sent so that what is public becomes what should be, item by item. A server can't
//! remove a key, so what is gone from the session is overwritten by a blank.
struct SnapshotDifference
{
    //! \brief What takes something back comes first, so that an update that is cut short has done that.
    std::vector<document::ShareItem> items;
    //! \brief Of the document that is wanted: places of what is not public yet, or not so. Ascending.
    std::vector<std::size_t> fresh;
    qint64 bytes = 0; //!< Of `items`.
    std::size_t added = 0;
    std::size_t addedMessages = 0; //!< Of `added`.
    std::size_t changed = 0;
    std::size_t hidden = 0; //!< Of `changed`: what is public there holds a value that is hidden now.
    std::size_t blanked = 0;
    std::size_t same = 0;

    [[nodiscard]] bool isEmpty() const { return items.empty(); }
};

//! \brief Items are the same when their JSON says the same. Not on the GUI thread. Errors: InvalidJson.
[[nodiscard]] Expected<SnapshotDifference> difference(const document::ShareDocument& isPublic,
                                                      const redaction::SearchedDocument& wanted);

} // namespace sharelock::sharing
