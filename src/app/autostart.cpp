// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/autostart.h"

#include "base/thread_guard.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace sharelock::app {

namespace {

QString entryPath(const Environment& environment)
{
    const QDir config = QFileInfo(environment.configFolder()).dir();
    return config.filePath(QStringLiteral("autostart/sharelock.desktop"));
}

//! \brief As an argument of `Exec=`: quoted, and that escaped again as a string of the file.
QString execArgument(const QString& text)
{
    QString quoted;
    for (const QChar c : text) {
        if (QStringLiteral("\"`$\\").contains(c))
            quoted += QLatin1Char('\\');
        quoted += c;
    }
    quoted.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('%'), QLatin1String("%%"));
    return QLatin1Char('"') % quoted % QLatin1Char('"');
}

} // namespace

bool startsAtLogin(const Environment& environment)
{
    assertOffGuiThread("looking for the autostart entry");
    QFile file(entryPath(environment));
    // The desktop's own settings switch an entry off with this line.
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains("\nHidden=true");
}

Expected<void> setStartsAtLogin(const Environment& environment, bool on, const QString& program)
{
    assertOffGuiThread("writing the autostart entry");
    const QString path = entryPath(environment);
    if (!on) {
        if (QFile::exists(path) && !QFile::remove(path))
            return fail(ErrorCode::FileFailed, path);
        return {};
    }
    const QString text = QStringLiteral("[Desktop Entry]\n"
                                        "Type=Application\n"
                                        "Name=Sharelock\n"
                                        "Comment=Watch shared opencode conversations\n"
                                        "Exec=%1 watch\n"
                                        "Icon=sharelock\n"
                                        "Terminal=false\n"
                                        "NoDisplay=true\n")
                             .arg(execArgument(program));
    const QByteArray bytes = text.toUtf8();
    QSaveFile file(path);
    const bool isWritten = QDir().mkpath(QFileInfo(path).absolutePath()) && file.open(QIODevice::WriteOnly) &&
                           file.write(bytes) == bytes.size() && file.commit();
    if (!isWritten)
        return fail(ErrorCode::FileFailed, path, file.errorString());
    return {};
}

} // namespace sharelock::app
