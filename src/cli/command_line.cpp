// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command_line.h"

#include "base/translation.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "demo/demo_world.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace sharelock::cli {

namespace {

const Command* findCommand(const QString& name)
{
    const auto& all = commands();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Command& c) { return name == QLatin1String(c.name); });
    return found == all.end() ? nullptr : &*found;
}

//! The first word that is neither an option nor an option's value.
QString commandName(const QStringList& arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& word = arguments[i];
        if (word == QLatin1String("--vault") || word == QLatin1String("--theme")) {
            ++i;
            continue;
        }
        if (!word.startsWith(QLatin1Char('-')))
            return word;
    }
    return {};
}

QString generalHelp()
{
    QString text = QStringLiteral(
        "Usage: sharelock [--demo] [--theme light|dark]      opens the window\n"
        "       sharelock COMMAND [options] …                needs no display\n\n"
        "See, redact, publish and take down the conversations that opencode shares.\n\nCommands:\n");
    for (const Command& command : commands()) {
        const QString usage =
            QLatin1String(command.name) + QLatin1Char(' ') + QString::fromUtf8(command.arguments);
        text += QStringLiteral("  %1  %2\n").arg(usage.leftJustified(20), QLatin1String(command.summary));
    }
    text += QStringLiteral(
        "\nOptions of every command:\n"
        "  --json              Machine-readable result on standard output.\n"
        "  --vault KIND        Where the master key is: keychain or file (an explicit choice).\n"
        "  --demo              Sample sessions and a share server of their own.\n"
        "  --help, --version\n\n"
        "Exit status: 0 done, 1 not done or still public, 2 wrong use, 3 could not tell.\n"
        "Details: man sharelock, or sharelock COMMAND --help.\n");
    return text;
}

void addCommonOptions(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("json"), QStringLiteral("Machine-readable result on standard output.")});
    parser.addOption({QStringLiteral("vault"),
                      QStringLiteral("Where the master key is kept: keychain or file."),
                      QStringLiteral("KIND")});
    parser.addOption(
        {QStringLiteral("demo"), QStringLiteral("Work on sample sessions and a share server of their own.")});
    parser.addHelpOption();
}

int usageError(const QString& message)
{
    Output(false).note(QStringLiteral("sharelock: %1\nTry “sharelock --help”.").arg(visible(message)));
    return Usage;
}

Expected<sharing::ManagerOptions> managerOptions(const QCommandLineParser& parser)
{
    sharing::ManagerOptions options;
    options.environment = Environment::system();
    const QString vault = parser.value(QStringLiteral("vault"));
    if (vault == QLatin1String("file"))
        options.vault = sharing::VaultKind::File;
    else if (vault == QLatin1String("keychain"))
        options.vault = sharing::VaultKind::Keychain;
    else if (parser.isSet(QStringLiteral("vault")))
        return fail(ErrorCode::NotConfirmed, QStringLiteral("--vault takes keychain or file"));
    const bool hasServer = parser.optionNames().contains(QStringLiteral("server"));
    if (hasServer) {
        const QUrl url(parser.value(QStringLiteral("server")), QUrl::StrictMode);
        const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
        if (!url.isValid() || !web || url.host().isEmpty())
            return fail(ErrorCode::NotConfirmed, QStringLiteral("--server takes an http or https URL"));
        options.server = originOf(url);
    }
    return options;
}

//! Keeps everything that the command's coroutine refers to alive until it has ended.
QCoro::Task<void> drive(const Command& command, const Invocation& invocation)
{
    const int status = co_await command.run(invocation);
    QCoreApplication::exit(status);
}

bool rightCount(const Command& command, qsizetype names)
{
    const QByteArray arguments(command.arguments);
    if (arguments.isEmpty())
        return names == 0;
    if (arguments.startsWith('['))
        return names <= 1 || arguments.endsWith("…]");
    return arguments.endsWith("…") ? names >= 1 : names == 1 + arguments.count(' ');
}

int runCommand(const Command& command, QCommandLineParser& parser)
{
    auto options = managerOptions(parser);
    if (!options)
        return usageError(options.error().subject);
    std::unique_ptr<demo::DemoWorld> world;
    if (parser.isSet(QStringLiteral("demo"))) {
        auto created = demo::DemoWorld::create();
        if (!created) {
            Output(false).error(created.error());
            return NotDone;
        }
        world = std::move(*created);
        options->environment = world->environment();
        options->vault = sharing::VaultKind::File;
    }
    const Interrupt interrupt;
    Output out(parser.isSet(QStringLiteral("json")));
    sharing::ShareManager manager(*options);
    const Invocation invocation{manager, parser, parser.positionalArguments().mid(1), out, interrupt.token()};
    QTimer::singleShot(0, &manager, [&] { drive(command, invocation); });
    return QCoreApplication::exec();
}

} // namespace

const std::vector<Command>& commands()
{
    static const std::vector<Command> all{
        sessionsCommand(), showCommand(),    scanCommand(),     redactCommand(),
        publishCommand(),  updateCommand(),  replaceCommand(),  linksCommand(),
        unshareCommand(),  recoverCommand(), expireCommand(),   sweepCommand(),
        watchCommand(),    wordsCommand(),   receiptsCommand(), modeCommand()};
    return all;
}

int statusFor(const Error& error)
{
    switch (error.code) {
    case ErrorCode::ServerUnreachable:
    case ErrorCode::ServerTimeout:
    case ErrorCode::ServerBusy:
        return CannotTell;
    case ErrorCode::NotConfirmed:
        return Usage;
    default:
        return NotDone;
    }
}

int statusOfInventory(const Error& error)
{
    return error.code == ErrorCode::DatabaseMissing ? Done : CannotTell;
}

bool isCommandLine(const QStringList& arguments)
{
    for (const char* option : {"--help", "-h", "--version", "-v"}) {
        if (arguments.contains(QLatin1String(option)))
            return true;
    }
    return !commandName(arguments).isEmpty();
}

int runCommandLine(int& argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sharelock"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SHARELOCK_VERSION));
    installTranslation();
    const QStringList arguments = QCoreApplication::arguments();
    const QString name = commandName(arguments.mid(1));
    Output plain(false);
    if (name.isEmpty()) {
        const bool version =
            arguments.contains(QLatin1String("--version")) || arguments.contains(QLatin1String("-v"));
        plain.line(version ? QStringLiteral("sharelock " SHARELOCK_VERSION) : generalHelp().trimmed());
        return Done;
    }
    const Command* command = findCommand(name);
    if (command == nullptr)
        return usageError(QStringLiteral("there is no command “%1”.").arg(name));
    QCommandLineParser parser;
    parser.setApplicationDescription(QLatin1String(command->summary));
    addCommonOptions(parser);
    command->addOptions(parser);
    parser.addPositionalArgument(name, QLatin1String(command->summary), name);
    if (qstrlen(command->arguments) > 0)
        parser.addPositionalArgument(QString::fromUtf8(command->arguments), QString(),
                                     QString::fromUtf8(command->arguments));
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        plain.line(parser.helpText().trimmed());
        return Done;
    }
    if (!rightCount(*command, parser.positionalArguments().size() - 1))
        return usageError(QStringLiteral("%1 takes %2.")
                              .arg(name, qstrlen(command->arguments) > 0
                                             ? QString::fromUtf8(command->arguments)
                                             : QStringLiteral("no names")));
    return runCommand(*command, parser);
}

} // namespace sharelock::cli
