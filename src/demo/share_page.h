// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "demo/share_store.h"

#include <string>
#include <vector>

namespace sharelock::demo {

//! \brief The public page of a share: plain HTML without a script, every text escaped.
//! Says "Not Found" when there is nothing to show.
[[nodiscard]] std::string sharePage(const std::vector<ShareStore::Item>& items);

//! \brief Forbids the page everything but its own style and embedded pictures.
extern const char* const sharePagePolicy;

} // namespace sharelock::demo
