// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

namespace sharelock {

//! \brief Keeps this process's memory out of core files and from other processes of the same user, since
//! decrypted conversations and keys pass through it. Called first thing in main(). Does nothing in sanitizer
//! builds, which trace themselves.
void keepOutOfCoreFiles();

} // namespace sharelock
