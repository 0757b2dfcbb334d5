// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/literal_index.h"

namespace sharelock::redaction {

std::unique_ptr<const LiteralIndex> makeLiteralIndex(const std::vector<Literal>& literals, IndexKind kind)
{
    if (kind == IndexKind::Fastest) {
        if (auto index = makeHyperscanIndex(literals))
            return index;
    }
    return makePortableIndex(literals);
}

#ifndef SHARELOCK_HYPERSCAN
std::unique_ptr<const LiteralIndex> makeHyperscanIndex(const std::vector<Literal>&)
{
    return nullptr;
}
#endif

} // namespace sharelock::redaction
