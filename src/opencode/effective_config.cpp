// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "opencode/effective_config.h"

#include "opencode/layer_reading.h"

#include <array>

namespace sharelock::opencode {

namespace {

constexpr std::array<std::pair<ShareMode, QLatin1StringView>, 3> modeNames{{
    {ShareMode::Manual, QLatin1StringView("manual")},
    {ShareMode::Auto, QLatin1StringView("auto")},
    {ShareMode::Disabled, QLatin1StringView("disabled")},
}};

} // namespace

QString modeName(ShareMode mode)
{
    for (const auto& [value, name] : modeNames) {
        if (value == mode) {
            return name;
        }
    }
    return {};
}

std::optional<ShareMode> shareModeOf(QStringView word)
{
    for (const auto& [value, name] : modeNames) {
        if (word == name) {
            return value;
        }
    }
    return std::nullopt;
}

Expected<EffectiveConfig> effectiveConfig(const Environment& environment, const QString& directory,
                                          const QString& worktree)
{
    std::vector<LayerReading> readings;
    for (const ConfigLayer& layer : configLayers(environment, directory, worktree)) {
        readings.push_back(readLayer(environment, layer));
        if (readings.back().error) {
            return tl::unexpected(*readings.back().error);
        }
    }
    return fold(environment, readings);
}

} // namespace sharelock::opencode
