// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QQmlNetworkAccessManagerFactory>

namespace sharelock::qml {

//! \brief Refuses every request of the QML engine. The window shows foreign text; should one ever reach an
//! element that understands markup, nothing it names is fetched.
class NoNetwork : public QQmlNetworkAccessManagerFactory
{
public:
    QNetworkAccessManager* create(QObject* parent) override;
};

} // namespace sharelock::qml
