// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

namespace sharelock {

//! \brief Lets the program speak the person's language where the program brings it along, else English, whose
//! plural forms need a translation too. Once, on the thread of the QCoreApplication, which must exist.
void installTranslation();

} // namespace sharelock
