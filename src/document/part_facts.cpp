// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/part_facts.h"

#include "document/stub.h"

#include <QByteArray>
#include <QString>

#include <algorithm>
#include <array>
#include <utility>

namespace sharelock::document {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> tellingMembers{{
    {"bash", "command"},
    {"read", "filePath"},
    {"write", "filePath"},
    {"edit", "filePath"},
    {"glob", "pattern"},
    {"grep", "pattern"},
    {"list", "path"},
    {"webfetch", "url"},
    {"task", "description"},
}};

//! \brief Without the white space between tokens.
std::string compact(std::string_view json)
{
    std::string out;
    out.reserve(json.size());
    bool inText = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText && c == '\\' && i + 1 < json.size()) {
            out.append(json, i++, 2);
            continue;
        }
        inText = (c == '"') != inText;
        if (inText || (c != ' ' && c != '\n' && c != '\r' && c != '\t'))
            out.push_back(c);
    }
    return out;
}

//! \brief The other texts of the input, each under its name.
std::string otherTexts(JsonValue input, std::string_view shown)
{
    std::string out;
    for (const JsonValue member : input) {
        if (member.hasName(shown) || member.hasName("description"))
            continue;
        if (member.hasName("content") && looksLikeStub(member.text()))
            continue;
        const std::string text = member.isText() ? member.text() : std::string(member.raw());
        out.append(out.empty() ? "" : "\n").append(member.name()).append(": ").append(text);
    }
    return out;
}

} // namespace

ToolInput toolInput(std::string_view tool, JsonValue state)
{
    constexpr std::size_t longestLine = 200;
    const JsonValue input = state["input"];
    const auto* const telling = std::find_if(tellingMembers.begin(), tellingMembers.end(),
                                             [tool](const auto& pair) { return pair.first == tool; });
    ToolInput result;
    if (telling != tellingMembers.end() && input[telling->second].isText()) {
        result.line = input[telling->second].text();
        if (result.line.size() > longestLine)
            result.detail = result.line;
        if (const std::string rest = otherTexts(input, telling->second); !rest.empty())
            result.detail.append(result.detail.empty() ? "" : "\n").append(rest);
        return result;
    }
    if (!input || (input.isObject() && !input.firstChild()))
        return result;
    result.line = compact(input.raw());
    if (result.line.size() > longestLine)
        result.detail = input.raw();
    return result;
}

bool changesFile(std::string_view tool, JsonValue state)
{
    constexpr std::array<std::string_view, 5> editTools{"edit", "write", "patch", "apply_patch", "multiedit"};
    const JsonValue metadata = state["metadata"];
    return std::find(editTools.begin(), editTools.end(), tool) != editTools.end() || metadata["diff"] ||
           metadata["filediff"] || metadata["patch"];
}

DataUrl dataUrl(std::string_view url)
{
    DataUrl result;
    const std::size_t comma = url.find(',');
    if (!url.starts_with("data:") || comma == std::string_view::npos)
        return result;
    result.isData = true;
    result.isBase64 = url.substr(0, comma).ends_with(";base64");
    result.payload = url.substr(comma + 1);
    std::size_t size = result.payload.size();
    while (result.isBase64 && size > 0 && result.payload[size - 1] == '=')
        --size;
    result.bytes = result.isBase64 ? size / 4 * 3 + size % 4 * 3 / 4 : size;
    return result;
}

std::string DataUrl::decoded() const
{
    const QByteArray encoded =
        QByteArray::fromRawData(payload.data(), static_cast<qsizetype>(payload.size()));
    const QByteArray content =
        isBase64 ? QByteArray::fromBase64(encoded) : QByteArray::fromPercentEncoding(encoded);
    // What is shown must be UTF-8, whatever the payload is.
    return QString::fromUtf8(content).toStdString();
}

} // namespace sharelock::document
