// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace sharelock::redaction {

//! \brief Whether \p name is one that many machines share, or a word of the share protocol or of opencode. To
//! hide it everywhere would say nothing and could break the document.
[[nodiscard]] bool isCommonName(const QString& name);

} // namespace sharelock::redaction
