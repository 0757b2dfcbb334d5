// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QQuickImageProvider>

namespace sharelock::qml {

//! \brief `image://icon/NAME/COLOUR`: an icon of the module drawn in one colour (hex digits, without the
//! `#`). An unknown name or colour gives an empty picture. Drawn at the size asked for, so it is sharp at any
//! scale.
class IconProvider : public QQuickImageProvider
{
public:
    IconProvider();
    QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

} // namespace sharelock::qml
