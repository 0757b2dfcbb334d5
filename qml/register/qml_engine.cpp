// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "register/qml_engine.h"

#include "register/icon_provider.h"
#include "register/no_network.h"

#include <QQmlEngine>

// Made by the build from the module's types; nothing else refers to it, so a linker would leave it out.
extern void qml_register_types_Sharelock();

namespace sharelock::qml {

void prepareEngine(QQmlEngine& engine)
{
    // The engine keeps the pointer and asks from other threads too; it is stateless and lives as long as the
    // process.
    static NoNetwork noNetwork;
    engine.setNetworkAccessManagerFactory(&noNetwork);
    [[maybe_unused]] static volatile auto linked = &qml_register_types_Sharelock;
    engine.addImportPath(QStringLiteral(":/qt/qml"));
    engine.addImageProvider(QStringLiteral("icon"), new IconProvider);
}

QUrl mainUrl()
{
    return QUrl(QStringLiteral("qrc:/qt/qml/Sharelock/Main.qml"));
}

} // namespace sharelock::qml
