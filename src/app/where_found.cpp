// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/where_found.h"

#include <QCoreApplication>

#include <utility>

namespace sharelock::app {

namespace {

using document::Block;
using document::BlockKind;

constexpr qsizetype longestName = 60;

QString say(const char* words)
{
    return QCoreApplication::translate("WhereFound", words);
}

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\'' || c == u'`' || c == u'\\';
}

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
}

//! \brief Of `/home/ada/shop/.env`, what tells it from others.
QString fileName(const std::string& path)
{
    const QString all = QString::fromStdString(path);
    const qsizetype slash = std::max(all.lastIndexOf(u'/'), all.lastIndexOf(u'\\'));
    return all.mid(slash + 1);
}

//! \brief What did it, and with what. All at once: foreign text may hold a `%1`.
QString placeOf(const Block& block, const QString& message)
{
    switch (block.kind) {
    case BlockKind::Tool: {
        const std::string& tool = block.title;
        const QString file = fileName(block.subtitle);
        if (tool == "read" && !file.isEmpty())
            return say("in %2, read by the tool in message %1").arg(message, file);
        if ((tool == "write" || tool == "edit") && !file.isEmpty())
            return say("in %2, written by the tool in message %1").arg(message, file);
        return say("in a call of %2 in message %1").arg(message, QString::fromStdString(tool));
    }
    case BlockKind::Reasoning:
        return say("in the reasoning of message %1").arg(message);
    case BlockKind::File:
        return say("in an attachment of message %1").arg(message);
    case BlockKind::Patch:
        return say("in a patch of message %1").arg(message);
    case BlockKind::Diff:
        return say("in the changes to %1").arg(fileName(block.title));
    case BlockKind::Text:
        return (block.ownText ? say("in what you wrote in message %1") : say("in message %1")).arg(message);
    case BlockKind::Model:
        return say("in the model's details");
    default:
        return say("in message %1").arg(message);
    }
}

QString capitalized(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString nameBefore(const QString& text, qsizetype begin)
{
    qsizetype at = begin;
    const auto skip = [&](auto matches) {
        const qsizetype from = at;
        while (at > 0 && from - at < longestName && matches(text[at - 1]))
            --at;
        return from - at;
    };
    const auto isGap = [](QChar c) { return c == u' ' || isQuote(c); };
    skip(isGap);
    if (skip([](QChar c) { return c == u'=' || c == u':'; }) == 0)
        return {};
    skip(isGap);
    const qsizetype end = at;
    const qsizetype length = skip(isNamePart);
    constexpr qsizetype shortest = 3;
    return length < shortest || length == longestName ? QString() : text.mid(end - length, length);
}

WhereFound::WhereFound(const std::vector<MarkedValue>& values)
    : m_values(values)
    , m_words(values.size())
{
}

void WhereFound::look(const Block& block, const std::vector<TextMark>& marks)
{
    if (block.kind == BlockKind::User || block.kind == BlockKind::Assistant)
        ++m_message;
    QString body;
    for (const TextMark& mark : marks) {
        QString& words = m_words[static_cast<std::size_t>(mark.value)];
        // Names stand everywhere; nobody asks where.
        if (!words.isEmpty() || m_values[static_cast<std::size_t>(mark.value)].value.reveal().empty())
            continue;
        if (body.isNull())
            body = QString::fromStdString(block.text);
        const QString name = mark.field == MarkField::Body ? nameBefore(body, mark.begin) : QString();
        const QString place = placeOf(block, QString::number(m_message));
        words = name.isEmpty() ? capitalized(place) + u'.' : say("Value of %1 %2.").arg(name, place);
    }
}

} // namespace sharelock::app
