// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sharelock::redaction {

//! \brief The line of the first name in \p toml with more than \p most dots: the parser makes a table of each
//! part and takes them apart by recursion, which a long enough name turns into a crash. Does not have to be
//! TOML.
[[nodiscard]] std::optional<std::size_t> lineOfDeepName(std::string_view toml, std::size_t most);

} // namespace sharelock::redaction
