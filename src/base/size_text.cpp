// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/size_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace sharelock {

QString sizeText(qint64 bytes)
{
    static constexpr std::array units{
        QT_TRANSLATE_NOOP("sharelock::size", "%1 KB"), QT_TRANSLATE_NOOP("sharelock::size", "%1 MB"),
        QT_TRANSLATE_NOOP("sharelock::size", "%1 GB"), QT_TRANSLATE_NOOP("sharelock::size", "%1 TB")};
    const QLocale locale;
    if (bytes < 0)
        return {};
    if (bytes < 1000)
        return QCoreApplication::translate("sharelock::size", "%1 B").arg(locale.toString(bytes));
    double value = static_cast<double>(bytes) / 1000.0;
    std::size_t unit = 0;
    // 999.95 KB would round to "1,000 KB".
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000.0;
        ++unit;
    }
    const int digits = value < 9.95 ? 1 : 0;
    return QCoreApplication::translate("sharelock::size", units[unit])
        .arg(locale.toString(value, 'f', digits));
}

} // namespace sharelock
