// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "register/icon_provider.h"

#include <QColor>
#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace sharelock::qml {

namespace {

//! \brief Icons are small; a wrong size from QML must not allocate a huge picture.
constexpr int largestSide = 512;
constexpr int usualSide = 18;

//! \brief The SVG's text with its colour filled in, empty when there is no such icon.
QByteArray tinted(QStringView name, const QColor& colour)
{
    QFile file(QStringLiteral(":/qt/qml/Sharelock/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
}

} // namespace

IconProvider::IconProvider()
    : QQuickImageProvider(QQuickImageProvider::Image)
{
}

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requestedSize)
{
    const auto slash = id.indexOf(u'/');
    const QColor colour(u'#' + QStringView(id).mid(slash + 1).toString());
    const auto side = requestedSize.isEmpty()
                          ? usualSide
                          : qMin(largestSide, qMax(requestedSize.width(), requestedSize.height()));
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    if (slash > 0 && colour.isValid()) {
        QSvgRenderer renderer(tinted(QStringView(id).left(slash), colour));
        QPainter painter(&image);
        painter.setOpacity(colour.alphaF());
        renderer.render(&painter, QRectF(0, 0, side, side));
    }
    if (size != nullptr)
        *size = image.size();
    return image;
}

} // namespace sharelock::qml
