// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/redaction_plan.h"

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
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
    bool hasPercent = false;  //!< Among the characters.
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
    using Candidates = std::vector<std::uint32_t>;

    void add(HiddenPattern pattern);
    void index(std::uint32_t number);
    void longest(const Candidates& candidates, std::string_view text, std::size_t at,
                 std::optional<HiddenPlace>& best) const;
    void indexLong(const std::vector<char32_t>& characters);
    void indexEscapes();
    [[nodiscard]] bool mayStart(std::string_view text, std::size_t at) const;
    [[nodiscard]] std::optional<HiddenPlace> placeAt(std::string_view text, std::size_t at) const;
    [[nodiscard]] static std::optional<std::size_t> matchEnd(const HiddenPattern& pattern,
                                                             std::string_view text, std::size_t begin);

    std::vector<HiddenPattern> m_patterns;
    //! \brief By pairs of bytes: whether a match can start with one, on its own or together with what
    //! m_nexts says of the pair that begins a byte later. Bytes, since bits take longer to look up.
    std::array<std::uint8_t, 65536> m_starts{};
    std::array<std::uint8_t, 65536> m_nexts{};
    std::bitset<65536> m_isOtherStart; //!< Of patterns whose first four bytes may differ.
    std::bitset<65536> m_isLongStart;  //!< Hashes of the first four bytes of all others, in any case.
    std::array<bool, 256> m_isBehindSeparator{}; //!< Bytes behind a `/` that a pattern begins with.
    std::vector<Candidates> m_byPair;            //!< By such a pair, unescaped; empty without patterns.
    Candidates m_bySeparator;                    //!< Those that begin with one.
    std::unordered_map<char32_t, Candidates> m_byEncoded; //!< By the first character, where it is escaped.
};

} // namespace sharelock::redaction
