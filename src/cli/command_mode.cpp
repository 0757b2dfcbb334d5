// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/command.h"
#include "cli/json.h"
#include "cli/mode_text.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace sharelock::cli {

namespace {

using opencode::ShareMode;

//! What `[DIR] [set MODE|unset]` says.
struct Words
{
    QString directory; //!< Empty for this machine.
    bool changes = false;
    std::optional<ShareMode> mode; //!< Unset with `unset`.
};

std::optional<Words> read(const Invocation& invocation)
{
    QStringList names = invocation.names;
    Words words;
    if (names.size() >= 2 && names.at(names.size() - 2) == QLatin1String("set")) {
        words.changes = true;
        words.mode = opencode::shareModeOf(names.last());
        if (!words.mode) {
            invocation.out.note(QStringLiteral("sharelock: a mode is manual, auto or disabled."));
            return std::nullopt;
        }
        names.resize(names.size() - 2);
    } else if (!names.isEmpty() && names.last() == QLatin1String("unset")) {
        words.changes = true;
        names.removeLast();
    }
    const bool isGlobal = invocation.options.isSet(QStringLiteral("global"));
    if (names.size() > 1 || (isGlobal && !names.isEmpty())) {
        invocation.out.note(
            QStringLiteral("sharelock: mode takes [DIR] [set manual|auto|disabled], or --global "
                           "in the place of DIR."));
        return std::nullopt;
    }
    if (!isGlobal)
        words.directory = QDir::cleanPath(QFileInfo(names.value(0, QStringLiteral("."))).absoluteFilePath());
    return words;
}

//! The modes after --require; nothing when one is no mode.
std::optional<std::vector<ShareMode>> required(const Invocation& invocation)
{
    std::vector<ShareMode> modes;
    const QString list = invocation.options.value(QStringLiteral("require"));
    for (const QString& word : list.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const auto mode = opencode::shareModeOf(word);
        if (!mode) {
            invocation.out.note(QStringLiteral("sharelock: --require takes manual, auto or disabled."));
            return std::nullopt;
        }
        modes.push_back(*mode);
    }
    return modes;
}

int statusOf(const opencode::ModeReport& report, const std::vector<ShareMode>& modes)
{
    if (!report.mode)
        return CannotTell;
    const bool isSo = modes.empty() || std::find(modes.begin(), modes.end(), *report.mode) != modes.end();
    return isSo ? Done : NotDone;
}

void print(const opencode::ModeReport& report, const Invocation& invocation)
{
    Output& out = invocation.out;
    if (report.error)
        out.error(*report.error);
    if (out.json()) {
        out.document(modeJson(report));
        return;
    }
    if (report.mode)
        out.line(opencode::modeName(*report.mode) + QStringLiteral("  ") + visible(decidedBy(report)));
    if (invocation.options.isSet(QStringLiteral("why")))
        printWhy(report, out);
}

int printAll(const Invocation& invocation, const std::vector<ShareMode>& modes)
{
    Output& out = invocation.out;
    // What opencode's database can't say is missing below, and the reason is told.
    if (const auto sessions = invocation.manager.sessions(); !sessions)
        out.error(sessions.error());
    const auto projects = invocation.manager.modes().list();
    if (!projects) {
        out.error(projects.error());
        return statusFor(projects.error());
    }
    int status = Done;
    QJsonArray array;
    std::vector<QStringList> rows;
    for (const sharing::ProjectMode& project : *projects) {
        const opencode::ModeReport& report = project.report;
        if (!project.missing)
            status = std::max(status, statusOf(report, modes));
        array.append(projectModeJson(project));
        rows.push_back({project.isMachine() ? QStringLiteral("(this computer)") : visible(project.name),
                        report.mode ? opencode::modeName(*report.mode) : QStringLiteral("broken"),
                        QString::number(project.links.size()), QString::number(project.violating.size()),
                        visible(report.place.directory), visible(decidedBy(report))});
    }
    if (out.json())
        out.document(array);
    else
        out.table({QStringLiteral("PROJECT"), QStringLiteral("MODE"), QStringLiteral("LINKS"),
                   QStringLiteral("VIOLATING"), QStringLiteral("DIRECTORY"), QStringLiteral("DECIDED BY")},
                  rows);
    return status;
}

//! Why the mode can't be set there, and what can be done.
int printBlocked(const opencode::ModePlan& plan, const Invocation& invocation)
{
    Output& out = invocation.out;
    const opencode::ModeLayer& blocker = *plan.blocker;
    const QString name = visible(blocker.name);
    if (out.json()) {
        QJsonObject json{{QStringLiteral("blockedBy"), opencode::layerName(blocker.kind)},
                         {QStringLiteral("file"), blocker.name},
                         {QStringLiteral("editable"), blocker.editable}};
        if (plan.instead)
            json[QStringLiteral("instead")] = changeJson(invocation.manager.modes(), *plan.instead);
        out.document(json);
    }
    if (plan.instead) {
        out.note(QStringLiteral(
                     "%1 says \"%2\" and wins over every file of this place. To change that file, which "
                     "holds for other projects, too, give --instead.")
                     .arg(name, blocker.value));
    } else if (blocker.kind == opencode::LayerKind::Variable || blocker.kind == opencode::LayerKind::Inline) {
        out.note(
            QStringLiteral("The environment variable %1 says \"%2\" and wins over every file. Unset it where "
                           "opencode is started.")
                .arg(name, blocker.value));
    } else {
        out.note(
            QStringLiteral("%1 says \"%2\" and wins over every file of this place. It can't be edited here.")
                .arg(name, blocker.value));
    }
    return NotDone;
}

//! Auto makes things public without anybody asking again, so it needs a yes.
bool isConfirmed(const Invocation& invocation, const Words& words)
{
    if (words.mode != ShareMode::Auto || invocation.options.isSet(QStringLiteral("yes")))
        return true;
    const QString meaning =
        QStringLiteral("With auto, every new session here is public at once, with everything in it.");
    if (invocation.out.confirm(meaning + QStringLiteral(" Go on?")))
        return true;
    invocation.out.note(meaning + QStringLiteral(" Give --yes to set it all the same."));
    return false;
}

//! What opencode itself says, which programs go on with the old mode, and how a team gets the new one.
QCoro::Task<void> followUp(const opencode::ModeChange& change, const opencode::ModeReport& report,
                           const Invocation& invocation)
{
    Output& out = invocation.out;
    const sharing::ShareModes& modes = invocation.manager.modes();
    const opencode::ModeLayer* winner = report.winner();
    if (winner != nullptr && winner->kind != opencode::LayerKind::Variable) {
        out.progress(QStringLiteral("Asking opencode"));
        const auto echo = co_await modes.askOpencode(change.place, invocation.stop);
        if (!echo && echo.error().code != ErrorCode::OpencodeMissing)
            out.note(QStringLiteral("opencode could not be asked: ") + caption(echo.error()));
        else if (echo && report.mode != *echo)
            out.note(
                QStringLiteral("But opencode says %1: it may have configuration that is not looked at here.")
                    .arg(opencode::modeName(*echo)));
        else if (echo)
            out.note(QStringLiteral("opencode, asked again, says so too."));
    }
    const sharing::ModeFacts facts = co_await modes.facts(change.place.directory, invocation.stop);
    for (const opencode::OpencodeProcess& process : facts.stale)
        out.note(QStringLiteral("Still on the old mode until restarted: opencode in %1, process %2.")
                     .arg(visible(process.directory))
                     .arg(process.pid));
    if (!facts.gitCommand.isEmpty())
        out.note(QStringLiteral("To apply it to your team: ") + visible(facts.gitCommand));
}

QCoro::Task<int> carryOut(opencode::ModeChange change, Words words, const Invocation& invocation)
{
    Output& out = invocation.out;
    const bool isTrial = invocation.options.isSet(QStringLiteral("dry-run"));
    if (!out.json())
        printChange(invocation.manager.modes(), change, out);
    if (!isTrial && !isConfirmed(invocation, words))
        co_return Usage;
    std::optional<opencode::ModeReport> report;
    if (!isTrial) {
        auto applied = invocation.manager.modes().apply(change);
        if (!applied) {
            out.error(applied.error());
            co_return statusFor(applied.error());
        }
        report = *std::move(applied);
    }
    const QString mode = change.outcome ? opencode::modeName(*change.outcome) : QString();
    if (out.json()) {
        QJsonObject json = report ? modeJson(*report) : QJsonObject{{QStringLiteral("mode"), mode}};
        json[QStringLiteral("change")] = changeJson(invocation.manager.modes(), change);
        json[QStringLiteral("written")] = !isTrial;
        out.document(json);
    } else {
        out.note(isTrial ? QStringLiteral("Nothing was written. The mode would be %1.").arg(mode)
                         : QStringLiteral("Written. The mode is %1 now.").arg(mode));
    }
    if (report)
        co_await followUp(change, *report, invocation);
    co_return Done;
}

QCoro::Task<int> change(Words words, const Invocation& invocation)
{
    const auto plan = invocation.manager.modes().plan(words.directory, words.mode);
    if (!plan) {
        invocation.out.error(plan.error());
        co_return statusFor(plan.error());
    }
    const bool takesInstead = plan->instead && invocation.options.isSet(QStringLiteral("instead"));
    if (plan->change || takesInstead) {
        const opencode::ModeChange& chosen = plan->change ? *plan->change : *plan->instead;
        const int status = co_await carryOut(chosen, words, invocation);
        co_return status;
    }
    if (!plan->already)
        co_return printBlocked(*plan, invocation);
    const auto report = invocation.manager.modes().report(words.directory);
    print(report, invocation);
    invocation.out.note(QStringLiteral("Nothing to change."));
    co_return Done;
}

QCoro::Task<int> run(const Invocation& invocation)
{
    const auto modes = required(invocation);
    if (!modes)
        co_return Usage;
    if (invocation.options.isSet(QStringLiteral("all"))) {
        if (!invocation.names.isEmpty()) {
            invocation.out.note(QStringLiteral("sharelock: --all takes no directory."));
            co_return Usage;
        }
        co_return printAll(invocation, *modes);
    }
    const auto words = read(invocation);
    if (!words)
        co_return Usage;
    if (!words->directory.isEmpty() && !QFileInfo(words->directory).isDir()) {
        invocation.out.error(
            Error{ErrorCode::FileFailed, words->directory, QStringLiteral("There is no such folder.")});
        co_return NotDone;
    }
    if (words->changes) {
        const int status = co_await change(*words, invocation);
        co_return status;
    }
    const auto report = invocation.manager.modes().report(words->directory);
    print(report, invocation);
    co_return statusOf(report, *modes);
}

} // namespace

Command modeCommand()
{
    return {"mode", "[DIR] [set MODE|unset …]",
            "Show what opencode shares in a directory and why, or change it.",
            [](QCommandLineParser& parser) {
                const auto add = [&parser](const char* name, const char* text, const char* value = nullptr) {
                    QCommandLineOption option(QString::fromLatin1(name), QString::fromLatin1(text));
                    if (value != nullptr)
                        option.setValueName(QString::fromLatin1(value));
                    parser.addOption(option);
                };
                add("why", "List all layers, with file, line and value.");
                add("all", "This computer and every project that opencode knows.");
                add("global", "This computer, in the place of a directory.");
                add("require", "End with 1 unless it is one of these modes, by comma.", "MODES");
                add("dry-run", "Show what would be written, and write nothing.");
                add("instead", "Change the file that wins where the project's own can't.");
                add("yes", "Set auto without being asked.");
            },
            run};
}

} // namespace sharelock::cli
