// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFont>
#include <QObject>
#include <QtQml/qqml.h>

namespace sharelock::qml {

//! \brief The two fonts of the window: the desktop's own, or a good installed one where no desktop names any.
class Fonts : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString family READ family CONSTANT)
public:
    using QObject::QObject;

    [[nodiscard]] QString family() const;
    //! \brief For paths and code, \p pixelSize high, with fallbacks that the `font.family` of QML cannot
    //! hold.
    Q_INVOKABLE [[nodiscard]] QFont code(int pixelSize) const;
};

} // namespace sharelock::qml
