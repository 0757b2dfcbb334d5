// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

namespace sharelock::test {

//! \brief The tables of opencode 1.18.33 that matter here.
extern const char* const currentSchema;
//! \brief Those of the first opencode with an opencode.db.
extern const char* const firstSchema;

} // namespace sharelock::test
