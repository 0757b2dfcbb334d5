// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/share_document.h"

#include <string>
#include <unordered_map>

namespace sharelock::document {

//! \brief Where a list of file changes or of models was left out of a document, and how long it was. The
//! share page takes whatever stands in such a list for a file or for a model, so that there is no place for a
//! stub in the document itself: it is shown to the person only.
class LeftOutLists
{
public:
    LeftOutLists() = default;
    //! \brief Compares messages by their order, since the IDs of \p shown may be others. Linear.
    LeftOutLists(const ShareDocument& shown, const ShareDocument& original);

    //! \brief A stub for the lists of that item; empty where none was left out.
    [[nodiscard]] std::string stub(const std::string& itemKey) const;

private:
    std::unordered_map<std::string, std::string> m_stubs;
};

} // namespace sharelock::document
