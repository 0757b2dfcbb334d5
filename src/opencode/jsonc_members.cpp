// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/jsonc_members.h"

#include "opencode/jsonc.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace sharelock::opencode {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QString decoded(const QByteArray& key)
{
    return QJsonDocument::fromJson('[' + key + ']').array().at(0).toString();
}

//! Walks through plain JSON that is known to be right, and looks into the text itself for what is blank
//! there: substitutions and a trailing comma.
class Walker
{
public:
    explicit Walker(const QByteArray& jsonc)
        : m_jsonc(jsonc)
        , m_plain(plainJson(jsonc))
    {
    }

    JsoncObject run()
    {
        JsoncObject object;
        skipBlanks();
        object.open = m_at++;
        skipBlanks();
        while (!isAtEnd() && m_plain.at(m_at) != '}') {
            object.members.push_back(member());
            skipBlanks();
        }
        object.close = m_at;
        return object;
    }

private:
    [[nodiscard]] bool isAtEnd() const { return m_at >= m_plain.size(); }

    void skipBlanks()
    {
        while (!isAtEnd() && isBlank(m_plain.at(m_at))) {
            ++m_at;
        }
    }

    void skipString()
    {
        for (++m_at; !isAtEnd() && m_plain.at(m_at) != '"'; ++m_at) {
            m_at += m_plain.at(m_at) == '\\' ? 1 : 0;
        }
        ++m_at;
    }

    void skipNested()
    {
        int depth = 0;
        do {
            const char c = m_plain.at(m_at);
            if (c == '"') {
                skipString();
                continue;
            }
            if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                --depth;
            }
            ++m_at;
        } while (depth > 0 && !isAtEnd());
    }

    void skipValue()
    {
        const char c = m_plain.at(m_at);
        if (c == '"') {
            skipString();
        } else if (c == '{' || c == '[') {
            skipNested();
        } else if (m_jsonc.at(m_at) == '{') {
            m_at = m_jsonc.indexOf('}', m_at) + 1; // a substitution, `null` in the plain text
        } else {
            while (!isAtEnd() && !isBlank(m_plain.at(m_at)) && m_plain.at(m_at) != ',' &&
                   m_plain.at(m_at) != '}') {
                ++m_at;
            }
        }
    }

    JsoncExtent member()
    {
        JsoncExtent member;
        member.keyBegin = m_at;
        skipString();
        member.keyEnd = m_at;
        member.name = decoded(m_plain.sliced(member.keyBegin, m_at - member.keyBegin));
        skipBlanks();
        member.colon = m_at++;
        skipBlanks();
        member.valueBegin = m_at;
        skipValue();
        member.valueEnd = m_at;
        m_at = skipBlanksAndComments(m_jsonc, m_at);
        if (!isAtEnd() && m_jsonc.at(m_at) == ',') {
            member.comma = m_at++;
        }
        return member;
    }

    const QByteArray& m_jsonc;
    QByteArray m_plain;
    qsizetype m_at = 0;
};

} // namespace

JsoncObject topLevelMembers(const QByteArray& jsonc)
{
    return Walker(jsonc).run();
}

qsizetype skipBlanksAndComments(QByteArrayView jsonc, qsizetype at)
{
    while (at < jsonc.size()) {
        const QByteArrayView rest = jsonc.sliced(at);
        if (rest.startsWith("//")) {
            while (at < jsonc.size() && jsonc.at(at) != '\n' && jsonc.at(at) != '\r') {
                ++at;
            }
        } else if (rest.startsWith("/*")) {
            const auto end = jsonc.indexOf("*/", at + 2);
            at = end < 0 ? jsonc.size() : end + 2;
        } else if (isBlank(jsonc.at(at))) {
            ++at;
        } else {
            return at;
        }
    }
    return at;
}

} // namespace sharelock::opencode
