// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "opencode/config_layers.h"
#include "opencode/effective_config.h"

#include <map>

namespace sharelock::opencode {

//! \brief What files are taken to hold instead of what they do: to see where a change would lead.
using FileTexts = std::map<QString, QByteArray>;

//! \brief What one layer says about sharing.
struct LayerReading
{
    ConfigLayer layer;
    bool exists = false;
    std::optional<ShareMode> mode; //!< `share`.
    int modeLine = 0;              //!< From 1; 0: not in a file.
    std::optional<bool> autoShare; //!< `autoshare`, which older opencodes wrote.
    int autoShareLine = 0;
    std::optional<QUrl> server; //!< `enterprise.url`.
    std::optional<Error> error; //!< Then opencode does not start there.
};

//! \brief Not on the GUI thread.
[[nodiscard]] LayerReading readLayer(const Environment& environment, const ConfigLayer& layer,
                                     const FileTexts& instead = {});

//! \brief What comes of all layers, lowest first, and of the switches in the environment. None may be broken.
[[nodiscard]] EffectiveConfig fold(const Environment& environment, const std::vector<LayerReading>& layers);

} // namespace sharelock::opencode
