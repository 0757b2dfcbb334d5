// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/jsonc.h"

#include <QJsonDocument>

#include <algorithm>

namespace sharelock::opencode {

namespace {

class Stripper
{
public:
    explicit Stripper(QByteArray text)
        : m_text(std::move(text))
    {
    }

    QByteArray run()
    {
        if (m_text.startsWith("\xef\xbb\xbf")) {
            blank(0, 3);
        }
        while (m_at < m_text.size()) {
            step();
        }
        return std::move(m_text);
    }

    //! Where a string first holds what JSON does not allow in one, though Qt's parser does; -1: nowhere.
    [[nodiscard]] qsizetype badString() const { return m_badString; }

private:
    void step()
    {
        const char c = m_text.at(m_at);
        if (c == '"') {
            skipString();
        } else if (startsWith("//")) {
            blankTo(endOfLine());
        } else if (startsWith("/*")) {
            const auto end = m_text.indexOf("*/", m_at + 2);
            // A comment without an end stays, for the parser to complain about.
            end < 0 ? token(m_text.size()) : blankTo(end + 2);
        } else if (startsWith("{env:") || startsWith("{file:")) {
            substitution();
        } else {
            if (c == '}' || c == ']') {
                dropTrailingComma();
            }
            token(m_at + 1);
        }
    }

    [[nodiscard]] bool startsWith(QByteArrayView start) const
    {
        return QByteArrayView(m_text).sliced(m_at).startsWith(start);
    }

    //! A lone carriage return ends a line, too.
    [[nodiscard]] qsizetype endOfLine() const
    {
        const auto isEnd = [](char c) { return c == '\n' || c == '\r'; };
        return std::find_if(m_text.cbegin() + m_at, m_text.cend(), isEnd) - m_text.cbegin();
    }

    void skipString()
    {
        qsizetype end = m_at + 1;
        while (end < m_text.size() && m_text.at(end) != '"' && m_text.at(end) != '\n') {
            const auto c = static_cast<unsigned char>(m_text.at(end));
            const bool isEscape = c == '\\';
            constexpr QByteArrayView escapes = "\"\\/bfnrtu";
            const bool isBadEscape =
                isEscape && end + 1 < m_text.size() && !escapes.contains(m_text.at(end + 1));
            if (c < ' ' || isBadEscape) {
                noteBadString(end);
            }
            end += isEscape ? 2 : 1;
        }
        if (end < m_text.size() && m_text.at(end) == '\n') {
            noteBadString(end);
        }
        token(std::min(end + 1, m_text.size()));
    }

    void noteBadString(qsizetype at) { m_badString = m_badString < 0 ? at : m_badString; }

    void substitution()
    {
        const auto end = m_text.indexOf('}', m_at);
        if (end < 0 || end > endOfLine()) {
            token(m_at + 1);
            return;
        }
        constexpr QByteArrayView null = "null";
        const auto begin = m_at;
        blankTo(end + 1);
        std::copy(null.begin(), null.end(), m_text.begin() + begin);
        noteToken(begin + null.size() - 1);
    }

    //! The last comma before a closing bracket, when nothing but blanks lies between and a value stands
    //! before it.
    void dropTrailingComma()
    {
        constexpr QByteArrayView noValue = ",:{[";
        const bool isComma = m_lastToken >= 0 && m_text.at(m_lastToken) == ',';
        if (isComma && m_beforeLast >= 0 && !noValue.contains(m_text.at(m_beforeLast))) {
            m_text[m_lastToken] = ' ';
        }
    }

    void token(qsizetype end)
    {
        const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
        if (!isBlank(m_text.at(m_at))) {
            noteToken(end - 1);
        }
        m_at = end;
    }

    void noteToken(qsizetype last)
    {
        m_beforeLast = m_lastToken;
        m_lastToken = last;
    }

    void blankTo(qsizetype end)
    {
        blank(m_at, end);
        m_at = end;
    }

    void blank(qsizetype begin, qsizetype end)
    {
        for (qsizetype i = begin; i < end; ++i) {
            if (m_text.at(i) != '\n' && m_text.at(i) != '\r') {
                m_text[i] = ' ';
            }
        }
    }

    QByteArray m_text;
    qsizetype m_at = 0;
    qsizetype m_badString = -1;
    qsizetype m_lastToken = -1;  //!< The last byte that is neither blank nor comment.
    qsizetype m_beforeLast = -1; //!< The last one of the token before that.
};

QString placeOf(const QByteArray& text, qsizetype offset)
{
    const QByteArrayView before = QByteArrayView(text).first(std::min(offset, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = before.size() - (before.lastIndexOf('\n') + 1) + 1;
    return QStringLiteral("line %1, column %2").arg(line).arg(column);
}

} // namespace

QByteArray plainJson(QByteArray jsonc)
{
    return Stripper(std::move(jsonc)).run();
}

Expected<QJsonObject> parseJsonc(const QByteArray& jsonc, const QString& path)
{
    if (jsonc.isEmpty()) {
        return QJsonObject();
    }
    Stripper stripper(jsonc);
    const QByteArray json = stripper.run();
    if (stripper.badString() >= 0) {
        return fail(ErrorCode::ConfigBroken, path,
                    placeOf(json, stripper.badString()) + u": not allowed in a string");
    }
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        const QString detail = placeOf(json, error.offset) + u": " + error.errorString();
        return fail(ErrorCode::ConfigBroken, path, detail);
    }
    if (!document.isObject()) {
        return fail(ErrorCode::ConfigBroken, path, QStringLiteral("line 1, column 1: not an object"));
    }
    return document.object();
}

} // namespace sharelock::opencode
