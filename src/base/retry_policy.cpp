// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "base/retry_policy.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <limits>

namespace sharelock {

using std::chrono::milliseconds;

namespace {

std::optional<milliseconds> parseSeconds(const QByteArray& value)
{
    if (!std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    bool ok = false;
    const qlonglong seconds = value.toLongLong(&ok);
    // More digits than fit is a wish for "very long", not nonsense.
    constexpr qlonglong longest = std::numeric_limits<int>::max();
    return std::chrono::seconds(ok ? std::min(seconds, longest) : longest);
}

std::optional<QDateTime> parseHttpDate(const QByteArray& value)
{
    static const std::array forms{
        QStringLiteral("dd MMM yyyy hh:mm:ss 'GMT'"), // IMF-fixdate
        QStringLiteral("dd-MMM-yy hh:mm:ss 'GMT'"),   // RFC 850
        QStringLiteral("MMM d hh:mm:ss yyyy"),        // asctime
    };
    // The weekday adds nothing, and would not fit while the century is not known. asctime pads a day of one
    // digit with a space.
    const QString text = QString::fromLatin1(value).simplified().section(u' ', 1);
    for (const QString& form : forms) {
        QDateTime date = QLocale::c().toDateTime(text, form);
        if (!date.isValid())
            continue;
        date.setTimeSpec(Qt::UTC);
        // A year of two digits is read as one of the last century.
        if (date.date().year() < 1970)
            date = date.addYears(100);
        return date;
    }
    return std::nullopt;
}

} // namespace

bool isPassingStatus(int status)
{
    return status == 429 || status == 502 || status == 503 || status == 504;
}

std::optional<milliseconds> parseRetryAfter(const QByteArray& value, Timestamp now)
{
    const QByteArray trimmed = value.trimmed();
    if (trimmed.isEmpty())
        return std::nullopt;
    if (const auto seconds = parseSeconds(trimmed))
        return seconds;
    const auto date = parseHttpDate(trimmed);
    if (!date)
        return std::nullopt;
    return std::max(milliseconds(0), fromMilliseconds(date->toMSecsSinceEpoch()) - now);
}

milliseconds pauseAfterTry(const HttpPolicy& policy, int tryNumber, std::optional<milliseconds> retryAfter,
                           double random)
{
    const double longest = static_cast<double>(policy.longestPause.count());
    const double first = std::min(static_cast<double>(policy.firstPause.count()), longest);
    double pause = 0;
    if (retryAfter) {
        pause = static_cast<double>(retryAfter->count()) + first * random;
    } else {
        pause = first;
        for (int i = 1; i < tryNumber && pause < longest; ++i)
            pause *= 2;
        pause = std::min(pause, longest) * (0.5 + random / 2);
    }
    return milliseconds(static_cast<milliseconds::rep>(std::min(pause, longest)));
}

} // namespace sharelock
