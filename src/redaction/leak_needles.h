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
#include <vector>

namespace sharelock::redaction {

//! \brief What the leak gate looks for in a text that is no longer encoded.
class LeakNeedles
{
public:
    struct Hit
    {
        std::size_t offset = 0;
        HiddenKind kind = HiddenKind::UserName;
    };

    explicit LeakNeedles(const RedactionPlan& plan);

    [[nodiscard]] std::optional<Hit> firstIn(std::string_view text) const;

private:
    enum class Shape
    {
        Name,
        Folder,
        HyphenFolder,
        Value
    };
    struct Needle
    {
        //! \brief Case-folded; `/` stands for one or more slashes of either kind in a folder. Of a value: its
        //! bytes.
        std::vector<char32_t> letters;
        HiddenKind kind = HiddenKind::UserName;
        Shape shape = Shape::Name;
        bool afterWordOnly = true; //!< Not in the middle of a word.
    };

    [[nodiscard]] std::optional<Hit> firstIn(std::string_view text, std::size_t from, std::size_t to) const;
    [[nodiscard]] std::optional<Hit> firstLongValueIn(std::string_view text, std::size_t from,
                                                      std::size_t to) const;
    [[nodiscard]] std::optional<Hit> firstOtherIn(std::string_view text, std::size_t from,
                                                  std::size_t to) const;
    [[nodiscard]] std::optional<Hit> hitAt(std::string_view text, std::size_t offset) const;
    void addFolder(std::vector<char32_t> letters, HiddenKind kind);
    void addValue(const HiddenValue& hidden);
    void allowStart(std::uint32_t number);
    void allowPair(char first, char second, std::uint32_t number);
    void addSamples();
    [[nodiscard]] static bool isLongValue(const Needle& needle);
    [[nodiscard]] static bool isTold(const Needle& needle);
    [[nodiscard]] bool mayBeName(std::string_view text, std::size_t offset, std::size_t pair) const;
    [[nodiscard]] static bool valueIsAt(const Needle& needle, std::string_view text, std::size_t offset);
    [[nodiscard]] bool isAt(const Needle& needle, std::string_view text, std::size_t offset) const;

    std::vector<Needle> m_needles;
    //! \brief By pairs of bytes: whether anything but a value of four bytes or more can start with one.
    std::array<bool, 65536> m_isOtherStart{};
    std::bitset<65536> m_isShortStart; //!< Of these, what the next set does not tell.
    //! \brief Four letters of ASCII in lower case, hashed, that a name begins with.
    std::bitset<65536> m_isNameBegin;
    std::bitset<262144> m_isValueStart; //!< Four bytes, hashed, that a value begins with.
    //! \brief Every so many bytes four are looked at, of which a value that stands there has one; 0: no
    //! values.
    std::size_t m_everyBytes = 0;
    std::bitset<262144> m_isSample; //!< Hashes of the four bytes that a value can show there.
    std::vector<std::vector<std::uint32_t>> m_starts; //!< By a pair; empty without needles.
};

} // namespace sharelock::redaction
