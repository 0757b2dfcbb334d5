// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/large_pages.h"

#include <cstdint>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace sharelock {

void preferLargePages([[maybe_unused]] const void* buffer, [[maybe_unused]] std::size_t bytes)
{
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    constexpr std::uintptr_t largePage = 2 * 1024 * 1024;
    const auto address = reinterpret_cast<std::uintptr_t>(buffer);
    const std::uintptr_t begin = (address + largePage - 1) & ~(largePage - 1);
    const std::uintptr_t end = (address + bytes) & ~(largePage - 1);
    if (begin < end)
        (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

} // namespace sharelock
