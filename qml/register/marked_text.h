// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/transcript_model.h"

#include <QColor>
#include <QObject>
#include <QQuickTextDocument>
#include <QtQml/qqml.h>

#include <vector>

class QTextCharFormat;

namespace sharelock::qml {

//! \brief Fills the document of a TextEdit with the body of a row, its marks coloured and its lines as high
//! as those of a Text with a fixed line height. What is filled in is plain text, whatever it says.
class MarkedText : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* document MEMBER m_document NOTIFY documentChanged)
    Q_PROPERTY(int lineHeight MEMBER m_lineHeight NOTIFY styleChanged)
    Q_PROPERTY(QColor secretInk MEMBER m_secretInk NOTIFY styleChanged)
    Q_PROPERTY(QColor secretGround MEMBER m_secretGround NOTIFY styleChanged)
    Q_PROPERTY(QColor detailInk MEMBER m_detailInk NOTIFY styleChanged)
    Q_PROPERTY(QColor detailGround MEMBER m_detailGround NOTIFY styleChanged)
public:
    using QObject::QObject;

    //! \brief One layout for text, lines and colours together.
    Q_INVOKABLE void fill(sharelock::app::TranscriptModel* transcript, int row);
    //! \brief One line of the text that \p transcript gave last.
    Q_INVOKABLE void fillLine(sharelock::app::TranscriptModel* transcript, int line);
    //! \brief As it is copied: without what was put in to break long runs.
    Q_INVOKABLE [[nodiscard]] QString clean(const QString& text) const;

Q_SIGNALS:
    void documentChanged();
    void styleChanged();

private:
    struct Piece
    {
        int begin = 0; //!< In the text.
        int length = 0;
        app::TranscriptModel::Look look = app::TranscriptModel::Look::Plain;
    };
    void fillWith(const QString& text, const std::vector<Piece>& pieces, bool fixedHeight);
    [[nodiscard]] QTextCharFormat format(app::TranscriptModel::Look look) const;

    QQuickTextDocument* m_document = nullptr;
    int m_lineHeight = 20;
    QColor m_secretInk, m_secretGround, m_detailInk, m_detailGround;
};

} // namespace sharelock::qml
