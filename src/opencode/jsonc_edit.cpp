// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/jsonc_edit.h"

#include "opencode/jsonc.h"
#include "opencode/jsonc_members.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace sharelock::opencode {

namespace {

constexpr QByteArrayView byteOrderMark = "\xef\xbb\xbf";

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

bool hasLineEnd(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(), isLineEnd);
}

//! As JSON: quoted, with what must be escaped.
QByteArray quoted(const QString& text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QByteArray lineEndOf(const QByteArray& text)
{
    const auto first = std::find_if(text.begin(), text.end(), isLineEnd);
    if (first == text.end() || *first == '\n') {
        return "\n";
    }
    return first + 1 != text.end() && first[1] == '\n' ? "\r\n" : "\r";
}

//! The blanks that the line around \p at begins with.
QByteArray indentAt(const QByteArray& text, qsizetype at)
{
    while (at > 0 && !isLineEnd(text.at(at - 1))) {
        --at;
    }
    at += at == 0 && text.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
    const auto begin = at;
    while (at < text.size() && isSpace(text.at(at))) {
        ++at;
    }
    return text.sliced(begin, at - begin);
}

//! One stretch of the text and what comes instead.
struct Change
{
    qsizetype begin = 0;
    qsizetype end = 0;
    QByteArray text;
};

QByteArray changed(const QByteArray& text, std::vector<Change> changes)
{
    const auto isBefore = [](const Change& a, const Change& b) { return a.begin < b.begin; };
    std::stable_sort(changes.begin(), changes.end(), isBefore);
    QByteArray result;
    qsizetype done = 0;
    for (const Change& change : changes) {
        // Two members that go may both claim the blanks between them.
        result += text.sliced(done, std::max(change.begin - done, qsizetype(0))) + change.text;
        done = std::max(done, change.end);
    }
    return result + text.sliced(done);
}

//! Where a new member goes and how it looks: as its neighbours do.
class Insertion
{
public:
    Insertion(const QByteArray& text, const JsoncObject& object)
        : m_text(text)
        , m_object(object)
    {
    }

    [[nodiscard]] std::vector<Change> changes(const QString& name, const QString& value) const
    {
        const QByteArray member = quoted(name) + colon() + quoted(value);
        const auto& members = m_object.members;
        const auto isSchema = [](const JsoncExtent& each) { return each.name == u"$schema"; };
        const auto last = std::find_if(members.rbegin(), members.rend(), isSchema);
        if (last == members.rend()) {
            const auto gapEnd = members.empty() ? m_object.close : members.front().keyBegin;
            return {first(member, gapEnd)};
        }
        const auto next = last.base();
        return next == members.end() ? afterLast(*last, member) : between(*last, *next, member);
    }

private:
    [[nodiscard]] Change first(const QByteArray& member, qsizetype gapEnd) const
    {
        const bool isAlone = m_object.members.empty();
        const auto after = m_object.open + 1;
        const QByteArray comma = isAlone ? QByteArray() : QByteArray(",");
        if (hasLineEnd(gap(after, gapEnd))) {
            return insertion(restOfLine(after), lineEndOf(m_text) + innerIndent(gapEnd) + member + comma);
        }
        if (isAlone) {
            return insertion(after,
                             ' ' + member + (after == gapEnd || !isSpace(m_text.at(after)) ? " " : ""));
        }
        auto begin = after;
        while (begin < gapEnd && isSpace(m_text.at(begin))) {
            ++begin;
        }
        return insertion(begin, member + comma + separator());
    }

    [[nodiscard]] std::vector<Change> between(const JsoncExtent& schema, const JsoncExtent& next,
                                              const QByteArray& member) const
    {
        const auto after = schema.comma + 1;
        if (hasLineEnd(gap(after, next.keyBegin))) {
            return {insertion(restOfLine(after),
                              lineEndOf(m_text) + indentAt(m_text, next.keyBegin) + member + ',')};
        }
        return {insertion(after, separator() + member + ',')};
    }

    [[nodiscard]] std::vector<Change> afterLast(const JsoncExtent& schema, const QByteArray& member) const
    {
        const bool isTrailing = schema.comma >= 0;
        const auto after = isTrailing ? schema.comma + 1 : schema.valueEnd;
        const bool isOnLines = hasLineEnd(gap(m_object.open + 1, schema.keyBegin));
        const QByteArray before =
            isOnLines ? lineEndOf(m_text) + indentAt(m_text, schema.keyBegin) : separator();
        const auto place = isOnLines ? restOfLine(after) : after;
        const Change added = insertion(place, before + member + (isTrailing ? "," : ""));
        if (isTrailing) {
            return {added};
        }
        if (place == after) {
            return {insertion(place, ',' + added.text)};
        }
        return {insertion(after, ","), added};
    }

    static Change insertion(qsizetype at, const QByteArray& text) { return {at, at, text}; }

    [[nodiscard]] QByteArrayView gap(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_text).sliced(begin, end - begin);
    }

    //! The end of the line, if nothing but comments stands on it from here: they belong to what is before.
    [[nodiscard]] qsizetype restOfLine(qsizetype from) const
    {
        auto at = from;
        while (at < m_text.size() && !isLineEnd(m_text.at(at))) {
            const QByteArrayView rest = QByteArrayView(m_text).sliced(at);
            if (rest.startsWith("//")) {
                while (at < m_text.size() && !isLineEnd(m_text.at(at))) {
                    ++at;
                }
                return at;
            }
            const auto end = rest.startsWith("/*") ? m_text.indexOf("*/", at + 2) + 2 : at + 1;
            if (end == at + 1 ? !isSpace(m_text.at(at)) : hasLineEnd(gap(at, end))) {
                return from;
            }
            at = end;
        }
        return at;
    }

    //! Of what stands on the object's lines; else two blanks more than the object's own.
    [[nodiscard]] QByteArray innerIndent(qsizetype gapEnd) const
    {
        if (!m_object.members.empty()) {
            return indentAt(m_text, m_object.members.front().keyBegin);
        }
        for (auto at = m_object.open + 1; at < gapEnd; ++at) {
            const bool isOnLineOfBrace = !hasLineEnd(gap(m_object.open, at));
            if (!isOnLineOfBrace && !isSpace(m_text.at(at)) && !isLineEnd(m_text.at(at))) {
                return indentAt(m_text, at);
            }
        }
        return indentAt(m_text, m_object.open) + "  ";
    }

    [[nodiscard]] QByteArray colon() const
    {
        if (m_object.members.empty()) {
            return ": ";
        }
        const JsoncExtent& member = m_object.members.front();
        const QByteArrayView between = gap(member.keyEnd, member.valueBegin);
        const auto isPlain = [](char c) { return c == ':' || isSpace(c); };
        return std::all_of(between.begin(), between.end(), isPlain) ? between.toByteArray()
                                                                    : QByteArray(": ");
    }

    //! What stands after a comma within a line.
    [[nodiscard]] QByteArray separator() const
    {
        const auto& members = m_object.members;
        if (members.size() < 2) {
            return colon().endsWith(':') ? "" : " ";
        }
        const QByteArrayView between = gap(members[0].comma + 1, members[1].keyBegin);
        return std::all_of(between.begin(), between.end(), isSpace) ? between.toByteArray() : QByteArray(" ");
    }

    const QByteArray& m_text;
    const JsoncObject& m_object;
};

//! Takes members out, with the commas and blanks that were there for them.
class Removal
{
public:
    Removal(const QByteArray& text, const JsoncObject& object, const QString& name)
        : m_text(text)
        , m_object(object)
        , m_name(name)
    {
    }

    [[nodiscard]] std::vector<Change> changes() const
    {
        std::vector<Change> changes;
        const JsoncExtent* lastKept = nullptr;
        for (const JsoncExtent& member : m_object.members) {
            if (member.name == m_name) {
                remove(member, changes);
            } else {
                lastKept = &member;
            }
        }
        // There is a trailing comma afterwards only where there was one: not every parser takes it.
        const bool hadTrailing = m_object.members.back().comma >= 0;
        const bool isLast = lastKept == &m_object.members.back();
        if (lastKept != nullptr && !isLast && !hadTrailing) {
            changes.push_back({lastKept->comma, lastKept->comma + 1, {}});
        }
        return changes;
    }

private:
    void remove(const JsoncExtent& member, std::vector<Change>& changes) const
    {
        const auto end = member.comma < 0 ? member.valueEnd : member.comma + 1;
        if (isBare(member.keyEnd, member.colon) && isBare(member.colon + 1, member.valueBegin) &&
            isBare(member.valueEnd, end - 1)) {
            changes.push_back(withBlanks(member.keyBegin, end));
            return;
        }
        // Comments stand between its parts, and stay.
        changes.push_back({member.keyBegin, member.keyEnd, {}});
        changes.push_back({member.colon, member.colon + 1, {}});
        changes.push_back({member.valueBegin, member.valueEnd, {}});
        if (member.comma >= 0) {
            changes.push_back({member.comma, end, {}});
        }
    }

    [[nodiscard]] bool isBare(qsizetype begin, qsizetype end) const
    {
        const auto isBlank = [](char c) { return isSpace(c) || isLineEnd(c); };
        return end <= begin || std::all_of(m_text.begin() + begin, m_text.begin() + end, isBlank);
    }

    //! A whole line if nothing else stands on it; else with the blanks before, which part it from a
    //! neighbour, or with those behind when it is the first on its line.
    [[nodiscard]] Change withBlanks(qsizetype begin, qsizetype end) const
    {
        auto before = begin;
        while (before > 0 && isSpace(m_text.at(before - 1))) {
            --before;
        }
        auto behind = end;
        while (behind < m_text.size() && isSpace(m_text.at(behind))) {
            ++behind;
        }
        const bool isFirst = before > 0 && isLineEnd(m_text.at(before - 1));
        const bool isLast = behind < m_text.size() && isLineEnd(m_text.at(behind));
        if (isFirst && isLast) {
            behind += m_text.sliced(behind).startsWith("\r\n") ? 2 : 1;
            return {before, behind, {}};
        }
        return isFirst ? Change{begin, behind, {}} : Change{before, end, {}};
    }

    const QByteArray& m_text;
    const JsoncObject& m_object;
    const QString& m_name;
};

bool isBlankText(const QByteArray& jsonc)
{
    const qsizetype mark = jsonc.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
    // A comment without an end is none: plainJson() leaves it for the parser.
    return plainJson(jsonc).trimmed().isEmpty() && skipBlanksAndComments(jsonc, mark) == jsonc.size();
}

QByteArray newText(const QByteArray& jsonc, const QString& name, const QString& value)
{
    const QByteArray end = lineEndOf(jsonc);
    const QByteArray schema = R"(  "$schema": "https://opencode.ai/config.json",)" + end;
    const QByteArray object = '{' + end + (name == u"$schema" ? QByteArray() : schema) + "  " + quoted(name) +
                              ": " + quoted(value) + end + '}' + end;
    const qsizetype mark = jsonc.startsWith(byteOrderMark) ? byteOrderMark.size() : 0;
    if (jsonc.sliced(mark).trimmed().isEmpty()) {
        return jsonc.first(mark) + object;
    }
    return jsonc + (isLineEnd(jsonc.back()) ? QByteArray() : end) + object;
}

const JsoncExtent* lastNamed(const JsoncObject& object, const QString& name)
{
    const auto isNamed = [&name](const JsoncExtent& member) { return member.name == name; };
    const auto last = std::find_if(object.members.rbegin(), object.members.rend(), isNamed);
    return last == object.members.rend() ? nullptr : &*last;
}

} // namespace

std::optional<JsoncMember> findMember(const QByteArray& jsonc, const QString& name)
{
    if (jsonc.isEmpty() || !parseJsonc(jsonc, {})) {
        return std::nullopt;
    }
    const JsoncObject object = topLevelMembers(jsonc);
    const JsoncExtent* member = lastNamed(object, name);
    if (member == nullptr) {
        return std::nullopt;
    }
    const auto line = std::count(jsonc.begin(), jsonc.begin() + member->keyBegin, '\n') + 1;
    return JsoncMember{member->keyBegin, member->valueBegin, member->valueEnd, static_cast<int>(line)};
}

Expected<QByteArray> withMember(const QByteArray& jsonc, const QString& path, const QString& name,
                                const std::optional<QString>& value)
{
    if (isBlankText(jsonc)) {
        return value ? newText(jsonc, name, *value) : jsonc;
    }
    auto object = parseJsonc(jsonc, path);
    if (!object) {
        return tl::unexpected(object.error());
    }
    const JsoncObject places = topLevelMembers(jsonc);
    const JsoncExtent* member = lastNamed(places, name);
    QByteArray after = jsonc;
    if (value && member == nullptr) {
        after = changed(jsonc, Insertion(jsonc, places).changes(name, *value));
    } else if (value && object->value(name) != QJsonValue(*value)) {
        after = changed(jsonc, {{member->valueBegin, member->valueEnd, quoted(*value)}});
    } else if (!value && member != nullptr) {
        after = changed(jsonc, Removal(jsonc, places, name).changes());
    }
    // A person's file: better no edit than one that we do not understand ourselves.
    if (value) {
        object->insert(name, *value);
    } else {
        object->remove(name);
    }
    const auto again = parseJsonc(after, path);
    if (!again || *again != *object) {
        return fail(ErrorCode::Internal, path, QStringLiteral("An edit would have changed something else."));
    }
    return after;
}

} // namespace sharelock::opencode
