// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "register/marked_text.h"

#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

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
    if (!shown)
        return;
    std::vector<Piece> pieces;
    for (const app::TextMark& mark : shown->marks) {
        if (mark.field == app::MarkField::Body)
            pieces.push_back({mark.begin, mark.length, transcript->lookOf(mark)});
    }
    fillWith(shown->body, pieces, true);
}

void MarkedText::fillLine(app::TranscriptModel* transcript, int line)
{
    const app::FullText* const whole = transcript ? &transcript->lastFullText() : nullptr;
    if (!whole || line < 0 || line >= whole->lines.size())
        return;
    const QString& text = whole->lines[line];
    const int begin = whole->begins[static_cast<std::size_t>(line)];
    std::vector<Piece> pieces;
    for (const app::TextMark& mark : whole->marksOf(line)) {
        // One that goes on over the end of the line is marked in each.
        const int from = std::max(mark.begin - begin, 0);
        const int to = std::min(mark.begin + mark.length - begin, static_cast<int>(text.size()));
        const auto& value = whole->source->values()[static_cast<std::size_t>(mark.value)];
        pieces.push_back({from, to - from, app::TranscriptModel::lookOf(value)});
    }
    fillWith(text, pieces, false);
}

void MarkedText::fillWith(const QString& text, const std::vector<Piece>& pieces, bool fixedHeight)
{
    if (!m_document)
        return;
    QTextDocument* document = m_document->textDocument();
    document->setUndoRedoEnabled(false);
    QTextCursor cursor(document);
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.removeSelectedText();
    if (fixedHeight) {
        QTextBlockFormat lines;
        lines.setLineHeight(m_lineHeight, QTextBlockFormat::FixedHeight);
        cursor.setBlockFormat(lines);
    }
    const QTextCharFormat plain;
    qsizetype at = 0;
    for (const Piece& piece : pieces) {
        cursor.insertText(text.mid(at, piece.begin - at), plain);
        cursor.insertText(text.mid(piece.begin, piece.length), format(piece.look));
        at = piece.begin + piece.length;
    }
    cursor.insertText(text.mid(at), plain);
    cursor.endEditBlock();
}

QString MarkedText::clean(const QString& text) const
{
    return QString(text).remove(QChar(0x200B));
}

} // namespace sharelock::qml
