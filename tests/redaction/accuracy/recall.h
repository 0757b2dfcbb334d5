// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/secret_scanner.h"
#include "value_maker.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace sharelock::redaction {

//! \brief How a text may stand inside of another one.
constexpr std::array<const char*, 8> depths{"plain", "JSON",     "JSON in JSON",      "shell-quoted",
                                            "diff",  "Markdown", "removed in a diff", "numbered"};

//! \brief \p planted at a depth: an index of depths.
[[nodiscard]] Planted atDepth(const Planted& planted, std::size_t depth);

struct Sample
{
    std::string group;
    std::string form;
    Planted planted;
};

//! \brief What share of secrets is found. Found is what one finding of kind secret covers from its first to
//! its last sign, at most two signs short of it at either end.
struct Recall
{
    struct Count
    {
        std::size_t found = 0;
        std::size_t all = 0;
        [[nodiscard]] double share() const { return all == 0 ? 0 : double(found) / double(all); }
    };

    std::map<std::string, Count> byGroup;
    std::map<std::string, Count> byDepth;
    std::map<std::string, Count> byForm; //!< `group: form`.
    Count total;
    std::vector<std::string> misses; //!< `group, depth: text`, escaped to one line.

    [[nodiscard]] std::string report() const;
};

//! \brief Every sample at all depths.
[[nodiscard]] Recall measureRecall(const SecretScanner& scanner, const std::vector<Sample>& samples);

} // namespace sharelock::redaction
