// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "register/format.h"

#include "app/time_text.h"

#include <QLocale>

#include <algorithm>

namespace sharelock::qml {

namespace {

constexpr qint64 secondsOfADay = 86400;

QString joined(const QStringList& texts, const QString& separator)
{
    QStringList filled;
    std::copy_if(texts.begin(), texts.end(), std::back_inserter(filled),
                 [](const QString& text) { return !text.isEmpty(); });
    return filled.join(separator);
}

} // namespace

QString Format::age(const QDateTime& at, const QDateTime& minute) const
{
    return app::relativeTime(at, minute);
}

QString Format::since(const QDateTime& at, const QDateTime& minute) const
{
    const auto text = age(at, minute);
    const bool counted = std::any_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
    if (!counted)
        return text.toLower();
    return at.secsTo(minute) < 28 * secondsOfADay ? tr("%1 ago").arg(text) : text;
}

QString Format::until(const QDateTime& at, const QDateTime& minute) const
{
    if (!at.isValid())
        return QStringLiteral("—");
    const qint64 seconds = std::max<qint64>(minute.secsTo(at), 0);
    constexpr qint64 secondsOfAnHour = 3600;
    if (seconds < 2 * secondsOfAnHour)
        return tr("in %1 min").arg(std::max<qint64>(seconds / 60, 1));
    if (seconds < 2 * secondsOfADay)
        return tr("in %1 h").arg(seconds / secondsOfAnHour);
    return tr("in %1 days").arg(seconds / secondsOfADay);
}

QString Format::clock(const QDateTime& at) const
{
    if (!at.isValid())
        return {};
    const QLocale locale;
    // Some locales have seconds even in the short form.
    const auto format = locale.timeFormat(QLocale::ShortFormat).remove(QStringLiteral(":ss"));
    return locale.toString(at.toLocalTime().time(), format);
}

QString Format::number(int value) const
{
    return QLocale().toString(value);
}

QString Format::parts(const QStringList& texts) const
{
    return joined(texts, QStringLiteral(" · "));
}

QString Format::sentences(const QStringList& texts) const
{
    return joined(texts, QStringLiteral(" "));
}

QString Format::spoken(const QStringList& texts) const
{
    return joined(texts, QStringLiteral(", "));
}

QString Format::text(const QVariantMap& map, const QString& key) const
{
    return map.value(key).toString();
}

QDateTime Format::time(const QVariantMap& map, const QString& key) const
{
    return map.value(key).toDateTime();
}

int Format::integer(const QVariantMap& map, const QString& key, int otherwise) const
{
    const auto value = map.value(key);
    return value.isValid() ? value.toInt() : otherwise;
}

bool Format::flag(const QVariantMap& map, const QString& key) const
{
    return map.value(key).toBool();
}

} // namespace sharelock::qml
