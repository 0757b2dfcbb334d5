// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/app_context.h"
#include "app/sessions_page.h"
#include "base/process.h"
#include "base/thread_guard.h"
#include "base/time.h"
#include "base/translation.h"
#include "cli/command_line.h"
#include "register/qml_engine.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QIcon>
#include <QLoggingCategory>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

using namespace sharelock;

namespace {

// QT_LOGGING_RULES="sharelock.start.info=true" tells when the list can be used, for the benchmarks.
Q_LOGGING_CATEGORY(startLog, "sharelock.start", QtWarningMsg)

struct WindowArguments
{
    app::AppOptions options;
    QString error;
};

WindowArguments windowArguments(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("demo"), {}});
    parser.addOption({QStringLiteral("theme"), {}, QStringLiteral("light|dark")});
    parser.addOption({QStringLiteral("vault"), {}, QStringLiteral("keychain|file")});
    WindowArguments result;
    if (!parser.parse(arguments))
        result.error = parser.errorText();
    const QString theme = parser.value(QStringLiteral("theme"));
    if (theme == QLatin1String("light"))
        result.options.theme = app::ThemeChoice::Light;
    else if (theme == QLatin1String("dark"))
        result.options.theme = app::ThemeChoice::Dark;
    else if (!theme.isEmpty())
        result.error = QStringLiteral("--theme takes light or dark.");
    const QString vault = parser.value(QStringLiteral("vault"));
    if (vault == QLatin1String("file"))
        result.options.manager.vault = sharing::VaultKind::File;
    else if (vault == QLatin1String("keychain"))
        result.options.manager.vault = sharing::VaultKind::Keychain;
    else if (!vault.isEmpty())
        result.error = QStringLiteral("--vault takes keychain or file.");
    result.options.demo = parser.isSet(QStringLiteral("demo"));
    result.options.manager.environment = Environment::system();
    result.options.preferences = app::loadPreferences(result.options.manager.environment);
    return result;
}

//! Says once when the first frame with a usable list was on the screen.
void reportStart(QQuickWindow& window, const app::AppContext& context)
{
    if (!startLog().isInfoEnabled())
        return;
    QObject::connect(
        &window, &QQuickWindow::frameSwapped, &window,
        [&context, told = false]() mutable {
            if (told || context.sessions()->state() == app::SessionsPage::State::Loading)
                return;
            told = true;
            qCInfo(startLog, "list at %lld ms since the epoch",
                   static_cast<long long>(toMilliseconds(now())));
        },
        Qt::DirectConnection);
}

int runWindow(int& argc, char** argv)
{
    const QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("sharelock"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Sharelock"));
    QGuiApplication::setApplicationVersion(QStringLiteral(SHARELOCK_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("sharelock"));
    WindowArguments arguments = windowArguments(QGuiApplication::arguments());
    if (!arguments.error.isEmpty()) {
        qCritical("sharelock: %s\nTry “sharelock --help”.", qUtf8Printable(arguments.error));
        return 2;
    }
    installTranslation();
    markGuiThread();
    app::AppContext context(std::move(arguments.options));
    app::AppContext::setInstance(&context);
    QQmlApplicationEngine engine;
    qml::prepareEngine(engine);
    engine.load(qml::mainUrl());
    if (engine.rootObjects().isEmpty())
        return 1;
    if (auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst()))
        reportStart(*window, context);
    return QGuiApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    keepOutOfCoreFiles();
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return cli::isCommandLine(words) ? cli::runCommandLine(argc, argv) : runWindow(argc, argv);
}
