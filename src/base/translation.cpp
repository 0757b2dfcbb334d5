// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/translation.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace sharelock {

void installTranslation()
{
    auto* translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(QLocale(), QStringLiteral("sharelock"), QStringLiteral("_"),
                         QStringLiteral(":/i18n")) ||
        translator->load(QStringLiteral(":/i18n/sharelock_en.qm")))
        QCoreApplication::installTranslator(translator);
}

} // namespace sharelock
