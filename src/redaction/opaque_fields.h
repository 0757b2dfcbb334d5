// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string_view>

namespace sharelock::redaction {

//! \brief Whether a member of a share item's JSON is opaque, by place and shape: a model's signature or
//! encrypted reasoning, an ID of opencode or a provider, a snapshot, a lock file's hash, a picture in base64.
//! There is nothing in it to read, and random characters may look like anything. A text of another shape
//! under such a name is not opaque.
[[nodiscard]] bool isOpaqueField(std::string_view memberName, std::string_view text);

} // namespace sharelock::redaction
