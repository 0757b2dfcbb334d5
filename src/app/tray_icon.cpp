// SPDX-FileCopyrightText: 2026 The Sharelock authors
// SPDX-License-Identifier: MIT

#include "app/tray_icon.h"

#include "app/tray_menu.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QIcon>
#include <QImage>
#include <QPixmap>
#include <QtEndian>

#include <utility>

namespace sharelock::app {

namespace {

const QString hostService = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString hostPath = QStringLiteral("/StatusNotifierWatcher");
const QString itemPath = QStringLiteral("/StatusNotifierItem");
//! \brief Of its own: the tray forgets an item when its connection ends.
const QString busName = QStringLiteral("sharelock-tray");

} // namespace

//! \brief The specification's `(iiay)`: width, height, ARGB in network order.
struct TrayPicture
{
    int width = 0;
    int height = 0;
    QByteArray bytes;
};

QDBusArgument& operator<<(QDBusArgument& argument, const TrayPicture& picture)
{
    argument.beginStructure();
    argument << picture.width << picture.height << picture.bytes;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, TrayPicture& picture)
{
    argument.beginStructure();
    argument >> picture.width >> picture.height >> picture.bytes;
    argument.endStructure();
    return argument;
}

namespace {

TrayPicture pictureOf(const QIcon& icon, int side)
{
    const QImage image = icon.pixmap(side, side).toImage().convertToFormat(QImage::Format_ARGB32);
    TrayPicture picture{image.width(), image.height(), {}};
    picture.bytes.reserve(image.width() * image.height() * 4);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const quint32 pixel = qToBigEndian<quint32>(image.pixel(x, y));
            picture.bytes.append(reinterpret_cast<const char*>(&pixel), sizeof pixel);
        }
    }
    return picture;
}

} // namespace

using TrayPictures = QList<TrayPicture>;

//! \brief What the tray reads and calls.
class TrayItem : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierItem")
    // NOLINTBEGIN(readability-identifier-naming): the interface's own names.
    Q_PROPERTY(QString Category READ category CONSTANT)
    Q_PROPERTY(QString Id READ name CONSTANT)
    Q_PROPERTY(QString Title READ title CONSTANT)
    Q_PROPERTY(QString Status READ status CONSTANT)
    Q_PROPERTY(QString IconName READ name CONSTANT)
    Q_PROPERTY(sharelock::app::TrayPictures IconPixmap READ pictures CONSTANT)
    Q_PROPERTY(bool ItemIsMenu READ isMenu CONSTANT)
    Q_PROPERTY(QDBusObjectPath Menu READ menu CONSTANT)
public:
    explicit TrayItem(const QIcon& icon)
    {
        for (const int side : {22, 44})
            m_pictures.append(pictureOf(icon, side));
    }

    [[nodiscard]] static QString category() { return QStringLiteral("ApplicationStatus"); }
    [[nodiscard]] static QString name() { return QStringLiteral("sharelock"); }
    [[nodiscard]] static QString title() { return QStringLiteral("Sharelock"); }
    [[nodiscard]] static QString status() { return QStringLiteral("Active"); }
    [[nodiscard]] TrayPictures pictures() const { return m_pictures; }
    [[nodiscard]] static bool isMenu() { return false; }
    [[nodiscard]] static QDBusObjectPath menu() { return QDBusObjectPath(TrayMenu::path()); }

public Q_SLOTS:
    void Activate(int, int) { Q_EMIT activated(); }
    void SecondaryActivate(int, int) { Q_EMIT activated(); }
    void ContextMenu(int, int) { Q_EMIT activated(); }
    void Scroll(int, const QString&) {}
    // NOLINTEND(readability-identifier-naming)

Q_SIGNALS:
    void activated();

private:
    TrayPictures m_pictures;
};

TrayIcon::TrayIcon(QString iconFile, QObject* parent)
    : QObject(parent)
    , m_iconFile(std::move(iconFile))
{
}

TrayIcon::~TrayIcon()
{
    if (m_item)
        QDBusConnection::disconnectFromBus(busName);
}

void TrayIcon::look()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (m_watcher || !bus.isConnected())
        return;
    m_watcher =
        std::make_unique<QDBusServiceWatcher>(hostService, bus, QDBusServiceWatcher::WatchForOwnerChange);
    connect(m_watcher.get(), &QDBusServiceWatcher::serviceOwnerChanged, this, [this] {
        setAvailable(false);
        ask();
    });
    ask();
}

void TrayIcon::ask()
{
    QDBusMessage question = QDBusMessage::createMethodCall(
        hostService, hostPath, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question.setAutoStartService(false);
    question << hostService << QStringLiteral("IsStatusNotifierHostRegistered");
    auto* call = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        const QDBusMessage answer = call->reply();
        const bool isThere = answer.type() == QDBusMessage::ReplyMessage;
        setAvailable(isThere && answer.arguments().value(0).value<QDBusVariant>().variant().toBool());
    });
}

void TrayIcon::setAvailable(bool on)
{
    if (on == m_isAvailable)
        return;
    m_isAvailable = on;
    update();
    Q_EMIT availableChanged();
}

void TrayIcon::setVisible(bool on)
{
    m_isVisible = on;
    update();
}

void TrayIcon::update()
{
    const bool isShown = m_isVisible && m_isAvailable;
    if (isShown == (m_item != nullptr))
        return;
    if (!isShown) {
        m_item.reset();
        m_menu.reset();
        QDBusConnection::disconnectFromBus(busName);
        return;
    }
    qDBusRegisterMetaType<TrayPicture>();
    qDBusRegisterMetaType<TrayPictures>();
    m_item = std::make_unique<TrayItem>(QIcon(m_iconFile));
    connect(m_item.get(), &TrayItem::activated, this, &TrayIcon::activated);
    enum Entry
    {
        OpenWindow,
        Line,
        Quit
    };
    m_menu = std::make_unique<TrayMenu>(QStringList{tr("Open Sharelock"), QString(), tr("Quit")});
    connect(m_menu.get(), &TrayMenu::chosen, this, [this](int index) {
        if (index == OpenWindow)
            Q_EMIT activated();
        else if (index == Quit)
            Q_EMIT quitRequested();
    });
    QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, busName);
    m_menu->exportTo(bus);
    bus.registerObject(itemPath, m_item.get(),
                       QDBusConnection::ExportAllProperties | QDBusConnection::ExportAllSlots);
    QDBusMessage call = QDBusMessage::createMethodCall(hostService, hostPath, hostService,
                                                       QStringLiteral("RegisterStatusNotifierItem"));
    call << bus.baseService();
    bus.send(call);
}

} // namespace sharelock::app

Q_DECLARE_METATYPE(sharelock::app::TrayPicture)

#include "tray_icon.moc"
