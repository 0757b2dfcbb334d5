// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/secret.h"
#include "sharing/key_vault.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QList>
#include <QString>
#include <QVariantList>

#include <csignal>

//! \brief What a test does to the gnome-keyring of its private D-Bus session, past the code under test.
namespace keyring {

inline QString serviceName()
{
    return QStringLiteral("org.freedesktop.secrets");
}

inline sharelock::Expected<sharelock::Secret> read(sharelock::sharing::MasterKeyStore& store)
{
    return QCoro::waitFor(store.read());
}

inline sharelock::Expected<void> write(sharelock::sharing::MasterKeyStore& store,
                                       const sharelock::Secret& key)
{
    return QCoro::waitFor(store.write(key));
}

inline sharelock::Expected<void> erase(sharelock::sharing::MasterKeyStore& store)
{
    return QCoro::waitFor(store.erase());
}

//! \brief Calls the service without asking it for its interfaces first.
inline QDBusMessage call(const QString& path, const QString& interface, const QString& method,
                         const QVariantList& arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(serviceName(), path, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

//! \brief Locks the default keyring, as the desktop does when the person asks for it.
inline bool lock()
{
    const QString root = QStringLiteral("/org/freedesktop/secrets");
    const QString service = QStringLiteral("org.freedesktop.Secret.Service");
    const QDBusMessage alias = call(root, service, QStringLiteral("ReadAlias"), {QStringLiteral("default")});
    const auto path = alias.arguments().value(0).value<QDBusObjectPath>();
    const QVariant paths = QVariant::fromValue(QList<QDBusObjectPath>{path});
    const QDBusMessage locked = call(root, service, QStringLiteral("Lock"), {paths});
    const QDBusMessage told =
        call(path.path(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
             {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    return locked.type() == QDBusMessage::ReplyMessage &&
           told.arguments().value(0).value<QDBusVariant>().variant().toBool();
}

//! \brief Sends a signal to the keyring's process: SIGSTOP makes it hang, as one that waits for a person
//! does.
inline bool signalDaemon(int number)
{
    const auto pid = QDBusConnection::sessionBus().interface()->servicePid(serviceName());
    return pid.isValid() && ::kill(static_cast<pid_t>(pid.value()), number) == 0;
}

} // namespace keyring
