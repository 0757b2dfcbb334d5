// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "document/same_json.h"

#include "base/thread_guard.h"
#include "document/json_tree.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace sharelock::document {

namespace {

bool isSame(JsonValue a, JsonValue b);

bool sameScalar(JsonValue a, JsonValue b)
{
    const auto number = a.number();
    return number ? number == b.number() : a.raw() == b.raw();
}

bool sameElements(JsonValue a, JsonValue b)
{
    JsonValue left = a.firstChild();
    JsonValue right = b.firstChild();
    for (; left && right; left = left.next(), right = right.next()) {
        if (!isSame(left, right))
            return false;
    }
    return !left && !right;
}

using Members = std::vector<std::pair<std::string, JsonValue>>;

// Members of one name keep their order: each of them can be read in the text.
Members sortedMembers(JsonValue object)
{
    Members members;
    for (const JsonValue member : object)
        members.emplace_back(member.name(), member);
    std::stable_sort(members.begin(), members.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
    return members;
}

bool sameMembers(JsonValue a, JsonValue b)
{
    const Members left = sortedMembers(a);
    const Members right = sortedMembers(b);
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const auto& one, const auto& other) {
                          return one.first == other.first && isSame(one.second, other.second);
                      });
}

bool isSame(JsonValue a, JsonValue b)
{
    if (a.kind() != b.kind())
        return false;
    if (a.raw() == b.raw())
        return true;
    switch (a.kind()) {
    case JsonKind::Missing:
        return true;
    case JsonKind::Scalar:
        return sameScalar(a, b);
    case JsonKind::Text:
        return a.text() == b.text();
    case JsonKind::Array:
        return sameElements(a, b);
    case JsonKind::Object:
        return sameMembers(a, b);
    }
    return false;
}

} // namespace

bool sameJson(std::string_view a, std::string_view b)
{
    assertOffGuiThread("comparing JSON");
    if (a == b)
        return true;
    const auto left = JsonTree::parse(a);
    const auto right = JsonTree::parse(b);
    return left && right && isSame(left->root(), right->root());
}

} // namespace sharelock::document
