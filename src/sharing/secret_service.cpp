// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/secret_service.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <QCoroSignal>

#include <utility>

namespace sharelock::sharing {

namespace {

constexpr int answerWithinMs = 10'000;

QString serviceName()
{
    return QStringLiteral("org.freedesktop.secrets");
}

bool isRunning()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    return bus.isConnected() && bus.interface()->isServiceRegistered(serviceName()).value();
}

QDBusMessage methodCall(const QString& path, const QString& interface, const QString& method)
{
    return QDBusMessage::createMethodCall(serviceName(), path, interface, method);
}

QCoro::Task<QDBusMessage> ask(QDBusMessage question)
{
    const QDBusPendingCall call = QDBusConnection::sessionBus().asyncCall(question, answerWithinMs);
    QDBusPendingCallWatcher watcher(call);
    if (!watcher.isFinished())
        co_await qCoro(&watcher, &QDBusPendingCallWatcher::finished);
    QDBusMessage reply = watcher.reply();
    co_return reply;
}

} // namespace

QCoro::Task<KeyringHealth> keyringHealth()
{
    if (!isRunning())
        co_return KeyringHealth::Absent;
    QDBusMessage question =
        methodCall(QStringLiteral("/org/freedesktop/secrets"),
                   QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("ReadAlias"));
    question << QStringLiteral("default");
    const QDBusMessage named = co_await ask(question);
    if (named.type() != QDBusMessage::ReplyMessage)
        co_return KeyringHealth::Unanswering;
    const auto path = named.arguments().value(0).value<QDBusObjectPath>();
    if (path.path().isEmpty() || path.path() == QLatin1String("/"))
        co_return KeyringHealth::NoDefault;

    question =
        methodCall(path.path(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    const QDBusMessage told = co_await ask(question);
    if (told.type() != QDBusMessage::ReplyMessage)
        co_return KeyringHealth::NoDefault;
    const bool locked = told.arguments().value(0).value<QDBusVariant>().variant().toBool();
    co_return locked ? KeyringHealth::Locked : KeyringHealth::Usable;
}

QCoro::Task<KeyringItem> findKeyringItem(QMap<QString, QString> attributes)
{
    if (!isRunning())
        co_return KeyringItem::None;
    qDBusRegisterMetaType<QMap<QString, QString>>();
    QDBusMessage question =
        methodCall(QStringLiteral("/org/freedesktop/secrets"),
                   QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("SearchItems"));
    question << QVariant::fromValue(attributes);
    const QDBusMessage answer = co_await ask(question);
    const QDBusPendingReply<QList<QDBusObjectPath>, QList<QDBusObjectPath>> found(answer);
    if (!found.isValid())
        co_return KeyringItem::NotTold;
    if (!found.argumentAt<0>().isEmpty())
        co_return KeyringItem::Readable;
    co_return found.argumentAt<1>().isEmpty() ? KeyringItem::None : KeyringItem::InLockedKeyring;
}

} // namespace sharelock::sharing
