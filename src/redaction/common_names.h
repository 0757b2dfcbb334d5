// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace sharelock::redaction {

//! \brief Whether \p name is one that many machines share, or a word of the share protocol or of opencode. To
//! hide it everywhere would say nothing and could break the document.
[[nodiscard]] bool isCommonName(const QString& name);

//! \brief Whether \p text stands inside of such a name, so that hiding it wherever it stands could break one.
[[nodiscard]] bool isInCommonName(const QString& text);

} // namespace sharelock::redaction
