// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/preferences.h"

#include "base/thread_guard.h"

#include <QDir>
#include <QSettings>

namespace sharelock::app {

namespace {

QString settingsPath(const Environment& environment)
{
    return QDir(environment.configFolder()).filePath(QStringLiteral("window.ini"));
}

const QString themeKey = QStringLiteral("theme");
const QString windowKey = QStringLiteral("window/geometry");
const QString lookThroughKey = QStringLiteral("sessions/lookThrough");
const QString keepWatchingKey = QStringLiteral("window/keepWatching");
const QString maximizedKey = QStringLiteral("window/maximized");

QString themeName(ThemeChoice theme)
{
    switch (theme) {
    case ThemeChoice::System:
        return QStringLiteral("system");
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

} // namespace

Preferences loadPreferences(const Environment& environment)
{
    assertOffGuiThread("reading the preferences");
    const QSettings settings(settingsPath(environment), QSettings::IniFormat);
    Preferences result;
    const auto theme = settings.value(themeKey).toString();
    for (const auto choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (theme == themeName(choice))
            result.theme = choice;
    }
    const auto window = settings.value(windowKey).toRect();
    if (window.isValid())
        result.window = window;
    result.maximized = settings.value(maximizedKey).toBool();
    result.lookThrough = settings.value(lookThroughKey, true).toBool();
    result.keepWatching = settings.value(keepWatchingKey).toBool();
    return result;
}

void savePreferences(const Environment& environment, const Preferences& preferences)
{
    assertOffGuiThread("writing the preferences");
    QSettings settings(settingsPath(environment), QSettings::IniFormat);
    settings.setValue(themeKey, themeName(preferences.theme));
    settings.setValue(windowKey, preferences.window);
    settings.setValue(maximizedKey, preferences.maximized);
    settings.setValue(lookThroughKey, preferences.lookThrough);
    settings.setValue(keepWatchingKey, preferences.keepWatching);
}

} // namespace sharelock::app
