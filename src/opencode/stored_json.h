// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sharelock::opencode {

//! \brief A string member that a column of the database knows better than the stored JSON beside it.
struct ColumnMember
{
    std::string_view name;
    std::string_view value; //!< Valid UTF-8.
};

//! \brief \p text itself when it is valid UTF-8, else with U+FFFD for what is not; as opencode reads it.
[[nodiscard]] std::string validUtf8(std::string_view text);

//! \brief JSON as it stands in opencode's columns: checked, never reformatted. Reuses its buffers; one
//! thread.
class StoredJson
{
public:
    StoredJson();
    ~StoredJson();
    StoredJson(const StoredJson&) = delete;
    StoredJson& operator=(const StoredJson&) = delete;

    //! \brief \p text when the rest of the program can work with it, made valid UTF-8; nothing when it is
    //! damaged.
    [[nodiscard]] std::optional<std::string> checked(std::string_view text);
    //! \brief The object in \p text with \p members at its end; a member of the same name in it gives way.
    //! Everything else stays byte by byte. Nothing when \p text is damaged or no object.
    [[nodiscard]] std::optional<std::string> withMembers(std::string_view text,
                                                         std::span<const ColumnMember> members);
    //! \brief The string at \p pointer (RFC 6901) in the JSON that was read last; empty when there is none.
    [[nodiscard]] std::string lastStringAt(std::string_view pointer) const;

private:
    struct Parsers;
    std::unique_ptr<Parsers> d;
};

} // namespace sharelock::opencode
