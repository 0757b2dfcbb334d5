// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/stored_json.h"

#include "document/json_text.h"

#include <QString>

#include <simdjson.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace sharelock::opencode {

namespace {

//! As deep as the document library reads.
constexpr std::size_t maxDepth = 512;
constexpr std::string_view whiteSpace = " \t\r\n";

void appendMembers(std::string& text, std::span<const ColumnMember> members)
{
    bool isFirst = true;
    for (const ColumnMember& member : members) {
        if (!std::exchange(isFirst, false))
            text += ',';
        document::appendQuoted(text, member.name);
        text += ':';
        document::appendQuoted(text, member.value);
    }
}

//! \brief With the signs around each, as long as nothing has to be escaped.
std::size_t sizeOf(std::span<const ColumnMember> members)
{
    constexpr std::size_t signs = 6;
    std::size_t size = 0;
    for (const ColumnMember& member : members)
        size += member.name.size() + member.value.size() + signs;
    return size;
}

std::string_view trimmedEnd(std::string_view text)
{
    const auto last = text.find_last_not_of(whiteSpace);
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

//! \p object, which is valid, with more members at its end.
std::string extended(std::string_view object, bool isEmpty, std::span<const ColumnMember> members)
{
    object = trimmedEnd(object);
    object.remove_suffix(1);
    std::string text;
    text.reserve(object.size() + sizeOf(members) + 2);
    text.append(object).append(isEmpty ? "" : ",");
    appendMembers(text, members);
    text += '}';
    return text;
}

//! Of a value that is known to be valid.
std::string_view rawText(simdjson::ondemand::value value)
{
    simdjson::ondemand::json_type type{};
    std::string_view raw;
    if (value.type().get(type) != simdjson::SUCCESS) {
        return "null";
    }
    auto error = simdjson::SUCCESS;
    if (type == simdjson::ondemand::json_type::object) {
        simdjson::ondemand::object object;
        error = value.get_object().get(object);
        error = error == simdjson::SUCCESS ? object.raw_json().get(raw) : error;
    } else if (type == simdjson::ondemand::json_type::array) {
        simdjson::ondemand::array array;
        error = value.get_array().get(array);
        error = error == simdjson::SUCCESS ? array.raw_json().get(raw) : error;
    } else {
        raw = trimmedEnd(value.raw_json_token());
    }
    return error == simdjson::SUCCESS ? raw : "null";
}

} // namespace

struct StoredJson::Parsers
{
    simdjson::dom::parser dom;
    simdjson::ondemand::parser onDemand;
    bool hasTree = false;

    simdjson::simdjson_result<simdjson::dom::element> tree(std::string_view text)
    {
        hasTree = false;
        if (dom.capacity() < text.size()) {
            if (const auto error = dom.allocate(text.size(), maxDepth); error != simdjson::SUCCESS) {
                return error;
            }
        }
        const auto parsed = dom.parse(text.data(), text.size());
        hasTree = parsed.error() == simdjson::SUCCESS;
        return parsed;
    }

    struct Seen
    {
        bool isEmpty = true;
        bool collides = false; //!< It has a member that is given, too.
    };

    //! Unset when \p text is no valid object, or holds what the tree has no room for.
    template <typename Test>
    std::optional<Seen> look(std::string_view text, const Test& isGiven)
    {
        simdjson::dom::object object;
        if (tree(text).get(object) != simdjson::SUCCESS) {
            return std::nullopt;
        }
        Seen seen;
        for (const auto& field : object) {
            seen.isEmpty = false;
            seen.collides = seen.collides || isGiven(field.key);
        }
        return seen;
    }

    bool isValid(std::string_view text)
    {
        if (tree(text).error() == simdjson::SUCCESS) {
            return true;
        }
        // simdjson's tree has no room for numbers beyond 64 bits or a double; JSON has.
        return document::forEachText(text, [](const document::TextPlace&, std::string_view) {}).has_value();
    }

    //! Calls \p take with the name and the raw value of each member. False when \p text is no object.
    bool forEachMember(const simdjson::padded_string& text,
                       const std::function<void(const std::string&, simdjson::ondemand::value)>& take)
    {
        simdjson::ondemand::document document;
        simdjson::ondemand::object members;
        if (onDemand.iterate(text).get(document) != simdjson::SUCCESS ||
            document.get_object().get(members) != simdjson::SUCCESS) {
            return false;
        }
        for (auto field : members) {
            std::string_view key;
            simdjson::ondemand::value value;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
                field.value().get(value) != simdjson::SUCCESS) {
                return false;
            }
            take(std::string(key), value);
        }
        return true;
    }
};

std::string validUtf8(std::string_view text)
{
    if (simdjson::validate_utf8(text.data(), text.size())) {
        return std::string(text);
    }
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toStdString();
}

StoredJson::StoredJson()
    : d(std::make_unique<Parsers>())
{
}

StoredJson::~StoredJson() = default;

std::optional<std::string> StoredJson::checked(std::string_view text)
{
    std::string valid = validUtf8(text);
    if (!d->isValid(valid)) {
        return std::nullopt;
    }
    return valid;
}

std::optional<std::string> StoredJson::withMembers(std::string_view text,
                                                   std::span<const ColumnMember> members)
{
    const auto isGiven = [&members](std::string_view name) {
        return std::any_of(members.begin(), members.end(),
                           [&name](const ColumnMember& member) { return member.name == name; });
    };
    // Nearly always the one look that tells whether it is valid tells of its members, too.
    if (const auto seen = d->look(text, isGiven); seen && !seen->collides) {
        return extended(text, seen->isEmpty, members);
    }
    const auto object = checked(text);
    if (!object) {
        return std::nullopt;
    }
    const simdjson::padded_string padded(*object);
    bool isEmpty = true;
    bool collides = false;
    const bool isObject = d->forEachMember(padded, [&](const std::string& name, simdjson::ondemand::value) {
        isEmpty = false;
        collides = collides || isGiven(name);
    });
    if (!isObject) {
        return std::nullopt;
    }
    if (!collides) {
        return extended(*object, isEmpty, members);
    }
    std::string others = "{";
    d->forEachMember(padded, [&](const std::string& name, simdjson::ondemand::value value) {
        if (!isGiven(name)) {
            others += document::quoted(name) + ':' + std::string(rawText(value)) + ',';
        }
    });
    appendMembers(others, members);
    others += '}';
    return others;
}

std::string StoredJson::lastStringAt(std::string_view pointer) const
{
    std::string_view text;
    if (!d->hasTree || d->dom.doc.root().at_pointer(pointer).get_string().get(text) != simdjson::SUCCESS) {
        return {};
    }
    return std::string(text);
}

} // namespace sharelock::opencode
