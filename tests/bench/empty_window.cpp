// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

// The baseline of the start-up figures: the least that a Qt Quick program can do. Says when its first frame
// was on the screen, in the words of sharelock's own report, and waits to be ended.

#include <QDateTime>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

#include <cstdio>

int main(int argc, char** argv)
{
    const QGuiApplication application(argc, argv);
    QQmlApplicationEngine engine;
    engine.loadData("import QtQuick\nWindow { visible: true; width: 1280; height: 800 }");
    if (engine.rootObjects().isEmpty())
        return 1;
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    QObject::connect(
        window, &QQuickWindow::frameSwapped, window,
        [told = false]() mutable {
            if (told)
                return;
            told = true;
            std::fprintf(stderr, "list at %lld ms since the epoch\n",
                         static_cast<long long>(QDateTime::currentMSecsSinceEpoch()));
        },
        Qt::DirectConnection);
    return QGuiApplication::exec();
}
