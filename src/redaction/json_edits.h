// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_tree.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::redaction {

//! \brief Replaces values of a JSON text; all else stays byte by byte. Replaced values must not lie within
//! each other.
class JsonEdits
{
public:
    //! \brief \p json must outlive the edits; the values are those of a tree of this very text.
    explicit JsonEdits(std::string_view json)
        : m_json(json)
    {
    }

    //! \brief Does nothing for a missing value.
    void replace(document::JsonValue value, std::string json);
    //! \brief Nothing when nothing changed.
    [[nodiscard]] std::optional<std::string> take();

private:
    struct Edit
    {
        document::JsonSpan place;
        std::string json;
    };
    std::string_view m_json;
    std::vector<Edit> m_edits;
};

//! \brief Makes an object of members that may stay. What is not named in it is gone.
class JsonObject
{
public:
    void add(std::string_view name, std::string_view json);
    void addText(std::string_view name, std::string_view text);
    //! \brief The named members of \p object that are texts, as they stand there.
    void keepTexts(document::JsonValue object, std::initializer_list<std::string_view> names);
    //! \brief As above, for numbers, booleans and null.
    void keepScalars(document::JsonValue object, std::initializer_list<std::string_view> names);
    [[nodiscard]] std::string take();

private:
    std::string m_json;
};

//! \brief Calls \p use with every member of that name: of two, readers see the last one, but both are sent.
template <typename Use>
void forMembers(document::JsonValue object, std::string_view name, Use use)
{
    if (!object.isObject())
        return;
    for (const document::JsonValue member : object) {
        if (member.hasName(name))
            use(member);
    }
}

} // namespace sharelock::redaction
