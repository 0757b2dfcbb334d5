// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/redaction_plan.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief One way in which a hidden value can be written, and how its borders are judged.
struct HiddenPattern
{
    enum class Border
    {
        Word,
        PathPrefix,
        HyphenPath
    };

    //! \brief Case-folded characters; 0 stands for a separator of paths.
    std::vector<char32_t> characters;
    std::size_t value = 0; //!< Index in the plan.
    Border border = Border::Word;
    bool startsAtWord = true; //!< Nothing of a word may touch it on the left.
};

//! \brief Where a hidden value stands in a text.
struct HiddenPlace
{
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t value = 0; //!< Index in the plan.
};

//! \brief The names and folders of a plan, ready to be looked for in one pass.
class HiddenPatterns
{
public:
    explicit HiddenPatterns(const RedactionPlan& plan);

    //! \brief The first place at or after \p from; of several that start there, the longest.
    [[nodiscard]] std::optional<HiddenPlace> find(std::string_view text, std::size_t from) const;

private:
    void add(HiddenPattern pattern);
    void indexFirstBytes();
    [[nodiscard]] std::optional<std::size_t> matchEnd(const HiddenPattern& pattern, std::string_view text,
                                                      std::size_t at) const;

    std::vector<HiddenPattern> m_patterns;
    std::array<bool, 256> m_firstBytes{}; //!< Bytes with which a match can start.
};

} // namespace sharelock::redaction
