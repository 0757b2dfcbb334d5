// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>

namespace sharelock {

//! \brief Asks for large pages behind a buffer of megabytes that is about to be filled. The system then hands
//! out 2 MB at once instead of 4 KB, and filling it takes a fraction of the time. Only advice: without large
//! pages, and for small buffers, nothing happens. Thread-safe. Source: madvise(2), MADV_HUGEPAGE; malloc(3)
//! asks for them only when told so at the start of the process.
void preferLargePages(const void* buffer, std::size_t bytes);

} // namespace sharelock
