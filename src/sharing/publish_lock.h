// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLockFile>

namespace sharelock::sharing {

//! \brief Says, to this and other processes, that a publish is under way: half-made links then belong to it
//! and are not leftovers. Ends with the object, and counts for nothing once its process is dead.
class PublishLock
{
public:
    //! \param folder of the ledger; must exist.
    explicit PublishLock(const QString& folder);

    //! \brief Whether any process is publishing with the ledger in \p folder.
    [[nodiscard]] static bool isAnyHeld(const QString& folder);

private:
    QLockFile m_file;
};

} // namespace sharelock::sharing
