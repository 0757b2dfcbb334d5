// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "example_text.h"

#include "document/json_text.h"
#include "redaction/validators.h"

#include <QByteArray>

#include <algorithm>
#include <charconv>
#include <utility>

namespace sharelock::redaction {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::string alphabetOf(std::string_view name)
{
    const std::string low(lower);
    const std::string up(upper);
    const std::string number(digits);
    const std::pair<std::string_view, std::string> known[] = {
        {"digits", number},
        {"hex", number + "abcdef"},
        {"HEX", number + "ABCDEF"},
        {"base62", number + up + low},
        {"base64", up + low + number + "+/"},
        {"base64url", up + low + number + "-_"},
        {"lower", low},
        {"upper", up},
        {"loweralnum", low + number},
        {"upperalnum", up + number},
        {"base32", up + "234567"},
        {"word", low},
    };
    for (const auto& [each, characters] : known) {
        if (each == name)
            return characters;
    }
    return {};
}

std::string base64Url(const std::string& text)
{
    return QByteArray::fromStdString(text)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        .toStdString();
}

std::string replaced(std::string text, const std::string& wanted, const std::string& by)
{
    for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + by.size()))
        text.replace(at, wanted.size(), by);
    return text;
}

} // namespace

const char* depthName(Depth depth)
{
    switch (depth) {
    case Depth::Plain:
        return "plain";
    case Depth::Json:
        return "JSON";
    case Depth::JsonInJson:
        return "JSON in JSON";
    case Depth::ShellQuoted:
        return "shell-quoted";
    case Depth::Diff:
        return "diff";
    case Depth::MarkdownFence:
        return "Markdown fence";
    }
    return "";
}

std::string atDepth(const std::string& text, Depth depth)
{
    switch (depth) {
    case Depth::Plain:
        return text;
    case Depth::Json:
        return "{\"content\":" + document::quoted("first\n" + text + "\nlast") + "}";
    case Depth::JsonInJson:
        return "{\"arguments\":" + document::quoted(atDepth(text, Depth::Json)) + "}";
    case Depth::ShellQuoted:
        return "echo '" + replaced(text, "'", "'\\''") + "' > file";
    case Depth::Diff:
        return "@@ -1,2 +1,3 @@\n context\n+" + replaced(text, "\n", "\n+") + "\n context\n";
    case Depth::MarkdownFence:
        return "Look:\n```\n" + text + "\n```\n";
    }
    return text;
}

ExampleText::ExampleText(quint32 seed)
    : m_random(seed)
{
}

std::string ExampleText::expand(std::string_view pattern)
{
    std::string text;
    std::size_t at = 0;
    while (at < pattern.size()) {
        const char c = pattern[at];
        if (pattern.substr(at, 2) == "{{") {
            text.push_back('{');
            at += 2;
            continue;
        }
        const std::size_t close = c == '{' ? pattern.find('}', at) : std::string_view::npos;
        if (close != std::string_view::npos) {
            const std::string_view inside = pattern.substr(at + 1, close - at - 1);
            const std::size_t colon = std::min(inside.find(':'), inside.size());
            const std::string value =
                placeholder(inside.substr(0, colon), inside.substr(std::min(colon + 1, inside.size())));
            if (!value.empty()) {
                text += value;
                at = close + 1;
                continue;
            }
        }
        text.push_back(c);
        ++at;
    }
    return text;
}

std::string ExampleText::placeholder(std::string_view name, std::string_view argument)
{
    if (name == "uuid")
        return uuid();
    if (name == "jwt")
        return jwt();
    if (name == "github")
        return checksummed(std::string(argument));
    std::size_t count = 0;
    std::from_chars(argument.data(), argument.data() + argument.size(), count);
    if (name != "word")
        return random(name, count);
    std::string words;
    for (std::size_t i = 0; i < count; ++i)
        words += (i > 0 ? " " : "") + random("lower", 3 + below(6));
    return words;
}

std::string ExampleText::random(std::string_view alphabet, std::size_t count)
{
    const std::string characters = alphabetOf(alphabet);
    std::string text;
    for (std::size_t i = 0; i < count && !characters.empty(); ++i)
        text.push_back(characters[m_random.bounded(static_cast<quint32>(characters.size()))]);
    return text;
}

std::string ExampleText::uuid()
{
    std::string variant(1, "89ab"[m_random.bounded(4)]);
    return random("hex", 8) + '-' + random("hex", 4) + "-4" + random("hex", 3) + '-' + variant +
           random("hex", 3) + '-' + random("hex", 12);
}

std::string ExampleText::jwt()
{
    return base64Url(R"({"alg":"HS256","typ":"JWT"})") + '.' +
           base64Url(R"({"sub":")" + random("digits", 10) + R"(","iat":1516239022})") + '.' +
           random("base64url", 43);
}

std::string ExampleText::checksummed(const std::string& prefix)
{
    const std::string body = random("base62", 30);
    return prefix + body + base62Checksum(body);
}

} // namespace sharelock::redaction
