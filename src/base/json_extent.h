// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string_view>

namespace sharelock {

//! \brief Whether \p bytes begin like a JSON array or object and end before it does, as a text that was cut
//! does. Says nothing about text that is no array and no object, nor about any other mistake in it. Linear,
//! no memory.
[[nodiscard]] bool endsInsideJson(std::string_view bytes);

} // namespace sharelock
