// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "register/marked_text.h"

#include <QTextCursor>
#include <QTextDocument>

namespace sharelock::qml {

QTextCharFormat MarkedText::format(app::TranscriptModel::Look look) const
{
    using Look = app::TranscriptModel::Look;
    QTextCharFormat result;
    if (look == Look::Plain)
        return result;
    const bool isSecret = look == Look::HiddenSecret || look == Look::OpenSecret;
    if (look != Look::Kept) {
        result.setForeground(isSecret ? m_secretInk : m_detailInk);
        result.setBackground(isSecret ? m_secretGround : m_detailGround);
    }
    result.setFontUnderline(look == Look::OpenSecret || look == Look::OpenDetail || look == Look::Kept);
    return result;
}

void MarkedText::fill(app::TranscriptModel* transcript, int row)
{
    const app::TranscriptRow* shown = transcript ? transcript->rowAt(row) : nullptr;
    if (!m_document || !shown)
        return;
    QTextDocument* text = m_document->textDocument();
    text->setUndoRedoEnabled(false);
    QTextCursor cursor(text);
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.removeSelectedText();
    QTextBlockFormat lines;
    lines.setLineHeight(m_lineHeight, QTextBlockFormat::FixedHeight);
    cursor.setBlockFormat(lines);
    const QTextCharFormat plain;
    qsizetype at = 0;
    for (const app::TextMark& mark : shown->marks) {
        if (mark.field != app::MarkField::Body)
            continue;
        cursor.insertText(shown->body.mid(at, mark.begin - at), plain);
        cursor.insertText(shown->body.mid(mark.begin, mark.length), format(transcript->lookOf(mark)));
        at = mark.begin + mark.length;
    }
    cursor.insertText(shown->body.mid(at), plain);
    cursor.endEditBlock();
}

QString MarkedText::clean(const QString& text) const
{
    return QString(text).remove(QChar(0x200B));
}

} // namespace sharelock::qml
