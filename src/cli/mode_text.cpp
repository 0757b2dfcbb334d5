// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "cli/mode_text.h"

#include "cli/json.h"

namespace sharelock::cli {

namespace {

using opencode::ModeLayer;
using opencode::ModeWarning;

QString place(const ModeLayer& layer)
{
    return layer.line > 0 ? layer.name + QLatin1Char(':') + QString::number(layer.line) : layer.name;
}

QString text(const ModeWarning& warning)
{
    switch (warning.kind) {
    case ModeWarning::Kind::Overridden:
        return QStringLiteral("%1 says otherwise, but %2 overrides it.").arg(warning.name, warning.other);
    case ModeWarning::Kind::TwoFiles:
        return QStringLiteral("%1 and %2 both set a mode; the second one wins.")
            .arg(warning.name, warning.other);
    case ModeWarning::Kind::Legacy:
        return QStringLiteral(
                   "%1 uses the old \"autoshare\", which counts only where nothing sets \"share\".")
            .arg(warning.name);
    case ModeWarning::Kind::VariableWins:
        return QStringLiteral("The environment variable %1 decides, wherever opencode is started with it.")
            .arg(warning.name);
    case ModeWarning::Kind::ProjectIgnored:
        return QStringLiteral("The environment variable %1 makes opencode ignore the project's files.")
            .arg(warning.name);
    case ModeWarning::Kind::Remote:
        return QStringLiteral("opencode also fetches configuration from %1, which is not looked at here.")
            .arg(warning.name);
    }
    return {};
}

QJsonObject layerJson(const ModeLayer& layer)
{
    QJsonObject json{
        {QStringLiteral("layer"), opencode::layerName(layer.kind)},
        {QStringLiteral("file"), layer.name.isEmpty() ? QJsonValue() : QJsonValue(layer.name)},
        {QStringLiteral("line"), layer.line > 0 ? QJsonValue(layer.line) : QJsonValue()},
        {QStringLiteral("value"), layer.value.isEmpty() ? QJsonValue() : QJsonValue(layer.value)},
        {QStringLiteral("wins"), layer.wins},
        {QStringLiteral("editable"), layer.editable}};
    if (layer.legacy)
        json[QStringLiteral("legacy")] = true;
    if (layer.error)
        json[QStringLiteral("error")] = layer.error->detail;
    return json;
}

QString sign(opencode::LineChange::Kind kind)
{
    switch (kind) {
    case opencode::LineChange::Kind::Removed:
        return QStringLiteral("-");
    case opencode::LineChange::Kind::Added:
        return QStringLiteral("+");
    case opencode::LineChange::Kind::Context:
        break;
    }
    return QStringLiteral(" ");
}

} // namespace

QJsonObject modeJson(const opencode::ModeReport& report)
{
    QJsonArray layers;
    for (const ModeLayer& layer : report.layers)
        layers.append(layerJson(layer));
    QJsonArray warnings;
    for (const ModeWarning& warning : report.warnings)
        warnings.append(text(warning));
    const QString& directory = report.place.directory;
    QJsonObject json{
        {QStringLiteral("directory"), directory.isEmpty() ? QJsonValue() : QJsonValue(directory)},
        {QStringLiteral("mode"), report.mode ? QJsonValue(opencode::modeName(*report.mode)) : QJsonValue()},
        {QStringLiteral("layers"), layers},
        {QStringLiteral("warnings"), warnings}};
    if (report.error)
        json[QStringLiteral("error")] =
            QString(caption(*report.error) + QLatin1Char(' ') + report.error->detail);
    return json;
}

QJsonObject projectModeJson(const sharing::ProjectMode& project)
{
    QJsonObject json = modeJson(project.report);
    json[QStringLiteral("name")] = project.isMachine() ? QJsonValue() : QJsonValue(project.name);
    json[QStringLiteral("missing")] = project.missing;
    json[QStringLiteral("sessions")] = project.sessions;
    json[QStringLiteral("lastSession")] = timeJson(project.lastSession);
    json[QStringLiteral("links")] = int(project.links.size());
    json[QStringLiteral("violating")] = int(project.violating.size());
    return json;
}

QString decidedBy(const opencode::ModeReport& report)
{
    const ModeLayer* winner = report.winner();
    if (winner == nullptr)
        return report.error ? report.error->subject : QString();
    return winner->name.isEmpty() ? opencode::layerName(winner->kind) : place(*winner);
}

void printWhy(const opencode::ModeReport& report, Output& out)
{
    std::vector<QStringList> rows;
    for (const ModeLayer& layer : report.layers) {
        const QString value = layer.error    ? QStringLiteral("broken")
                              : layer.legacy ? QStringLiteral("autoshare ") + layer.value
                                             : layer.value;
        const QString wins = layer.wins ? QStringLiteral("wins") : QString();
        rows.push_back({opencode::layerName(layer.kind), value, wins, visible(place(layer))});
    }
    out.table({QStringLiteral("LAYER"), QStringLiteral("VALUE"), QString(), QStringLiteral("WHERE")}, rows);
    for (const ModeWarning& warning : report.warnings)
        out.note(visible(text(warning)));
}

void printChange(const sharing::ShareModes& modes, const opencode::ModeChange& change, Output& out)
{
    out.line(visible(change.file) + (change.before ? QString() : QStringLiteral(" (new)")));
    for (const auto& line : modes.lines(change))
        out.line(sign(line.kind) + QLatin1Char(' ') + visible(line.text));
}

QJsonObject changeJson(const sharing::ShareModes& modes, const opencode::ModeChange& change)
{
    QJsonArray lines;
    for (const auto& line : modes.lines(change))
        lines.append(QString(sign(line.kind) + QLatin1Char(' ') + line.text));
    return {{QStringLiteral("file"), change.file},
            {QStringLiteral("new"), !change.before.has_value()},
            {QStringLiteral("lines"), lines}};
}

} // namespace sharelock::cli
