// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/time_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace sharelock::app {

namespace {

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("TimeText", text, nullptr, n);
}

} // namespace

QString relativeTime(const QDateTime& at, const QDateTime& now)
{
    if (!at.isValid())
        return {};
    const auto local = at.toLocalTime();
    const auto today = now.toLocalTime();
    const qint64 seconds = local.secsTo(today);
    const qint64 days = local.date().daysTo(today.date());
    // Clocks of other machines may be ahead of ours.
    if (seconds < 60)
        return tr("now");
    if (seconds < 3600)
        return tr("%1 min").arg(seconds / 60);
    if (days == 0 || seconds < 6 * 3600)
        return tr("%1 h").arg(seconds / 3600);
    if (days == 1)
        return tr("Yesterday");
    if (days < 28)
        return tr("%1 d").arg(days);
    const QLocale locale;
    if (local.date().year() == today.date().year() || days < 180)
        return locale.toString(local.date(), QStringLiteral("d MMM"));
    return locale.toString(local.date(), QStringLiteral("MMM yyyy"));
}

QString absoluteTime(const QDateTime& at)
{
    if (!at.isValid())
        return {};
    return QLocale().toString(at.toLocalTime(), QLocale::LongFormat);
}

} // namespace sharelock::app
