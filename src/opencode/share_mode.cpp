// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/share_mode.h"

#include "base/thread_guard.h"
#include "opencode/flags.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace sharelock::opencode {

namespace {

bool isProjects(LayerKind kind)
{
    return kind == LayerKind::ProjectFile || kind == LayerKind::ProjectFolder;
}

std::vector<ConfigLayer> layersOf(const Environment& environment, const ModePlace& place)
{
    if (!place.directory.isEmpty()) {
        return configLayers(environment, place.directory, place.worktree);
    }
    auto layers = configLayers(environment, environment.home, QDir::rootPath());
    std::erase_if(layers, [](const ConfigLayer& layer) { return isProjects(layer.kind); });
    return layers;
}

//! Whether we could write it: the file, or the folder that it would be in.
bool isEditable(const ConfigLayer& layer)
{
    if (layer.kind == LayerKind::Managed || layer.text) {
        return false;
    }
    const QFileInfo file(layer.name);
    return file.exists() ? file.isFile() && file.isWritable() : true;
}

ModeLayer modeLayer(const LayerReading& reading)
{
    ModeLayer layer;
    layer.kind = reading.layer.kind;
    layer.name = reading.layer.name;
    layer.line = reading.modeLine;
    layer.mode = reading.mode;
    layer.value = reading.mode ? modeName(*reading.mode) : QString();
    layer.editable = isEditable(reading.layer);
    layer.error = reading.error;
    return layer;
}

ModeLayer legacyLayer(const LayerReading& reading)
{
    ModeLayer layer = modeLayer(reading);
    layer.legacy = true;
    layer.line = reading.autoShareLine;
    layer.value = *reading.autoShare ? QStringLiteral("true") : QStringLiteral("false");
    layer.mode = *reading.autoShare ? std::optional(ShareMode::Auto) : std::nullopt;
    layer.error.reset();
    return layer;
}

void addVariable(const Environment& environment, const QString& name, ShareMode mode, ModeReport& report)
{
    if (!isFlagSet(environment, name)) {
        return;
    }
    ModeLayer layer;
    layer.kind = LayerKind::Variable;
    layer.name = name;
    layer.mode = mode;
    layer.value = modeName(mode);
    report.layers.push_back(layer);
}

//! The layer that fold() took the mode from.
void markWinner(const EffectiveConfig& config, ModeReport& report)
{
    const auto saidIt = [&](const ModeLayer& layer) {
        return layer.name == config.modeFile && layer.mode == config.mode;
    };
    const auto winner = std::find_if(report.layers.rbegin(), report.layers.rend(), saidIt);
    if (winner != report.layers.rend()) {
        winner->wins = true;
    }
}

//! Both of a folder's files say something; the one with comments in its name wins.
void warnOfTwins(ModeReport& report)
{
    const ModeLayer* before = nullptr;
    for (const ModeLayer& layer : report.layers) {
        if (layer.legacy || layer.line == 0) {
            continue;
        }
        if (before != nullptr && before->kind == layer.kind &&
            QFileInfo(before->name).path() == QFileInfo(layer.name).path()) {
            report.warnings.push_back({ModeWarning::Kind::TwoFiles, before->name, layer.name});
        }
        before = &layer;
    }
}

void warnOfOverrides(ModeReport& report)
{
    const ModeLayer* winner = report.winner();
    if (winner == nullptr || winner->kind == LayerKind::Variable) {
        return;
    }
    for (const ModeLayer& layer : report.layers) {
        const bool differs = layer.mode && layer.mode != winner->mode && !layer.legacy;
        if (layer.kind == LayerKind::ProjectFile && winner->kind != LayerKind::ProjectFile && differs) {
            report.warnings.push_back({ModeWarning::Kind::Overridden, layer.name, winner->name});
        }
    }
}

//! Providers that a person logged in to by address tell opencode where to fetch configuration. Only the names
//! are looked at: the rest of the file is tokens.
void warnOfRemote(const Environment& environment, ModeReport& report)
{
    constexpr qint64 largest = 1024 * 1024;
    QFile file(environment.opencodeDataFolder() + u"/auth.json");
    if (file.size() > largest || !file.open(QIODevice::ReadOnly)) {
        return;
    }
    QByteArray text = file.read(largest);
    const QJsonObject logins = QJsonDocument::fromJson(text).object();
    text.fill('\0');
    for (auto login = logins.begin(); login != logins.end(); ++login) {
        if (login.value().toObject().value(u"type").toString() == u"wellknown") {
            report.warnings.push_back({ModeWarning::Kind::Remote, login.key(), {}});
        }
    }
}

void warn(const Environment& environment, ModeReport& report)
{
    warnOfTwins(report);
    warnOfOverrides(report);
    for (const ModeLayer& layer : report.layers) {
        if (layer.legacy) {
            report.warnings.push_back({ModeWarning::Kind::Legacy, layer.name, {}});
        }
        if (layer.kind == LayerKind::Variable && layer.wins) {
            report.warnings.push_back({ModeWarning::Kind::VariableWins, layer.name, {}});
        }
    }
    if (!report.place.directory.isEmpty() && isFlagSet(environment, noProjectVariable)) {
        report.warnings.push_back({ModeWarning::Kind::ProjectIgnored, noProjectVariable, {}});
    }
    warnOfRemote(environment, report);
}

} // namespace

bool isOwnLayer(LayerKind kind, const ModePlace& place)
{
    return place.directory.isEmpty() ? kind == LayerKind::Global : isProjects(kind);
}

QString layerName(LayerKind kind)
{
    switch (kind) {
    case LayerKind::Default:
        break;
    case LayerKind::Global:
        return QStringLiteral("global");
    case LayerKind::NamedFile:
        return QStringLiteral("named-file");
    case LayerKind::ProjectFile:
        return QStringLiteral("project-file");
    case LayerKind::ProjectFolder:
        return QStringLiteral("project-folder");
    case LayerKind::HomeFolder:
        return QStringLiteral("home-folder");
    case LayerKind::ConfigFolder:
        return QStringLiteral("config-folder");
    case LayerKind::Inline:
        return QStringLiteral("inline");
    case LayerKind::Managed:
        return QStringLiteral("managed");
    case LayerKind::Variable:
        return QStringLiteral("variable");
    }
    return QStringLiteral("default");
}

const ModeLayer* ModeReport::winner() const
{
    const auto found =
        std::find_if(layers.begin(), layers.end(), [](const ModeLayer& layer) { return layer.wins; });
    return found == layers.end() ? nullptr : &*found;
}

ModePlace modePlace(const QString& directory)
{
    assertOffGuiThread("looking for a project's root");
    // opencode goes by the folder's own path, whatever links lead there.
    const QString canonical = QFileInfo(directory).canonicalFilePath();
    const QString clean = canonical.isEmpty() ? QDir::cleanPath(directory) : canonical;
    QString folder = clean;
    while (!QFileInfo::exists(folder + u"/.git")) {
        const QString parent = QFileInfo(folder).path();
        if (parent == folder) {
            return {clean, QDir::rootPath()};
        }
        folder = parent;
    }
    return {clean, folder};
}

ModeReport shareMode(const Environment& environment, const ModePlace& place, const FileTexts& instead)
{
    ModeReport report;
    report.place = place;
    report.layers.emplace_back();
    report.layers.back().mode = ShareMode::Manual;
    report.layers.back().value = modeName(ShareMode::Manual);
    std::vector<LayerReading> readings;
    for (const ConfigLayer& layer : layersOf(environment, place)) {
        LayerReading reading = readLayer(environment, layer, instead);
        if (!layer.text) {
            report.files.append(layer.name);
        }
        if (reading.error && !report.error) {
            report.error = reading.error;
        }
        if (reading.autoShare) {
            report.layers.push_back(legacyLayer(reading));
        }
        if (reading.mode || reading.error) {
            report.layers.push_back(modeLayer(reading));
        }
        readings.push_back(std::move(reading));
    }
    addVariable(environment, autoShareVariable, ShareMode::Auto, report);
    addVariable(environment, disableShareVariable, ShareMode::Disabled, report);
    if (!report.error) {
        const EffectiveConfig config = fold(environment, readings);
        report.mode = config.mode;
        markWinner(config, report);
    }
    warn(environment, report);
    return report;
}

} // namespace sharelock::opencode
