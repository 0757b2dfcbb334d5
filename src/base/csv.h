// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QStringList>

namespace sharelock {

//! \brief One record as RFC 4180 has it, UTF-8, with its CR LF. A cell that a spreadsheet would take for a
//! formula (it begins with `=`, `+`, `-`, `@`, a tab or a CR) gets an apostrophe before it: cells are foreign
//! text. Any thread.
[[nodiscard]] QByteArray csvRecord(const QStringList& cells);

} // namespace sharelock
