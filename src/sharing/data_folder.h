// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/follower.h"
#include "sharing/link_intake.h"

#include <memory>

namespace sharelock::sharing {

//! \brief A data folder of opencode's besides the one in use: of another profile, another disk, a backup.
//! Only links are read from it. Lives on one thread, not the GUI's.
class DataFolder
{
public:
    explicit DataFolder(QString folder);

    [[nodiscard]] const QString& folder() const { return m_folder; }
    //! \brief Emits when it is time to look.
    [[nodiscard]] Follower& follower();
    //! \brief Changes when its links may have; cheap. Empty while it can't be read.
    [[nodiscard]] QByteArray sight();
    //! \brief Everything it tells. Without a database, what older files tell. Errors: those of SessionStore,
    //! when there is a database that can't be read; DatabaseMissing when there is neither.
    [[nodiscard]] Expected<FolderInventory> read();

private:
    [[nodiscard]] Expected<opencode::SessionStore*> store();
    [[nodiscard]] QString database() const;

    QString m_folder;
    std::unique_ptr<opencode::SessionStore> m_store;
    QByteArray m_file; //!< Which one m_store reads.
    std::unique_ptr<Follower> m_follower;
};

//! \brief Rows, claims and sessions of \p store, and the older files of \p folder.
[[nodiscard]] Expected<FolderInventory> readInventory(opencode::SessionStore& store, const QString& folder,
                                                      opencode::Counting counting);

} // namespace sharelock::sharing
