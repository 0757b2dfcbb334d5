// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "sharing/desktop_notifier.h"

#include "base/thread_guard.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QStandardPaths>

#include <QCoroSignal>

#include <utility>

namespace sharelock::sharing {

namespace {

constexpr int answerWithinMs = 5'000;

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

QDBusMessage methodCall(const QString& method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

// Desktops show a sign for "no picture" where a name means nothing to them, and none for no name.
QString iconName()
{
    const QString file = QStandardPaths::locate(QStandardPaths::GenericDataLocation,
                                                QStringLiteral("icons/hicolor/scalable/apps/sharelock.svg"));
    return file.isEmpty() ? QString() : QStringLiteral("sharelock");
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

DesktopNotifier::DesktopNotifier(QObject* parent)
    : QObject(parent)
{
}

QCoro::Task<bool> DesktopNotifier::isThere()
{
    assertOffGuiThread("DesktopNotifier::isThere");
    if (std::exchange(m_isAsked, true))
        co_return m_isThere;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        co_return false;
    const QDBusMessage answer = co_await ask(methodCall(QStringLiteral("GetCapabilities")));
    if (answer.type() != QDBusMessage::ReplyMessage)
        co_return false;
    const QStringList capabilities = answer.arguments().value(0).toStringList();
    m_showsMarkup = capabilities.contains(QStringLiteral("body-markup"));
    m_hasActions = capabilities.contains(QStringLiteral("actions"));
    // Of this service alone: no other program on the bus can choose for the person.
    m_isThere = bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this,
                            SLOT(onActionInvoked(uint, QString)));
    co_return m_isThere;
}

QCoro::Task<Expected<quint32>> DesktopNotifier::show(DesktopNotice notice)
{
    QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("sharelock")}};
    hints.insert(QStringLiteral("urgency"), QVariant::fromValue<uchar>(notice.isUrgent ? 2 : 1));
    const QString body = m_showsMarkup ? notice.body.toHtmlEscaped() : notice.body;
    const QStringList actions = m_hasActions ? notice.actions : QStringList();
    constexpr int asTheDesktopDoes = -1;
    QDBusMessage question = methodCall(QStringLiteral("Notify"));
    question << QStringLiteral("Sharelock") << notice.replaces << iconName() << notice.title << body
             << actions << hints << asTheDesktopDoes;
    const QDBusMessage answer = co_await ask(question);
    if (answer.type() != QDBusMessage::ReplyMessage)
        co_return fail(ErrorCode::Internal, service, answer.errorName());
    co_return answer.arguments().value(0).toUInt();
}

void DesktopNotifier::onActionInvoked(uint number, const QString& action)
{
    Q_EMIT chosen(number, action);
}

} // namespace sharelock::sharing
