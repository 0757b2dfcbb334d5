// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"

#include <QStringList>

namespace sharelock::sharing {

//! \brief A setting of the ledger's that is a list of folders; empty when it was never made. Errors:
//! LedgerUnreadable.
[[nodiscard]] Expected<QStringList> folderSetting(const LinkLedger& ledger, const QString& name);
[[nodiscard]] Expected<void> setFolderSetting(LinkLedger& ledger, const QString& name,
                                              const QStringList& folders);

} // namespace sharelock::sharing
