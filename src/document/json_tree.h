// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "document/json_walk.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sharelock::document {

enum class JsonKind : std::uint8_t
{
    Missing,
    Scalar,
    Text,
    Array,
    Object
};

class JsonTree;

//! \brief One value in a JsonTree. Cheap to copy; lives as long as the tree and the text it was made of.
//! A missing value answers everything with nothing, so lookups can be chained.
class JsonValue
{
public:
    JsonValue() = default;

    [[nodiscard]] JsonKind kind() const;
    [[nodiscard]] bool isObject() const { return kind() == JsonKind::Object; }
    [[nodiscard]] bool isArray() const { return kind() == JsonKind::Array; }
    [[nodiscard]] bool isText() const { return kind() == JsonKind::Text; }
    explicit operator bool() const { return kind() != JsonKind::Missing; }

    [[nodiscard]] JsonSpan span() const;
    [[nodiscard]] std::string_view raw() const; //!< As it stands in the text.
    //! \brief Where the member starts, at its name's quote; the value's own start in an array.
    [[nodiscard]] std::size_t memberBegin() const;

    //! \brief Decoded; empty for anything but a text.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string name() const; //!< Decoded name of the member.
    [[nodiscard]] bool hasName(std::string_view name) const;
    [[nodiscard]] std::optional<double> number() const;

    //! \brief The last member of that name: where a name stands twice, the last one counts for every reader.
    [[nodiscard]] JsonValue operator[](std::string_view name) const;
    [[nodiscard]] JsonValue firstChild() const;
    [[nodiscard]] JsonValue next() const;

    //! \brief For range-based for over the elements or members.
    class Iterator;
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

private:
    friend class JsonTree;
    JsonValue(const JsonTree* tree, std::uint32_t node)
        : m_tree(tree)
        , m_node(node)
    {
    }

    const JsonTree* m_tree = nullptr;
    std::uint32_t m_node = 0;
};

class JsonValue::Iterator
{
public:
    explicit Iterator(JsonValue value)
        : m_value(value)
    {
    }
    JsonValue operator*() const { return m_value; }
    Iterator& operator++()
    {
        m_value = m_value.next();
        return *this;
    }
    bool operator!=(const Iterator& other) const { return bool(m_value) != bool(other.m_value); }

private:
    JsonValue m_value;
};

//! \brief An index of a JSON text: where each value stands. Nothing is decoded or copied before it is asked
//! for.
class JsonTree : private JsonEvents
{
public:
    //! \brief Checks all of \p json; values more than \p depth levels down are not indexed.
    //! \p json must outlive the tree. Errors: InvalidJson, also beyond 4 GB.
    [[nodiscard]] static Expected<JsonTree> parse(std::string_view json, int depth = 512);

    [[nodiscard]] JsonValue root() const;

private:
    friend class JsonValue;

    struct Node
    {
        std::uint32_t begin = 0, end = 0;
        std::uint32_t nameBegin = 0, nameEnd = 0; //!< Equal without a name.
        std::uint32_t next = 0;                   //!< Node of the next sibling; 0 for none.
        JsonKind kind = JsonKind::Missing;
        bool hasChild = false; //!< The first child is the node after this one.
    };
    struct Frame
    {
        std::uint32_t node = 0, lastChild = 0;
    };

    JsonTree() = default;
    void enter(bool isObject, std::size_t begin) override;
    void leave(std::size_t end) override;
    void name(JsonSpan literal) override;
    void text(JsonSpan literal) override;
    void scalar(JsonSpan token) override;
    void add(JsonKind kind, JsonSpan span);

    std::string_view m_json;
    std::vector<Node> m_nodes;
    std::vector<Frame> m_frames;
    JsonSpan m_name;
    int m_depth = 0;
    int m_deepest = 0;
};

inline JsonValue::Iterator JsonValue::begin() const
{
    return Iterator(firstChild());
}
inline JsonValue::Iterator JsonValue::end() const
{
    return Iterator(JsonValue());
}

} // namespace sharelock::document
