// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/layer_reading.h"

#include "base/thread_guard.h"
#include "opencode/flags.h"
#include "opencode/jsonc.h"
#include "opencode/jsonc_edit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace sharelock::opencode {

namespace {

//! A config file of more is a mistake or an attack.
constexpr qint64 maxConfigBytes = 16 * 1024 * 1024;

Expected<QByteArray> readFile(const QString& path, const QString& subject)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::ConfigBroken, subject, file.errorString());
    }
    QByteArray bytes = file.read(maxConfigBytes + 1);
    if (bytes.size() > maxConfigBytes) {
        return fail(ErrorCode::ConfigBroken, subject, QStringLiteral("The file is too large."));
    }
    return bytes;
}

//! Nothing when there is no such file.
Expected<std::optional<QByteArray>> textOf(const ConfigLayer& layer, const FileTexts& instead)
{
    if (layer.text) {
        return layer.text;
    }
    if (const auto other = instead.find(layer.name); other != instead.end()) {
        return other->second;
    }
    if (!QFileInfo::exists(layer.name)) {
        return std::nullopt;
    }
    return readFile(layer.name, layer.name);
}

//! Fills in `{env:NAME}`, then `{file:PATH}`. opencode does so in the whole text; here only in a value that
//! decides about sharing, since the others may fetch API keys.
Expected<QString> substituted(const Environment& environment, const ConfigLayer& layer, QString value)
{
    static const QRegularExpression variable(QStringLiteral(R"(\{env:([^}]+)\})"));
    static const QRegularExpression reference(QStringLiteral(R"(\{file:([^}]+)\})"));
    QRegularExpressionMatch match;
    qsizetype from = 0;
    while ((match = variable.match(value, from)).hasMatch()) {
        const QString text = environment.variables.value(match.captured(1));
        value.replace(match.capturedStart(), match.capturedLength(), text);
        from = match.capturedStart() + text.size();
    }
    from = 0;
    while ((match = reference.match(value, from)).hasMatch()) {
        QString path = match.captured(1);
        if (path.startsWith(u"~/")) {
            path = environment.home + path.mid(1);
        }
        const auto content = readFile(QDir(layer.folder).absoluteFilePath(path), layer.name);
        if (!content) {
            return tl::unexpected(content.error());
        }
        const QString text = QString::fromUtf8(*content).trimmed();
        value.replace(match.capturedStart(), match.capturedLength(), text);
        from = match.capturedStart() + text.size();
    }
    return value;
}

int lineOf(const ConfigLayer& layer, const QByteArray& text, const QString& member)
{
    const auto found = layer.text ? std::nullopt : findMember(text, member);
    return found ? found->line : 0;
}

Expected<void> takeMode(const Environment& environment, const QJsonObject& config, LayerReading& reading)
{
    if (const auto legacy = config.value(u"autoshare"); legacy.isBool()) {
        reading.autoShare = legacy.toBool();
    } else if (!legacy.isUndefined()) {
        return fail(ErrorCode::ConfigBroken, reading.layer.name,
                    QStringLiteral("\"autoshare\" is neither true nor false."));
    }
    const auto share = config.value(u"share");
    if (share.isUndefined()) {
        return {};
    }
    const auto word = substituted(environment, reading.layer, share.toString());
    if (!word) {
        return tl::unexpected(word.error());
    }
    reading.mode = shareModeOf(*word);
    if (!reading.mode) {
        return fail(ErrorCode::ConfigBroken, reading.layer.name,
                    QStringLiteral("\"share\" is none of manual, auto, disabled."));
    }
    return {};
}

Expected<void> takeServer(const Environment& environment, const QJsonObject& config, LayerReading& reading)
{
    const auto enterprise = config.value(u"enterprise");
    if (!enterprise.isUndefined() && !enterprise.isObject()) {
        return fail(ErrorCode::ConfigBroken, reading.layer.name,
                    QStringLiteral("\"enterprise\" is no object."));
    }
    const auto value = enterprise.toObject().value(u"url");
    if (value.isUndefined()) {
        return {};
    }
    const auto text = substituted(environment, reading.layer, value.toString());
    if (!text) {
        return tl::unexpected(text.error());
    }
    const QUrl url(*text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"https" || url.scheme() == u"http";
    if (!url.isValid() || !isWeb || url.host().isEmpty()) {
        return fail(ErrorCode::ConfigBroken, reading.layer.name,
                    QStringLiteral("\"enterprise.url\" is no web address."));
    }
    reading.server = url;
    return {};
}

Expected<void> take(const Environment& environment, const QByteArray& text, LayerReading& reading)
{
    const auto config = parseJsonc(text, reading.layer.name);
    if (!config) {
        return tl::unexpected(config.error());
    }
    if (auto taken = takeMode(environment, *config, reading); !taken) {
        return taken;
    }
    if (reading.mode) {
        reading.modeLine = lineOf(reading.layer, text, QStringLiteral("share"));
    }
    if (reading.autoShare) {
        reading.autoShareLine = lineOf(reading.layer, text, QStringLiteral("autoshare"));
    }
    return takeServer(environment, *config, reading);
}

} // namespace

LayerReading readLayer(const Environment& environment, const ConfigLayer& layer, const FileTexts& instead)
{
    assertOffGuiThread("reading opencode's configuration");
    LayerReading reading;
    reading.layer = layer;
    const auto text = textOf(layer, instead);
    if (!text) {
        reading.exists = true;
        reading.error = text.error();
        return reading;
    }
    reading.exists = text->has_value();
    if (!reading.exists) {
        return reading;
    }
    if (const auto taken = take(environment, **text, reading); !taken) {
        reading.error = taken.error();
    }
    return reading;
}

EffectiveConfig fold(const Environment& environment, const std::vector<LayerReading>& layers)
{
    EffectiveConfig config;
    bool autoShare = false;
    QString autoShareFile;
    for (const LayerReading& reading : layers) {
        if (reading.autoShare) {
            autoShare = *reading.autoShare;
            autoShareFile = reading.layer.name;
        }
        if (reading.mode) {
            config.mode = *reading.mode;
            config.modeFile = reading.layer.name;
        }
        if (reading.server) {
            config.shareServer = *reading.server;
            config.serverFile = reading.layer.name;
        }
    }
    if (autoShare && config.modeFile.isEmpty()) {
        config.mode = ShareMode::Auto;
        config.modeFile = autoShareFile;
    }
    if (config.mode == ShareMode::Manual && isFlagSet(environment, autoShareVariable)) {
        config.mode = ShareMode::Auto;
        config.modeFile = autoShareVariable;
    }
    if (config.mode != ShareMode::Disabled && isFlagSet(environment, disableShareVariable)) {
        config.mode = ShareMode::Disabled;
        config.modeFile = disableShareVariable;
    }
    return config;
}

} // namespace sharelock::opencode
