// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/json_tree.h"

#include "document/json_string.h"

#include <charconv>
#include <limits>

namespace sharelock::document {

namespace {

std::string_view inside(std::string_view literal)
{
    return literal.substr(1, literal.size() - 2);
}

} // namespace

Expected<JsonTree> JsonTree::parse(std::string_view json, int depth)
{
    if (json.size() >= std::numeric_limits<std::uint32_t>::max())
        return fail(ErrorCode::InvalidJson);
    JsonTree tree;
    tree.m_json = json;
    tree.m_deepest = depth;
    if (const auto walked = walkJson(json, tree); !walked)
        return tl::unexpected(walked.error());
    return tree;
}

JsonValue JsonTree::root() const
{
    return {this, 0};
}

void JsonTree::add(JsonKind kind, JsonSpan span)
{
    Node node;
    node.begin = static_cast<std::uint32_t>(span.begin);
    node.end = static_cast<std::uint32_t>(span.end);
    node.nameBegin = static_cast<std::uint32_t>(m_name.begin);
    node.nameEnd = static_cast<std::uint32_t>(m_name.end);
    node.kind = kind;
    m_name = {};
    const auto place = static_cast<std::uint32_t>(m_nodes.size());
    if (!m_frames.empty()) {
        Frame& frame = m_frames.back();
        if (frame.lastChild != 0)
            m_nodes[frame.lastChild].next = place;
        else
            m_nodes[frame.node].hasChild = true;
        frame.lastChild = place;
    }
    m_nodes.push_back(node);
}

void JsonTree::enter(bool isObject, std::size_t begin)
{
    if (m_depth++ > m_deepest)
        return;
    const auto place = static_cast<std::uint32_t>(m_nodes.size());
    add(isObject ? JsonKind::Object : JsonKind::Array, {begin, begin});
    m_frames.push_back({place, 0});
}

void JsonTree::leave(std::size_t end)
{
    if (--m_depth > m_deepest)
        return;
    m_nodes[m_frames.back().node].end = static_cast<std::uint32_t>(end);
    m_frames.pop_back();
}

void JsonTree::name(JsonSpan literal)
{
    if (m_depth <= m_deepest)
        m_name = literal;
}

void JsonTree::text(JsonSpan literal)
{
    if (m_depth <= m_deepest)
        add(JsonKind::Text, literal);
}

void JsonTree::scalar(JsonSpan token)
{
    if (m_depth <= m_deepest)
        add(JsonKind::Scalar, token);
}

JsonKind JsonValue::kind() const
{
    return m_tree == nullptr ? JsonKind::Missing : m_tree->m_nodes[m_node].kind;
}

JsonSpan JsonValue::span() const
{
    if (m_tree == nullptr)
        return {};
    const JsonTree::Node& node = m_tree->m_nodes[m_node];
    return {node.begin, node.end};
}

std::string_view JsonValue::raw() const
{
    const JsonSpan place = span();
    return m_tree == nullptr ? std::string_view()
                             : m_tree->m_json.substr(place.begin, place.end - place.begin);
}

std::size_t JsonValue::memberBegin() const
{
    if (m_tree == nullptr)
        return 0;
    const JsonTree::Node& node = m_tree->m_nodes[m_node];
    return node.nameBegin == node.nameEnd ? node.begin : node.nameBegin;
}

std::string JsonValue::text() const
{
    if (!isText())
        return {};
    std::string buffer;
    const std::string_view view = unescaped(inside(raw()), buffer);
    return view.data() == buffer.data() ? buffer : std::string(view);
}

std::string JsonValue::name() const
{
    if (m_tree == nullptr)
        return {};
    const JsonTree::Node& node = m_tree->m_nodes[m_node];
    if (node.nameBegin == node.nameEnd)
        return {};
    std::string buffer;
    return std::string(
        unescaped(inside(m_tree->m_json.substr(node.nameBegin, node.nameEnd - node.nameBegin)), buffer));
}

bool JsonValue::hasName(std::string_view wanted) const
{
    if (m_tree == nullptr)
        return false;
    const JsonTree::Node& node = m_tree->m_nodes[m_node];
    if (node.nameBegin == node.nameEnd)
        return false;
    const auto body = inside(m_tree->m_json.substr(node.nameBegin, node.nameEnd - node.nameBegin));
    if (body == wanted)
        return true;
    return body.size() > wanted.size() && body.find('\\') != std::string_view::npos && name() == wanted;
}

std::optional<double> JsonValue::number() const
{
    const std::string_view token = raw();
    double value = 0;
    if (kind() != JsonKind::Scalar ||
        std::from_chars(token.data(), token.data() + token.size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

JsonValue JsonValue::operator[](std::string_view wanted) const
{
    JsonValue found;
    if (!isObject())
        return found;
    for (const JsonValue member : *this) {
        if (member.hasName(wanted))
            found = member;
    }
    return found;
}

JsonValue JsonValue::firstChild() const
{
    if (m_tree == nullptr || !m_tree->m_nodes[m_node].hasChild)
        return {};
    return {m_tree, m_node + 1};
}

JsonValue JsonValue::next() const
{
    if (m_tree == nullptr || m_tree->m_nodes[m_node].next == 0)
        return {};
    return {m_tree, m_tree->m_nodes[m_node].next};
}

} // namespace sharelock::document
