// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/environment.h"

#include <QRect>

namespace sharelock::app {

enum class ThemeChoice
{
    System,
    Light,
    Dark
};

//! \brief What the window remembers from one run to the next. A value.
struct Preferences
{
    ThemeChoice theme = ThemeChoice::System;
    QRect window; //!< Null: never saved.
    bool maximized = false;
    bool lookThrough = true;   //!< All sessions are looked through in the background.
    bool keepWatching = false; //!< Closing the window leaves Sharelock in the tray.

    bool operator==(const Preferences&) const = default;
};

//! \brief From `window.ini` in the configuration folder; what is missing or broken there reads as unset.
//! Not on the GUI thread: called before that is marked, and by the core thread.
[[nodiscard]] Preferences loadPreferences(const Environment& environment);
//! \brief Not on the GUI thread.
void savePreferences(const Environment& environment, const Preferences& preferences);

} // namespace sharelock::app
