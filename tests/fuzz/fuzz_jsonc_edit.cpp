// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "fuzz_check.h"
#include "opencode/jsonc.h"
#include "opencode/jsonc_edit.h"
#include "opencode/jsonc_members.h"

#include <algorithm>
#include <cstdint>

using namespace sharelock;
using fuzz::check;

namespace {

const QString path = QStringLiteral("f");
const QString name = QStringLiteral("share");
const QString mode = QStringLiteral("disabled");

//! The size of `{env:…}` or `{file:…}`, if it is one that \p text begins with; anything may stand in it.
qsizetype substitutionEnd(QByteArrayView text)
{
    const bool isOne = text.startsWith("{env:") || text.startsWith("{file:");
    const auto end = isOne ? text.indexOf('}') + 1 : 0;
    const QByteArrayView whole = text.first(end);
    return whole.contains('\n') || whole.contains('\r') ? 0 : end;
}

//! All comments in one, found by other means than the editor's.
QByteArray commentsOf(QByteArrayView text)
{
    QByteArray comments;
    bool inString = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QByteArrayView rest = text.sliced(at);
        if (inString) {
            inString = text[at] != '"';
            at += text[at] == '\\' ? 1 : 0;
        } else if (text[at] == '"') {
            inString = true;
        } else if (const auto end = substitutionEnd(rest); end > 0) {
            at += end - 1;
        } else if (rest.startsWith("//") || rest.startsWith("/*")) {
            const bool isLine = rest[1] == '/';
            auto end = isLine ? std::min(rest.indexOf('\n') < 0 ? rest.size() : rest.indexOf('\n'),
                                         rest.indexOf('\r') < 0 ? rest.size() : rest.indexOf('\r'))
                              : rest.indexOf("*/", 2) + 2;
            comments += rest.first(end).toByteArray() + '\n';
            at += end - 1;
        }
    }
    return comments;
}

qsizetype weight(QByteArrayView text)
{
    constexpr QByteArrayView light = " \t\r\n,";
    return std::count_if(text.begin(), text.end(), [&light](char c) { return !light.contains(c); });
}

bool isWithin(QByteArrayView part, QByteArrayView whole)
{
    qsizetype at = 0;
    for (const char c : whole) {
        at += at < part.size() && part[at] == c ? 1 : 0;
    }
    return at == part.size();
}

QByteArray edited(const QByteArray& text, const std::optional<QString>& value)
{
    const auto result = opencode::withMember(text, path, name, value);
    check(result.has_value(), "what parses can be edited");
    return *result;
}

void checkSet(const QByteArray& text, const opencode::JsoncObject& object, const QByteArray& result)
{
    const auto member = opencode::findMember(text, name);
    if (!member) {
        const QByteArray added = "\"share\":\"disabled\"";
        check(isWithin(text, result), "adding takes nothing away");
        check(weight(result) == weight(text) + weight(added), "adding adds the member alone");
        check(commentsOf(result) == commentsOf(text), "comments stay");
        const auto again = opencode::topLevelMembers(result);
        check(again.members.size() == object.members.size() + 1, "one member is added");
        return;
    }
    const QByteArray before = text.first(member->valueBegin);
    const QByteArray after = text.sliced(member->valueEnd);
    check(result == text || result == before + "\"disabled\"" + after, "only the value is replaced");
}

void checkRemoved(const QByteArray& text, const opencode::JsoncObject& object, const QByteArray& result)
{
    QByteArray without = text;
    qsizetype gone = 0;
    std::for_each(object.members.rbegin(), object.members.rend(), [&](const opencode::JsoncExtent& member) {
        if (member.name == name) {
            const auto size = member.valueEnd - member.valueBegin;
            gone += weight(QByteArrayView(text).sliced(member.valueBegin, size)) + 1 +
                    weight(QByteArrayView(text).sliced(member.keyBegin, member.keyEnd - member.keyBegin));
            without.replace(member.valueBegin, size, "0");
        }
    });
    check(isWithin(result, text), "removing adds nothing");
    check(weight(result) + gone == weight(text), "removing removes the members alone");
    check(commentsOf(result) == commentsOf(without), "comments stay");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    auto object = opencode::parseJsonc(text, path);
    if (!object) {
        const auto refused = opencode::withMember(text, path, name, mode);
        check(!refused || commentsOf(*refused) == commentsOf(text), "a broken text is not edited");
        return 0;
    }
    const QByteArray set = edited(text, mode);
    const QByteArray removed = edited(text, std::nullopt);
    if (!text.isEmpty()) {
        const auto places = opencode::topLevelMembers(text);
        checkSet(text, places, set);
        checkRemoved(text, places, removed);
    }
    check(edited(set, mode) == set, "setting twice is setting once");
    check(edited(removed, std::nullopt) == removed, "removing twice is removing once");
    const bool was = object->contains(name);
    const QByteArray back = edited(set, std::nullopt);
    check(was || text.isEmpty() || opencode::parseJsonc(back, path) == object,
          "set and removed is as before");

    object->remove(name);
    check(opencode::parseJsonc(removed, path) == object, "removing changes nothing else");
    object->insert(name, mode);
    check(text.isEmpty() || opencode::parseJsonc(set, path) == object, "setting changes nothing else");
    return 0;
}
