// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sharelock::document {

//! \brief Goes one step further down: to the member of that name, escaped as RFC 6901 has it.
void appendPointerToken(std::string& pointer, std::string_view name);
//! \brief To that element of an array.
void appendPointerToken(std::string& pointer, std::size_t index);

} // namespace sharelock::document
