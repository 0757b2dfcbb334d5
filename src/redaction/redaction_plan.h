// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string>
#include <vector>

namespace sharelock::redaction {

enum class HiddenKind
{
    HomeFolder,
    UserName,
    HostName,
    Secret,
    Personal,
    Infrastructure,
    OwnWord
};

//! \brief How a hidden value is told from what only looks like it.
enum class HiddenShape
{
    Name,   //!< Where no letter, digit or `_` touches it, whatever its case.
    Folder, //!< As the beginning of a path, whatever its case and separators.
    Value   //!< These very characters, wherever they stand, also inside of base64.
};

//! \brief One value that must not leave, and what stands in its place.
struct HiddenValue
{
    HiddenKind kind = HiddenKind::UserName;
    std::string value;     //!< UTF-8, at least 2 characters.
    std::string pseudonym; //!< `~`, `<user>`, `<password-1>`. Matches no hidden value itself.
    HiddenShape shape = HiddenShape::Name;

    bool operator==(const HiddenValue&) const = default;
};

//! \brief What to hide in one document. A value.
struct RedactionPlan
{
    std::vector<HiddenValue> hidden;

    bool operator==(const RedactionPlan&) const = default;
};

} // namespace sharelock::redaction
