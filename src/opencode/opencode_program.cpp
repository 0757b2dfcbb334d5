// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/opencode_server.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace sharelock::opencode {

namespace {

//! Where opencode's installers and package managers put programs, whether on PATH or not: a desktop session
//! often lacks what a shell's start-up file adds.
QStringList installerFolders(const Environment& environment)
{
    QStringList folders;
    for (const char* folder : {".opencode/bin", ".local/bin", "bin", ".bun/bin", ".npm-global/bin",
                               ".local/share/pnpm", ".yarn/bin", ".volta/bin", ".local/share/mise/shims"}) {
        folders << environment.home + u'/' + QLatin1String(folder);
    }
    const QDir nvm(environment.home + u"/.nvm/versions/node");
    for (const QString& version :
         nvm.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        folders << nvm.filePath(version + u"/bin");
    }
    folders << QStringLiteral("/usr/local/bin") << QStringLiteral("/opt/homebrew/bin");
    return folders;
}

} // namespace

QString opencodeProgram(const Environment& environment)
{
    const QString named = environment.variables.value(QStringLiteral("SHARELOCK_OPENCODE"));
    if (!named.isEmpty()) {
        const QFileInfo file(named);
        return file.isFile() && file.isExecutable() ? file.absoluteFilePath() : QString();
    }
    const QString name = QStringLiteral("opencode");
    QStringList folders = environment.variables.value(QStringLiteral("PATH")).split(QDir::listSeparator());
    // A relative entry would mean whatever folder we happen to be started in.
    folders.erase(std::remove_if(folders.begin(), folders.end(),
                                 [](const QString& folder) { return !QDir::isAbsolutePath(folder); }),
                  folders.end());
    folders += installerFolders(environment);
    return QStandardPaths::findExecutable(name, folders);
}

} // namespace sharelock::opencode
