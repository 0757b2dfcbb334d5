// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sharing/link_ledger.h"

namespace sharelock::sharing {

//! \brief Keeps the password of the configured opencode server in the ledger, sealed like the links' keys:
//! whoever has the master key's store open needs no second access to it. An empty password is forgotten.
[[nodiscard]] Expected<void> saveOpencodePassword(LinkLedger& ledger, const KeyVault& vault,
                                                  const Secret& password);

//! \returns an empty Secret when none was saved. Errors: LedgerUnreadable, KeyringMissing when \p vault is
//! not open, MasterKeyWrong.
[[nodiscard]] Expected<Secret> opencodePassword(const LinkLedger& ledger, const KeyVault& vault);

} // namespace sharelock::sharing
