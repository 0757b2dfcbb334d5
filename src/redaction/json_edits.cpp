// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "redaction/json_edits.h"

#include "document/json_text.h"

#include <algorithm>
#include <utility>

namespace sharelock::redaction {

using document::JsonKind;
using document::JsonValue;

void JsonEdits::replace(JsonValue value, std::string json)
{
    if (value && value.raw() != json)
        m_edits.push_back({value.span(), std::move(json)});
}

std::optional<std::string> JsonEdits::take()
{
    if (m_edits.empty())
        return std::nullopt;
    std::sort(m_edits.begin(), m_edits.end(),
              [](const Edit& a, const Edit& b) { return a.place.begin < b.place.begin; });
    std::string out;
    std::size_t copied = 0;
    for (const Edit& edit : m_edits) {
        out.append(m_json, copied, edit.place.begin - copied).append(edit.json);
        copied = edit.place.end;
    }
    out.append(m_json, copied);
    m_edits.clear();
    return out;
}

void JsonObject::add(std::string_view name, std::string_view json)
{
    m_json.append(m_json.empty() ? "{" : ",").append(document::quoted(name)).append(":").append(json);
}

void JsonObject::addText(std::string_view name, std::string_view text)
{
    add(name, document::quoted(text));
}

void JsonObject::keepTexts(JsonValue object, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (const JsonValue member = object[name]; member.isText())
            add(name, member.raw());
    }
}

void JsonObject::keepScalars(JsonValue object, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (const JsonValue member = object[name]; member.kind() == JsonKind::Scalar)
            add(name, member.raw());
    }
}

std::string JsonObject::take()
{
    return m_json.empty() ? "{}" : std::exchange(m_json, {}).append("}");
}

} // namespace sharelock::redaction
