// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/blank_check.h"

#include "document/json_string.h"
#include "document/json_walk.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

namespace sharelock::document {

namespace {

constexpr std::array<std::string_view, 5> idNames{"id", "sessionID", "messageID", "parentID", "projectID"};

//! \brief Names of the protocol, sorted. Another name may be content itself, so it is never part of a blank.
constexpr std::array<std::string_view, 50> protocolNames{
    "additions", "agent",    "cache",     "callID",   "completed", "cost",       "created", "cwd",
    "deletions", "diffs",    "directory", "end",      "error",     "files",      "id",      "info",
    "input",     "location", "messageID", "messages", "metadata",  "mode",       "model",   "modelID",
    "output",    "parentID", "parts",     "path",     "projectID", "providerID", "read",    "reasoning",
    "role",      "root",     "sessionID", "start",    "state",     "status",     "summary", "synthetic",
    "system",    "text",     "time",      "title",    "tokens",    "tool",       "type",    "updated",
    "version",   "write",
};
static_assert(std::is_sorted(protocolNames.begin(), protocolNames.end()));

bool isShortWord(std::string_view text, std::size_t longest, std::string_view allowedMarks)
{
    return text.size() <= longest && std::all_of(text.begin(), text.end(), [allowedMarks](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      allowedMarks.find(c) != std::string_view::npos;
           });
}

bool isBlankText(std::string_view name, std::string_view text)
{
    constexpr std::size_t longestId = 64;
    constexpr std::size_t longestVersion = 24;
    if (text.empty())
        return true;
    if (std::find(idNames.begin(), idNames.end(), name) != idNames.end())
        return isShortWord(text, longestId, "_-");
    if (name == "version")
        return isShortWord(text, longestVersion, ".-");
    if (name == "type")
        return text == "text";
    return name == "role" && (text == "user" || text == "assistant");
}

//! \brief Without an index of the value: most of what is looked at are a few dozen bytes.
class BlankCheck : public JsonEvents
{
public:
    explicit BlankCheck(std::string_view json)
        : m_json(json)
    {
    }

    [[nodiscard]] bool isBlank() const { return m_isBlank; }

    void enter(bool isObject, std::size_t) override
    {
        // In an array only objects are blanks.
        if (m_depth > 0)
            judge(isInObject() ? isKnown(takeName()) : isObject);
        // What is deeper than any blank of any program counts as said.
        judge(m_depth < deepest);
        ++m_depth;
        m_objects = (m_objects << 1U) | (isObject ? 1U : 0U);
    }
    void leave(std::size_t) override
    {
        --m_depth;
        m_objects >>= 1U;
    }
    void name(JsonSpan literal) override { m_name = literal; }
    void text(JsonSpan literal) override
    {
        if (!m_isBlank)
            return;
        const std::string_view name = takeName();
        judge(isMember(name) && isBlankText(name, decoded(literal, m_textBuffer)));
    }
    void scalar(JsonSpan) override { judge(isMember(takeName())); }

private:
    static constexpr int deepest = 64;

    [[nodiscard]] bool isInObject() const { return (m_objects & 1U) != 0; }
    void judge(bool isBlank) { m_isBlank = m_isBlank && isBlank; }

    [[nodiscard]] static bool isKnown(std::string_view name)
    {
        return std::binary_search(protocolNames.begin(), protocolNames.end(), name);
    }

    //! \brief The value itself, or a member of a name that is known.
    [[nodiscard]] bool isMember(std::string_view name) const
    {
        return m_depth == 0 || (isInObject() && isKnown(name));
    }

    [[nodiscard]] std::string_view takeName()
    {
        const JsonSpan name = std::exchange(m_name, {});
        return name.begin == name.end ? std::string_view() : decoded(name, m_nameBuffer);
    }

    [[nodiscard]] std::string_view decoded(JsonSpan literal, std::string& buffer) const
    {
        return unescaped(m_json.substr(literal.begin + 1, literal.end - literal.begin - 2), buffer);
    }

    std::string_view m_json;
    int m_depth = 0;
    std::uint64_t m_objects = 0; // One bit for each level around: an object, not an array.
    JsonSpan m_name;
    std::string m_nameBuffer;
    std::string m_textBuffer;
    bool m_isBlank = true;
};

} // namespace

bool isBlankJson(std::string_view json)
{
    BlankCheck check(json);
    return walkJson(json, check) && check.isBlank();
}

} // namespace sharelock::document
