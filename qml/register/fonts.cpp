// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "register/fonts.h"

#include <QFontDatabase>
#include <QGuiApplication>

namespace sharelock::qml {

namespace {

//! \brief What Qt answers when no desktop has set a font; fontconfig would then pick by chance.
bool namesNoFont(const QString& family)
{
    static const QStringList generic{QStringLiteral("Sans Serif"), QStringLiteral("Sans"),
                                     QStringLiteral("sans-serif"), QStringLiteral("Helvetica"),
                                     QStringLiteral("Monospace")};
    return family.isEmpty() || generic.contains(family, Qt::CaseInsensitive);
}

} // namespace

QString Fonts::family() const
{
    const auto desktop = QGuiApplication::font().family();
    if (!namesNoFont(desktop))
        return desktop;
    static const QStringList liked{QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                                   QStringLiteral("DejaVu Sans")};
    for (const auto& family : liked) {
        if (QFontDatabase::hasFamily(family))
            return family;
    }
    return desktop;
}

QFont Fonts::code(int pixelSize) const
{
    QStringList families{QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                         QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")};
    const auto desktop = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    if (!namesNoFont(desktop))
        families.prepend(desktop);
    QFont font(families);
    font.setStyleHint(QFont::Monospace);
    font.setPixelSize(pixelSize);
    // Ligatures would show other characters than those that are published: "//" and "!=" as one sign each.
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

} // namespace sharelock::qml
