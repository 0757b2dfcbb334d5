// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redaction/hidden_patterns.h"
#include "redaction/redaction_plan.h"

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sharelock::redaction {

//! \brief The values of a plan that are hidden wherever they stand (HiddenShape::Value): as they are, in
//! JSON's and URLs' escapes, and inside of base64 text. Hundreds of them cost little more than one: a place
//! is looked at only where its first two bytes can start one. Immutable; any thread.
class ValuePatterns
{
public:
    explicit ValuePatterns(const RedactionPlan& plan);

    //! \brief The first place at or after \p from; of several that start there, the longest. Reaches as far
    //! as values that begin inside of it.
    [[nodiscard]] std::optional<HiddenPlace> find(std::string_view text, std::size_t from) const;

private:
    struct Pattern
    {
        std::string plain;
        std::vector<char32_t> characters;
        std::size_t value = 0; //!< Index in the plan.
    };
    using Candidates = std::vector<std::uint32_t>;

    void add(std::string_view characters, std::size_t value);
    void index(std::uint32_t number);
    void buildProbes();
    //! \brief The first place at or after \p from that a value may start at; the text's end if there is none.
    [[nodiscard]] std::size_t nextStart(std::string_view text, std::size_t from) const;
    //! \brief As above, between escapes: up to \p end, or where too little is left of it to tell.
    //! \returns whether a value may start at \p at.
    [[nodiscard]] bool probePlain(const char* text, std::size_t& at, std::size_t end) const;
    [[nodiscard]] bool stepPlain(const char* text, std::size_t& at, std::size_t end) const;
    [[nodiscard]] std::optional<HiddenPlace> placeAt(std::string_view text, std::size_t at) const;
    void longest(const Candidates& candidates, std::string_view text, std::size_t at,
                 std::optional<HiddenPlace>& best) const;

    std::vector<Pattern> m_patterns;
    //! \brief By pairs of bytes: whether a value can start with one unescaped. Bytes, since bits take longer
    //! to look up.
    std::array<bool, 65536> m_isStart{};
    bool m_hasOtherStarts = false;
    std::bitset<65536> m_isOtherStart; //!< Of values whose first four bytes may differ.
    std::bitset<262144> m_isLongStart; //!< Hashes of the first four bytes of all others.
    //! \brief Of any so many bytes one after the other, one begins four of such a value; 0 without any.
    std::size_t m_stride = 0;
    std::bitset<262144> m_isInside;   //!< Hashes of the four bytes from each of the first of a stride.
    std::vector<Candidates> m_byPair; //!< By such a pair; empty without patterns.
    Candidates m_byBackslash;         //!< Those whose first character is one.
    std::unordered_map<char32_t, Candidates> m_byEscaped; //!< By the first character, where it is escaped.
};

} // namespace sharelock::redaction
