// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// The effective share mode, with its reasons, of many projects; and how soon a changed file is told of:
//   bench_modes [PROJECTS]

#include "opencode/share_mode.h"
#include "sharing/config_watch.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>

using namespace sharelock;

namespace {

bool write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) && file.write(text) > 0;
}

//! Milliseconds from writing a file of one of many projects to the signal that tells of it.
double noticed(const QStringList& files, const QString& changed)
{
    sharing::ConfigWatch watch;
    watch.watch(files);
    QObject::connect(&watch, &sharing::ConfigWatch::changed, &QCoreApplication::quit);
    QElapsedTimer timer;
    timer.start();
    if (!write(changed, "{\"share\":\"disabled\"}"))
        return -1;
    QCoreApplication::exec();
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const int count = argc > 1 ? std::atoi(argv[1]) : 200;
    const QTemporaryDir folder;
    Environment environment;
    environment.home = folder.filePath(QStringLiteral("ada"));
    write(environment.opencodeConfigFolder() + u"/opencode.json", "{ // mine\n \"share\": \"manual\",\n}");
    QStringList projects;
    for (int i = 0; i < count; ++i) {
        const QString project = environment.home + QStringLiteral("/work/p%1").arg(i);
        QDir().mkpath(project + u"/.git");
        write(project + u"/opencode.json", "{\n  \"theme\": \"x\",\n  \"share\": \"auto\"\n}\n");
        if (i % 4 == 0)
            write(project + u"/.opencode/opencode.jsonc", "{\n  // team\n  \"share\": \"disabled\",\n}\n");
        projects.append(project);
    }
    QStringList files;
    QElapsedTimer timer;
    timer.start();
    int disabled = 0;
    for (const QString& project : projects) {
        const auto report = opencode::shareMode(environment, opencode::modePlace(project));
        disabled += report.mode == opencode::ShareMode::Disabled ? 1 : 0;
        files += report.files;
    }
    std::printf("%d projects: %.1f ms, %d disabled\n", count, double(timer.nsecsElapsed()) / 1e6, disabled);
    std::printf("told of a change after %.0f ms, %lld files followed\n",
                noticed(files, projects.last() + u"/opencode.json"), static_cast<long long>(files.size()));
    return 0;
}
