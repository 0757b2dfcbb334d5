// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/session_store.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace sharelock::opencode {

//! \brief A share as opencode kept it in JSON files, before it had a database: its links live on.
struct OlderShare
{
    ShareRow share;
    QString title;             //!< Of the session's own file; empty when that is gone. Foreign text.
    QString directory;         //!< As title.
    bool sessionThere = false; //!< Its file is there.
};

//! \brief Reads `storage/session_share/*.json` and, older still, `storage/share/*.json` under \p dataFolder.
//! Files that can't be read or understood are left out, told in \p skipped: nothing of them is changed. Never
//! on the GUI thread.
[[nodiscard]] std::vector<OlderShare> olderShares(const QString& dataFolder, QStringList* skipped = nullptr);

//! \brief Changes when such a file comes, goes or is put in place anew; cheap. Empty where there are none.
[[nodiscard]] QByteArray olderSharesStamp(const QString& dataFolder);

} // namespace sharelock::opencode
