// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sharelock::document {

constexpr std::size_t opencodeIdNameSize = 4;    //!< `ses_`
constexpr std::size_t opencodeIdPrefixSize = 12; //!< Hexadecimal digits of time.

//! \brief `ses_`, `msg_` or `prt_`, usually 12 hexadecimal digits that hold the time, and a random tail.
struct OpencodeId
{
    enum class Kind
    {
        Session,
        Message,
        Part
    };

    Kind kind = Kind::Session;
    std::string_view text;  //!< All of it.
    std::size_t offset = 0; //!< In the text that was searched.

    [[nodiscard]] std::string_view body() const { return text.substr(opencodeIdNameSize); }
    //! \brief Whether it has the usual shape.
    [[nodiscard]] bool hasTime() const;
    //! \brief The 48 bits of time. Precondition: hasTime().
    [[nodiscard]] std::uint64_t prefix() const;
};

//! \brief The first ID, of usual shape or not (8 letters and digits are enough), at or after \p from. A word
//! of program text can look like an ID of unusual shape: believe it only where an ID is expected.
[[nodiscard]] std::optional<OpencodeId> firstOpencodeId(std::string_view text, std::size_t from);

} // namespace sharelock::document
