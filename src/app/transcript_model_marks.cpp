// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/transcript_model.h"

#include <vector>

namespace sharelock::app {

namespace {

const TextMark* markOf(const TranscriptRow* row, int mark)
{
    return row && mark >= 0 && static_cast<std::size_t>(mark) < row->marks.size()
               ? &row->marks[static_cast<std::size_t>(mark)]
               : nullptr;
}

struct Pieces
{
    QStringList texts;
    std::vector<int> marks; //!< By piece; -1: none.

    void add(const QString& text, int mark)
    {
        if (text.isEmpty())
            return;
        texts.append(text);
        marks.push_back(mark);
    }
    void addField(const TranscriptRow& row, const QString& text, MarkField field)
    {
        qsizetype at = 0;
        for (std::size_t i = 0; i < row.marks.size(); ++i) {
            const TextMark& mark = row.marks[i];
            if (mark.field != field)
                continue;
            add(text.mid(at, mark.begin - at), -1);
            add(text.mid(mark.begin, mark.length), static_cast<int>(i));
            at = mark.begin + mark.length;
        }
        add(text.mid(at), -1);
    }
};

Pieces piecesOf(const TranscriptRow* row, bool withTitle)
{
    Pieces pieces;
    if (!row)
        return pieces;
    if (withTitle)
        pieces.addField(*row, row->title, MarkField::Title);
    if (withTitle && !row->title.isEmpty() && !row->subtitle.isEmpty())
        pieces.add(QStringLiteral(" \u00B7 "), -1);
    pieces.addField(*row, row->subtitle, MarkField::Subtitle);
    return pieces;
}

} // namespace

const TranscriptRow* TranscriptModel::rowAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].row : nullptr;
}

TranscriptModel::Look TranscriptModel::lookOf(const TextMark& mark) const
{
    return lookOf(m_source->marks->values()[static_cast<std::size_t>(mark.value)]);
}

TranscriptModel::Look TranscriptModel::lookOf(const MarkedValue& value)
{
    switch (value.decision) {
    case redaction::Decision::Redact:
        return value.isSecret ? Look::HiddenSecret : Look::HiddenDetail;
    case redaction::Decision::Open:
        return value.isSecret ? Look::OpenSecret : Look::OpenDetail;
    case redaction::Decision::Keep:
        break;
    }
    return Look::Kept;
}

int TranscriptModel::markAt(int row, int position) const
{
    const TranscriptRow* shown = rowAt(row);
    if (!shown)
        return -1;
    for (std::size_t i = 0; i < shown->marks.size(); ++i) {
        const TextMark& mark = shown->marks[i];
        if (mark.field == MarkField::Body && position >= mark.begin && position < mark.begin + mark.length)
            return static_cast<int>(i);
    }
    return -1;
}

int TranscriptModel::markBegin(int row, int mark) const
{
    const TextMark* found = markOf(rowAt(row), mark);
    return found && found->field == MarkField::Body ? found->begin : -1;
}

int TranscriptModel::markEnd(int row, int mark) const
{
    const TextMark* found = markOf(rowAt(row), mark);
    return found && found->field == MarkField::Body ? found->begin + found->length : -1;
}

QString TranscriptModel::markHint(int row, int mark) const
{
    const TextMark* found = markOf(rowAt(row), mark);
    return found ? markInWords(m_source->marks->values()[static_cast<std::size_t>(found->value)]) : QString();
}

TranscriptModel::Look TranscriptModel::look(int row, int mark) const
{
    const TextMark* found = markOf(rowAt(row), mark);
    return found ? lookOf(*found) : Look::Plain;
}

bool TranscriptModel::isInRest(int row, int mark) const
{
    const TextMark* found = markOf(rowAt(row), mark);
    return found && found->field == MarkField::Rest;
}

QStringList TranscriptModel::headTexts(int row, bool withTitle) const
{
    return piecesOf(rowAt(row), withTitle).texts;
}

int TranscriptModel::headMark(int row, bool withTitle, int piece) const
{
    const Pieces pieces = piecesOf(rowAt(row), withTitle);
    return piece >= 0 && piece < pieces.texts.size() ? pieces.marks[static_cast<std::size_t>(piece)] : -1;
}

} // namespace sharelock::app
