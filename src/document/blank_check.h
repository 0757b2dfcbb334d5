// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string_view>

namespace sharelock::document {

//! \brief Whether a JSON value says nothing: an object, or an array of objects, with names of the protocol
//! only, and no text in it but IDs and what a blank has to say. False for what is no JSON.
[[nodiscard]] bool isBlankJson(std::string_view json);

} // namespace sharelock::document
