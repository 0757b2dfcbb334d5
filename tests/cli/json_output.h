// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace sharelock::tests {

inline QString text(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toString();
}

inline bool isUtcTime(const QJsonValue& value)
{
    return value.toString().endsWith(QLatin1Char('Z')) &&
           QDateTime::fromString(value.toString(), Qt::ISODateWithMs).isValid();
}

inline QJsonObject sessionTitled(const QJsonArray& sessions, const QString& title)
{
    for (const QJsonValue& session : sessions) {
        if (text(session.toObject(), "title") == title)
            return session.toObject();
    }
    return {};
}

inline const QStringList fileVault{QStringLiteral("--vault"), QStringLiteral("file")};
inline const QString sample = QStringLiteral("Add retry to payment webhook");

} // namespace sharelock::tests
