// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/effective_config.h"

#include "base/thread_guard.h"
#include "opencode/config_layers.h"
#include "opencode/flags.h"
#include "opencode/jsonc.h"

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

Expected<QByteArray> textOf(const ConfigLayer& layer)
{
    if (layer.text) {
        return *layer.text;
    }
    if (!QFileInfo::exists(layer.name)) {
        return QByteArray();
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

std::optional<ShareMode> shareMode(const QString& word)
{
    if (word == u"manual") {
        return ShareMode::Manual;
    }
    if (word == u"auto") {
        return ShareMode::Auto;
    }
    if (word == u"disabled") {
        return ShareMode::Disabled;
    }
    return std::nullopt;
}

//! Takes in one layer after the other.
class Resolver
{
public:
    explicit Resolver(const Environment& environment)
        : m_environment(environment)
    {
    }

    Expected<void> take(const ConfigLayer& layer)
    {
        const auto text = textOf(layer);
        if (!text) {
            return tl::unexpected(text.error());
        }
        const auto config = parseJsonc(*text, layer.name);
        if (!config) {
            return tl::unexpected(config.error());
        }
        if (auto taken = takeMode(*config, layer); !taken) {
            return taken;
        }
        return takeServer(*config, layer);
    }

    EffectiveConfig finish()
    {
        if (m_autoShare && m_config.modeFile.isEmpty()) {
            m_config.mode = ShareMode::Auto;
            m_config.modeFile = m_autoShareFile;
        }
        const QString autoShare = QStringLiteral("OPENCODE_AUTO_SHARE");
        if (m_config.mode == ShareMode::Manual && isFlagSet(m_environment, autoShare)) {
            m_config.mode = ShareMode::Auto;
            m_config.modeFile = autoShare;
        }
        const QString disable = QStringLiteral("OPENCODE_DISABLE_SHARE");
        if (m_config.mode != ShareMode::Disabled && isFlagSet(m_environment, disable)) {
            m_config.mode = ShareMode::Disabled;
            m_config.modeFile = disable;
        }
        return std::move(m_config);
    }

private:
    Expected<void> takeMode(const QJsonObject& config, const ConfigLayer& layer)
    {
        if (const auto legacy = config.value(u"autoshare"); legacy.isBool()) {
            m_autoShare = legacy.toBool();
            m_autoShareFile = layer.name;
        }
        const auto share = config.value(u"share");
        if (share.isUndefined()) {
            return {};
        }
        const auto word = substituted(m_environment, layer, share.toString());
        if (!word) {
            return tl::unexpected(word.error());
        }
        const auto mode = shareMode(*word);
        if (!mode) {
            return fail(ErrorCode::ConfigBroken, layer.name,
                        QStringLiteral("\"share\" is none of manual, auto, disabled."));
        }
        m_config.mode = *mode;
        m_config.modeFile = layer.name;
        return {};
    }

    Expected<void> takeServer(const QJsonObject& config, const ConfigLayer& layer)
    {
        const auto value = config.value(u"enterprise").toObject().value(u"url");
        if (value.isUndefined()) {
            return {};
        }
        const auto text = substituted(m_environment, layer, value.toString());
        if (!text) {
            return tl::unexpected(text.error());
        }
        const QUrl url(*text, QUrl::StrictMode);
        const bool isWeb = url.scheme() == u"https" || url.scheme() == u"http";
        if (!url.isValid() || !isWeb || url.host().isEmpty()) {
            return fail(ErrorCode::ConfigBroken, layer.name,
                        QStringLiteral("\"enterprise.url\" is no web address."));
        }
        m_config.shareServer = url;
        m_config.serverFile = layer.name;
        return {};
    }

    const Environment& m_environment;
    EffectiveConfig m_config;
    bool m_autoShare = false;
    QString m_autoShareFile;
};

} // namespace

Expected<EffectiveConfig> effectiveConfig(const Environment& environment, const QString& directory,
                                          const QString& worktree)
{
    assertOffGuiThread("reading opencode's configuration");
    Resolver resolver(environment);
    for (const ConfigLayer& layer : configLayers(environment, directory, worktree)) {
        if (auto taken = resolver.take(layer); !taken) {
            return tl::unexpected(taken.error());
        }
    }
    return resolver.finish();
}

} // namespace sharelock::opencode
