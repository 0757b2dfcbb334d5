// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QUrl>

class QQmlEngine;

namespace sharelock::qml {

//! \brief Makes \p engine ready for the window: the module's types and import path, the icons, and no network
//! at all. AppContext::setInstance() comes first. To be called before anything is loaded.
void prepareEngine(QQmlEngine& engine);

//! \brief The window's file.
[[nodiscard]] QUrl mainUrl();

} // namespace sharelock::qml
