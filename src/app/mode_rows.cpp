// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/mode_rows.h"

#include "app/times.h"

#include <QCoreApplication>

#include <algorithm>

namespace sharelock::app {

namespace {

using opencode::LayerKind;
using opencode::ModeLayer;
using opencode::ModeWarning;

QString tr(const char* text)
{
    return QCoreApplication::translate("ModeRows", text);
}

QString warningText(const ModeWarning& warning, const QString& directory, const QString& home)
{
    const QString name = placeText(warning.name, directory, home);
    const QString other = placeText(warning.other, directory, home);
    switch (warning.kind) {
    case ModeWarning::Kind::Overridden:
        return tr("%1 says otherwise, but %2 overrides it.").arg(name, other);
    case ModeWarning::Kind::TwoFiles:
        return tr("%1 and %2 both set a mode. opencode lets %2 win.").arg(name, other);
    case ModeWarning::Kind::Legacy:
        return tr("%1 uses the old “autoshare”. It counts only where nothing sets “share”.").arg(name);
    case ModeWarning::Kind::VariableWins:
        return tr("The environment variable %1 decides, wherever opencode is started with it.").arg(name);
    case ModeWarning::Kind::ProjectIgnored:
        return tr("The environment variable %1 makes opencode ignore the project's files.").arg(name);
    case ModeWarning::Kind::Remote:
        return tr("opencode also fetches configuration from %1, which Sharelock does not do. It may set a "
                  "mode "
                  "below those listed here.")
            .arg(name);
    }
    return {};
}

QString whyText(const sharing::ProjectMode& project, const QString& home)
{
    const opencode::ModeReport& report = project.report;
    if (report.error)
        return tr("opencode does not start here: %1")
            .arg(placeText(report.error->subject, report.place.directory, home));
    const ModeLayer* winner = report.winner();
    if (winner == nullptr || winner->kind == LayerKind::Default)
        return tr("opencode's default");
    if (winner->kind == LayerKind::Managed)
        return tr("Managed by your organisation");
    if (winner->kind == LayerKind::Global && !project.isMachine())
        return tr("from this computer");
    return placeText(winner->name, report.place.directory, home);
}

QVariantMap layerMap(const ModeLayer& layer, const QString& directory, const QString& home)
{
    QString place = placeText(layer.name, directory, home);
    if (layer.line > 0)
        place += QLatin1Char(':') + QString::number(layer.line);
    const bool lockable = layer.kind != LayerKind::Default;
    return {
        {QStringLiteral("kindText"), layerText(layer.kind)},
        {QStringLiteral("value"), layer.legacy ? QStringLiteral("autoshare ") + layer.value : layer.value},
        {QStringLiteral("place"), place},
        {QStringLiteral("wins"), layer.wins},
        {QStringLiteral("locked"), lockable && !layer.editable},
        {QStringLiteral("problem"), layer.error ? layer.error->detail : QString()}};
}

ModeRow modeRow(const sharing::ProjectMode& project, const QString& home)
{
    const opencode::ModeReport& report = project.report;
    ModeRow row;
    row.directory = report.place.directory;
    row.name = project.isMachine() ? tr("This computer") : project.name;
    row.path = project.isMachine() ? QString() : pathText(row.directory, home);
    row.modeKey = report.mode ? opencode::modeName(*report.mode) : QStringLiteral("broken");
    row.why = project.missing ? tr("The folder is not there any more") : whyText(project, home);
    row.key = (row.name + QLatin1Char(' ') + row.path).toLower();
    for (const ModeLayer& layer : report.layers) {
        row.layers.append(layerMap(layer, row.directory, home));
        const bool isOwn = opencode::isOwnLayer(layer.kind, report.place);
        row.hasOwn = row.hasOwn || (isOwn && !layer.legacy && layer.mode);
    }
    for (const ModeWarning& warning : report.warnings)
        row.warnings.append(warningText(warning, row.directory, home));
    if (report.error) {
        row.errorText = caption(*report.error);
        row.errorDetail = report.error->detail;
    }
    if (project.lastSession)
        row.lastSession = dateTime(*project.lastSession);
    row.sessions = project.sessions;
    row.perDay = double(project.recentSessions) / sharing::recentDays;
    row.links = int(project.links.size());
    row.violating = int(project.violating.size());
    row.missing = project.missing;
    row.added = project.added;
    const ModeLayer* winner = report.winner();
    row.locked = winner != nullptr && winner->kind != LayerKind::Default && !winner->editable;
    return row;
}

} // namespace

QString layerText(LayerKind kind)
{
    switch (kind) {
    case LayerKind::Default:
        return tr("Default");
    case LayerKind::Global:
        return tr("This computer");
    case LayerKind::NamedFile:
        return tr("File in OPENCODE_CONFIG");
    case LayerKind::ProjectFile:
        return tr("Project file");
    case LayerKind::ProjectFolder:
        return tr("Project folder .opencode");
    case LayerKind::HomeFolder:
        return tr("Home folder .opencode");
    case LayerKind::ConfigFolder:
        return tr("OPENCODE_CONFIG_DIR");
    case LayerKind::Inline:
        return tr("Text in the environment");
    case LayerKind::Managed:
        return tr("Organisation");
    case LayerKind::Variable:
        return tr("Environment variable");
    }
    return {};
}

QString pathText(const QString& path, const QString& home)
{
    if (!home.isEmpty() && (path == home || path.startsWith(home + QLatin1Char('/'))))
        return QLatin1Char('~') + path.mid(home.size());
    return path;
}

QString placeText(const QString& path, const QString& directory, const QString& home)
{
    if (!directory.isEmpty() && path.startsWith(directory + QLatin1Char('/')))
        return path.mid(directory.size() + 1);
    return pathText(path, home);
}

ModeRowsPtr modeRows(const std::vector<sharing::ProjectMode>& projects, const QString& home)
{
    auto all = std::make_shared<ModeRows>();
    for (const sharing::ProjectMode& project : projects) {
        all->rows.push_back(modeRow(project, home));
        all->files += project.report.files;
        all->onAuto += project.report.mode == opencode::ShareMode::Auto && !project.missing ? 1 : 0;
    }
    all->files.removeDuplicates();
    return all;
}

} // namespace sharelock::app
